package main

import (
	"net/netip"
	"runtime"
	"time"
)

// A letter is a question with an envelope for its answer.
type letter struct {
	client   netip.Addr
	envelope chan<- answer
}

type answer struct {
	holder string
	err    error
}

// lettersMax is how many letters wait in a mailbox at most. The asker waits for the answer, so one
// would do.
const lettersMax = 16

// ANCHOR: task

// Task is a directory in a goroutine.
type Task struct{ mailbox chan<- letter }

// NewTask starts the goroutine, which ends when the mailbox is closed.
func NewTask(directory Directory) *Task {
	mailbox := make(chan letter, lettersMax)
	go answerLetters(mailbox, directory)
	return &Task{mailbox}
}

// Holder sends a letter and waits for the answer.
func (t *Task) Holder(client netip.Addr) (string, error) {
	envelope := make(chan answer, 1)
	t.mailbox <- letter{client, envelope}
	got := <-envelope
	return got.holder, got.err
}

func answerLetters(letters <-chan letter, directory Directory) {
	for letter := range letters {
		holder, err := directory.Holder(letter.client)
		letter.envelope <- answer{holder, err}
	}
}

// ANCHOR_END: task

// ANCHOR: thread

// Thread is a directory in a goroutine that has an operating system's thread of its own.
type Thread struct {
	mailbox  chan<- letter
	patience time.Duration
}

// NewThread starts it; it ends when the mailbox is closed.
func NewThread(directory Directory, patience time.Duration) *Thread {
	mailbox := make(chan letter, lettersMax)
	go func() {
		runtime.LockOSThread()
		answerLetters(mailbox, directory)
	}()
	return &Thread{mailbox, patience}
}

// Holder sends a letter and waits for the answer, but not for ever.
func (t *Thread) Holder(client netip.Addr) (string, error) {
	envelope := make(chan answer, 1)
	t.mailbox <- letter{client, envelope}
	select {
	case got := <-envelope:
		return got.holder, got.err
	case <-time.After(t.patience):
		return "", ErrLate
	}
}

// ANCHOR_END: thread
