package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Caller is the near end of two hops. A call returns when the context ends, at the latest.
type Caller interface {
	Holder(ctx context.Context, client string) (string, error)
}

// Seen is what a directory saw of one question.
type Seen struct {
	// Left is how much time it was told to have; 0 if nothing was said.
	Left time.Duration
	// Ended is closed when its work has ended.
	Ended chan struct{}
}

// Log has what a directory saw, in order.
type Log struct {
	mutex sync.Mutex
	seen  []Seen
}

// Silent never answers. It works until its context ends.
func (l *Log) Silent(ctx context.Context) {
	seen := Seen{Ended: make(chan struct{})}
	if deadline, has := ctx.Deadline(); has {
		seen.Left = time.Until(deadline)
	}
	l.mutex.Lock()
	l.seen = append(l.seen, seen)
	l.mutex.Unlock()
	<-ctx.Done()
	close(seen.Ended)
}

// after waits until there are more questions than so many, and has the next.
func (l *Log) after(number int) (Seen, error) {
	for start := time.Now(); time.Since(start) < limit; time.Sleep(time.Millisecond) {
		l.mutex.Lock()
		if len(l.seen) > number {
			defer l.mutex.Unlock()
			return l.seen[number], nil
		}
		l.mutex.Unlock()
	}
	return Seen{}, fmt.Errorf("no question came to the directory")
}

// Ask asks a question that is never answered, waits until it is at the directory, and has what is seen there, and
// what makes the caller give up.
func Ask(caller Caller, log *Log) (Seen, context.CancelFunc) {
	log.mutex.Lock()
	number := len(log.seen)
	log.mutex.Unlock()
	ctx, giveUp := context.WithTimeout(context.Background(), timeGiven)
	go caller.Holder(ctx, "17.0.0.1")
	seen, err := log.after(number)
	if err != nil {
		panic(err)
	}
	return seen, giveUp
}
