package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Starting tasks, and waiting for them.

func goStatement() string {
	// ANCHOR: go-statement
	answers := make(chan int)
	go func() { answers <- 6 * 7 }()
	answer := <-answers
	// ANCHOR_END: go-statement
	return strconv.Itoa(answer)
}

func waitGroup() string {
	// ANCHOR: wait-group
	var done atomic.Int32
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { done.Add(1) })
	}
	group.Wait() // here all four have ended
	// ANCHOR_END: wait-group
	return fmt.Sprint(done.Load(), " are done")
}

func errorGroup() string {
	// ANCHOR: error-group
	// What golang.org/x/sync/errgroup does, with the standard library alone.
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var group sync.WaitGroup
	for part := 1; part <= 3; part++ {
		group.Go(func() {
			if err := fetch(ctx, part); err != nil {
				cancel(err) // the first call counts, and cancels the others
			}
		})
	}
	group.Wait()
	first := context.Cause(ctx)
	// ANCHOR_END: error-group
	return first.Error()
}

// The second part fails; the others wait until they are cancelled.
func fetch(ctx context.Context, part int) error {
	if part == 2 {
		return errors.New("part 2 is gone")
	}
	<-ctx.Done()
	return ctx.Err()
}

func panics() string {
	// ANCHOR: panic
	outcomes := make(chan string)
	go func() {
		// Without this a panic ends the whole program, even if another goroutine waits.
		defer func() {
			if reason := recover(); reason != nil {
				outcomes <- fmt.Sprint("it panicked: ", reason)
			}
		}()
		outcomes <- strconv.Itoa(lookUp("gone"))
	}()
	outcome := <-outcomes
	// ANCHOR_END: panic
	return outcome
}

func lookUp(key string) int {
	if key == "gone" {
		panic("no such key")
	}
	return 1
}

func workerPool() string {
	// ANCHOR: worker-pool
	jobs := make(chan int)
	squares := make(chan int)
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			for job := range jobs {
				squares <- job * job
			}
		})
	}
	go func() {
		for job := 1; job <= 10; job++ {
			jobs <- job
		}
		close(jobs) // no more: the workers end
		workers.Wait()
		close(squares) // one goroutine has to know when
	}()
	sum := 0
	for square := range squares {
		sum += square
	}
	// ANCHOR_END: worker-pool
	return fmt.Sprint("the squares make ", sum)
}

func semaphore() string {
	var now, most atomic.Int32
	// ANCHOR: semaphore
	places := make(chan struct{}, 2)
	var tasks sync.WaitGroup
	for range 6 {
		places <- struct{}{}
		tasks.Go(func() {
			work(&now, &most)
			<-places
		})
	}
	tasks.Wait()
	// ANCHOR_END: semaphore
	return fmt.Sprint(most.Load(), " at once")
}

// Notes how many do this at once.
func work(now, most *atomic.Int32) {
	count := now.Add(1)
	for {
		seen := most.Load()
		if count <= seen || most.CompareAndSwap(seen, count) {
			break
		}
	}
	time.Sleep(5 * time.Millisecond)
	now.Add(-1)
}
