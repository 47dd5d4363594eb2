package main

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Waiting for the first of several things, for a while, or until told to stop.

const (
	soon = 5 * time.Millisecond
	late = time.Minute
)

func selects() string {
	words := make(chan string, 1)
	numbers := make(chan int, 1)
	numbers <- 7
	// ANCHOR: select
	var first string
	select {
	case word := <-words:
		first = "the word " + word
	case number := <-numbers:
		first = fmt.Sprint("the number ", number)
	}
	// ANCHOR_END: select
	return first
}

func defaults() string {
	channel := make(chan int, 1)
	// ANCHOR: default
	var found string
	select {
	case number := <-channel:
		found = strconv.Itoa(number)
	default:
		found = "nothing there"
	}
	// ANCHOR_END: default
	return found
}

func timeout() string {
	channel := make(chan int, 1)
	// ANCHOR: timeout
	var outcome string
	select {
	case number := <-channel:
		outcome = strconv.Itoa(number)
	case <-time.After(soon):
		outcome = "too late"
	}
	// ANCHOR_END: timeout
	return outcome
}

func ticker() string {
	// ANCHOR: ticker
	ticker := time.NewTicker(soon)
	beats := 0
	for range 3 {
		<-ticker.C
		beats++
	}
	ticker.Stop()
	// ANCHOR_END: ticker
	return fmt.Sprint(beats, " beats")
}

func nilChannel() string {
	source := func(numbers ...int) <-chan int {
		channel := make(chan int, 2)
		for _, number := range numbers {
			channel <- number
		}
		close(channel)
		return channel
	}
	// ANCHOR: nil-channel
	left, right := source(1, 2), source(3)
	sum := 0
	for left != nil || right != nil {
		select {
		case number, open := <-left:
			if !open {
				left = nil // this arm is off: a nil channel is never ready
			}
			sum += number
		case number, open := <-right:
			if !open {
				right = nil
			}
			sum += number
		}
	}
	// ANCHOR_END: nil-channel
	return strconv.Itoa(sum)
}

func cancellation() string {
	// ANCHOR: cancellation
	ctx, cancel := context.WithCancel(context.Background())
	end := make(chan string)
	go func() {
		for {
			select {
			case <-ctx.Done():
				end <- "stopped"
				return
			case <-time.After(soon): // a piece of work
			}
		}
	}()
	cancel() // all that wait for it are told
	ended := <-end
	// ANCHOR_END: cancellation
	return ended
}

func deadline() string {
	// ANCHOR: deadline
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	outcome, err := slow(ctx) // has to look at the context by itself
	if err != nil {
		outcome = "deadline exceeded"
	}
	// ANCHOR_END: deadline
	return outcome
}

func slow(ctx context.Context) (string, error) {
	select {
	case <-time.After(late):
		return "an answer", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
