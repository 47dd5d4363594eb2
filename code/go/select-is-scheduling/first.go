package main

import "time"

// The first answer, a deadline, and telling the others that it is over.

// tooLate is in place of a replica's number if none was in time.
const tooLate = -1

// ANCHOR: first

// first waits for an answer, but no longer than that.
func first(answers <-chan int, deadline time.Duration) int {
	select {
	case number, isOpen := <-answers:
		if !isOpen {
			return tooLate
		}
		return number
	case <-time.After(deadline):
		return tooLate
	}
}

// ANCHOR_END: first

// ANCHOR: ask

// ask asks all replicas, takes the first answer, and tells the others. It says
// how many stopped because of it.
func ask(delays []time.Duration, deadline time.Duration) (int, int) {
	// Room for all answers: a sender of one that comes too late must not be held up.
	answers := make(chan int, len(delays))
	over := make(chan struct{})
	stopped := make(chan bool)
	for number, delay := range delays {
		go func() {
			select {
			case <-time.After(delay):
				answers <- number
				stopped <- false
			case <-over:
				stopped <- true
			}
		}()
	}
	outcome := first(answers, deadline)
	// Nothing is sent here. A channel that ends is heard by all who listen.
	close(over)
	count := 0
	for range delays {
		if <-stopped {
			count++
		}
	}
	return outcome, count
}

// ANCHOR_END: ask
