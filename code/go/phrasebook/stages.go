package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Stages of tasks with channels between them.

func pipeline() string {
	// ANCHOR: pipeline
	numbers := func(last int) <-chan int {
		sender := make(chan int, 1)
		go func() {
			defer close(sender)
			for number := 1; number <= last; number++ {
				sender <- number // for ever, if the receiver is gone
			}
		}()
		return sender
	}
	squares := func(numbers <-chan int) <-chan int {
		sender := make(chan int, 1)
		go func() {
			defer close(sender)
			for number := range numbers {
				sender <- number * number
			}
		}()
		return sender
	}
	var all []int
	for square := range squares(numbers(5)) {
		all = append(all, square)
	}
	// ANCHOR_END: pipeline
	return fmt.Sprint(all)
}

func fanOut() string {
	// ANCHOR: fan-out
	channel := make(chan int, 1)
	counts := make(chan int)
	for range 3 {
		go func() {
			count := 0
			for range channel { // each value goes to one of them
				count++
			}
			counts <- count
		}()
	}
	for number := 1; number <= 12; number++ {
		channel <- number
	}
	close(channel)
	all := <-counts + <-counts + <-counts
	// ANCHOR_END: fan-out
	return fmt.Sprint(all, " were taken")
}

func fanIn() string {
	// ANCHOR: fan-in
	merged := make(chan string, 1)
	var sources sync.WaitGroup
	for _, source := range []string{"a", "b", "c"} {
		sources.Go(func() { merged <- source })
	}
	go func() {
		sources.Wait()
		close(merged) // when the last of them is done
	}()
	var all []string
	for word := range merged {
		all = append(all, word)
	}
	// ANCHOR_END: fan-in
	slices.Sort(all)
	return strings.Join(all, " ")
}
