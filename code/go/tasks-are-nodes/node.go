package main

import "fmt"

// Messages that wait in a mailbox at most: a sender of more waits with them.
const mailboxSize = 16

// ANCHOR: message
// A message is what can be said to a node.
type message any

type add struct{ amount uint64 } // count this

type read struct{ answer chan<- uint64 } // say what you have counted

type nonsense struct{} // something that it was not made for

// ANCHOR_END: message

// A node is reached by its mailbox only.
type node struct {
	mailbox chan message
	gone    chan struct{} // closed by its death; the two below may be read after that
	total   uint64
	// What it died of; nil if it ended.
	lastWords error
}

func newNode() *node {
	return &node{mailbox: make(chan message, mailboxSize), gone: make(chan struct{})}
}

// ANCHOR: live
// live handles one message after the other, until the mailbox is closed.
func live(mailbox <-chan message) (total uint64) {
	for m := range mailbox {
		handle(m, &total)
	}
	return total
}

// handle handles one message. The state is an ordinary variable: no other goroutine can reach it, as long as
// its address is not given away.
func handle(m message, total *uint64) {
	switch m := m.(type) {
	case add:
		*total += m.amount
	case read:
		m.answer <- *total
	default:
		panic("cannot handle this message")
	}
}

// ANCHOR_END: live

// ANCHOR: start
// start starts a node, whose death will be reported to this reader. A panic that is not recovered ends
// the whole program, and only the goroutine that panics can recover: so every node does it for itself.
func start(number int, reader chan<- int) *node {
	n := newNode()
	go func() {
		defer func() {
			if why := recover(); why != nil {
				n.lastWords = fmt.Errorf("%v", why)
			}
			close(n.gone)
			reader <- number
		}()
		n.total = live(n.mailbox)
	}()
	return n
}

// ANCHOR_END: start

// send puts a message into the mailbox, and waits for room; false if its node no longer reads it.
func (n *node) send(m message) bool {
	select {
	case n.mailbox <- m:
		return true
	case <-n.gone:
		return false
	}
}

// ask asks what it has counted; false if it dies before it has answered.
func (n *node) ask() (uint64, bool) {
	answer := make(chan uint64, 1)
	n.send(read{answer})
	select {
	case total := <-answer:
		return total, true
	case <-n.gone:
		return 0, false
	}
}

// ANCHOR: join
// join closes the mailbox, and waits for the end. The error is what it died of.
func (n *node) join() (uint64, error) {
	close(n.mailbox)
	<-n.gone
	return n.total, n.lastWords
}

// ANCHOR_END: join
