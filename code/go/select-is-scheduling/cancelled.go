package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// The first answer once more, with the library's way to say that it is over: a context.

// ANCHOR: cancelled

// answer gives a number after the delay, unless the race is over before. It has
// to listen for that itself.
func answer(
	ctx context.Context, number int, delay time.Duration, answers chan<- int,
) bool {
	select {
	case <-time.After(delay):
		answers <- number
		return true
	case <-ctx.Done():
		return false
	}
}

// askWithContext asks all replicas and takes the first answer. The deadline is part of
// the context, and to cancel it closes a channel on which all of them listen. It says
// how many stopped because of it.
func askWithContext(delays []time.Duration, deadline time.Duration) (int, int) {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	answers := make(chan int, len(delays))
	var replicas sync.WaitGroup
	var stopped atomic.Int64
	for number, delay := range delays {
		replicas.Go(func() {
			if !answer(ctx, number, delay, answers) {
				stopped.Add(1)
			}
		})
	}
	outcome := tooLate
	select {
	case outcome = <-answers:
	case <-ctx.Done():
	}
	cancel()
	replicas.Wait()
	return outcome, int(stopped.Load())
}

// ANCHOR_END: cancelled
