package main

import (
	"fmt"
	"sync"
)

// Mistakes that Rust refuses to compile. Go compiles all of them, and here is what comes of it. Those that are races
// between two goroutines are in testdata/race, where the race detector is given them.

// ANCHOR: sent

// sent: a letter is changed after it was posted. Returns what arrives.
func sent() []string {
	post := make(chan []string, 1)
	letter := make([]string, 1, 2)
	letter[0] = "Dear reader"
	post <- letter
	letter[0] = "Dear nobody"
	return <-post
}

// ANCHOR_END: sent

// lease: something is used after its lease has ended. Returns the job that is seen without the lock.
func lease() string {
	var lock sync.Mutex
	queue := []string{"a job"}
	lock.Lock()
	first := &queue[0]
	lock.Unlock()

	lock.Lock()
	queue[0] = "a job that somebody else has"
	lock.Unlock()
	return *first
}

// ignored: nobody looks whether the message went. Returns whether it did.
func ignored() bool {
	full := make(chan string, 1)
	full <- "the first"
	went := false
	send := func(message string) error {
		select {
		case full <- message:
			went = true
			return nil
		default:
			return fmt.Errorf("the mailbox is full")
		}
	}
	send("is anybody there?")
	return went
}

type message int

const (
	hit message = iota
	end
	pause
)

// unknown: a message that the receiver does not know. Returns what it makes of it.
func unknown(message message) string {
	switch message {
	case hit:
		return "counted"
	case end:
		return "ended"
	}
	return ""
}
