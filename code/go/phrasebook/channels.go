package main

import (
	"fmt"
	"strconv"
)

// Channels: what they hold, how they end, who may do what with them.

func unbuffered() string {
	// ANCHOR: unbuffered
	channel := make(chan string)
	go func() { channel <- "hello" }() // waits until it is taken
	word := <-channel
	// ANCHOR_END: unbuffered
	return word
}

func buffered() string {
	// ANCHOR: buffered
	channel := make(chan int, 2)
	channel <- 1
	channel <- 2
	full := false
	select {
	case channel <- 3:
	default:
		full = true
	}
	held, room := len(channel), cap(channel)
	// ANCHOR_END: buffered
	return fmt.Sprintf("%d of %d, full: %t", held, room, full)
}

func closes() string {
	// ANCHOR: close
	channel := make(chan int, 3)
	for number := 1; number <= 3; number++ {
		channel <- number
	}
	close(channel) // the sender's duty; to send now would panic
	sum := 0
	for number := range channel {
		sum += number // what was sent is still received
	}
	_, open := <-channel // a zero, at once, and for ever
	// ANCHOR_END: close
	return fmt.Sprintf("%d, closed: %t", sum, !open)
}

func directions() string {
	// ANCHOR: directions
	produce := func(numbers chan<- int) {
		for number := 1; number <= 4; number++ {
			numbers <- number
		}
		close(numbers)
	}
	addUp := func(numbers <-chan int) (sum int) {
		for number := range numbers {
			sum += number
		}
		return sum
	}
	channel := make(chan int, 1)
	go produce(channel)
	sum := addUp(channel)
	// ANCHOR_END: directions
	return strconv.Itoa(sum)
}

func reply() string {
	// ANCHOR: reply
	type question struct {
		number int
		reply  chan<- int
	}
	questions := make(chan question)
	go func() {
		for question := range questions {
			question.reply <- question.number * 2
		}
	}()
	answers := make(chan int, 1) // has room, so that no sender waits for us
	questions <- question{21, answers}
	answer := <-answers
	close(questions)
	// ANCHOR_END: reply
	return strconv.Itoa(answer)
}
