package main

import (
	"fmt"
	"io"
)

// Items in the channel, and how many of them the receiver lives for.
const (
	deliveryItems = 5
	deliveryLife  = 2
)

// ANCHOR: delivery
// A request is an item that can be answered.
type request struct {
	item int
	done chan<- int
}

// worker works for a while, and goes without having emptied its mailbox. A sender does not notice that in
// Go; so the worker has to say it, by closing a channel of its own.
func worker(requests <-chan request, gone chan<- struct{}) {
	defer close(gone)
	for served := 0; served < deliveryLife; served++ {
		r := <-requests
		r.done <- r.item
	}
}

// delivery says how many sends were fine, how many items were answered, and whether one more send is.
func delivery() (sent, answered int, next bool) {
	requests := make(chan request, 2*deliveryItems)
	done, gone := make(chan int, deliveryItems), make(chan struct{})
	for ; sent < deliveryItems; sent++ {
		requests <- request{sent, done}
	}
	go worker(requests, gone)
	<-gone
	select {
	case <-gone: // asked first: a send into a queue with room would be accepted
		next = false
	default:
		requests <- request{sent, done}
		next = true
	}
	return sent, len(done), next
}

// ANCHOR_END: delivery

func reportDelivery(out io.Writer) {
	sent, answered, next := delivery()
	fmt.Fprintf(out, "\na receiver goes with items in its queue\n")
	fmt.Fprintf(out, "  sent without an error %8d\n", sent)
	fmt.Fprintf(out, "  answered              %8d\n", answered)
	fmt.Fprintf(out, "  lost                  %8d\n", sent-answered)
	fmt.Fprintf(out, "  the next send is      %8s\n", yes(next, "accepted", "refused"))
}
