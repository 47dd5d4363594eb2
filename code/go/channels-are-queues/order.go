package main

import (
	"fmt"
	"io"
	"sync"
)

type message struct{ sender, item int }

// ANCHOR: order
// order has two senders into one channel. The main goroutine has to know when both are done, because a channel is
// closed by hand, and once.
func order(capacity, items int) (received int, inOrder bool) {
	ch := make(chan message, capacity)
	var senders sync.WaitGroup
	for number := range 2 {
		senders.Go(func() {
			for item := range items {
				ch <- message{number, item}
			}
		})
	}
	go func() {
		senders.Wait()
		close(ch)
	}()
	var next [2]int
	inOrder = true
	for m := range ch {
		received++
		inOrder = inOrder && m.item == next[m.sender]
		next[m.sender] = m.item + 1
	}
	return received, inOrder
}

// ANCHOR_END: order

func reportOrder(p plan, out io.Writer) {
	received, inOrder := order(p.capacity, p.items)
	fmt.Fprintf(out, "\ntwo senders, %d items each, then both are gone\n", p.items)
	fmt.Fprintf(out, "  received before the end %8d\n", received)
	fmt.Fprintf(out, "  in the order of each    %8s\n", yes(inOrder, "yes", "no"))
}
