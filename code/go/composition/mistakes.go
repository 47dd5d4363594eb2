package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Mistakes that Rust refuses to compile. Go compiles all of them, and here is what comes of it.

// mistake is what it is among people, the first line of what Rust says, and what comes of it here.
type mistake struct {
	name, inRust string
	inGo         func() string
}

var all = []mistake{
	{"a letter is changed after it was posted", "error[E0382]: borrow of moved value: `letter`",
		func() string { return fmt.Sprintf("it arrives as %q", sent()[0]) }},
	{"a handle leaves the machine on which it means something", "error[E0277]: `Rc<i32>` cannot be sent between threads safely",
		func() string { return "no harm: every pointer may travel" }},
	{"two machines write to one memory", "error[E0277]: `Cell<i32>` cannot be shared between threads safely",
		// In a program of its own, testdata/shared: a test runs it.
		func() string { return "the race detector finds it, if it happens while it looks" }},
	{"two leaders at a time", "error[E0499]: cannot borrow `visits` as mutable more than once at a time",
		// In a program of its own, testdata/writers: it does not survive.
		func() string { return "the runtime ends the program, if it notices" }},
	{"an address outlives the node", "error[E0373]: closure may outlive the current function, but it borrows `address`, which is owned by the current function",
		func() string { return fmt.Sprintf("no harm: what has an address is kept, %q", <-gone()) }},
	{"something is used after its lease has ended", "error[E0716]: temporary value dropped while borrowed",
		func() string { return fmt.Sprintf("what was %q is %q", "a job", lease()) }},
	{"a lock is held while a remote answer is waited for", "error: future cannot be sent between threads safely",
		func() string {
			if held() {
				return "no harm"
			}
			return "until it comes, no other task gets the lock"
		}},
	{"the sender does not look whether its message went", "error: unused `Result` that must be used",
		func() string {
			if ignored() {
				return "it did"
			}
			return "it did not, and the sender never knows"
		}},
	{"a message that the receiver does not know", "error[E0004]: non-exhaustive patterns: `Message::Pause` not covered",
		func() string {
			return fmt.Sprintf("it is counted as %d bytes", bytes(message{kind: pause, bytes: 512}))
		}},
}

// mistakes prints what becomes of mistakes, of those that Rust refuses and of those that it does not see.
func mistakes(out io.Writer) {
	fmt.Fprintf(out, "\nNine mistakes. Rust does not compile them, Go does:\n")
	for _, mistake := range all {
		fmt.Fprintf(out, "\n- %s\n  Rust: %s\n  Go:   %s\n", mistake.name, mistake.inRust, mistake.inGo())
	}
	end := "never comes"
	if ownEnd(50 * time.Millisecond) {
		end = "came"
	}
	fmt.Fprintf(out, "\nThree that neither of them sees:\n\n")
	fmt.Fprintf(out, "- two visits, each counted under a lock: %d in the end\n", lostUpdate())
	fmt.Fprintf(out, "- two tasks take two locks in opposite order: %d of them get both\n", crossedLocks())
	fmt.Fprintf(out, "- a task waits for the end of a channel that it would have to end itself: the end %s\n", end)
}

// ANCHOR: sent

// sent: a letter is changed after it was posted. Returns what arrives.
func sent() []string {
	post := make(chan []string, 1)
	letter := []string{"Dear reader"}
	post <- letter
	letter[0] = "Dear nobody"
	return <-post
}

// ANCHOR_END: sent

// gone: an address outlives the function that made it. Returns where what it leads to is told.
func gone() <-chan string {
	address := "node-7"
	told := make(chan string)
	go func() { told <- address }()
	return told
}

// lease: something is used after its lease has ended. Returns the job that is seen without the lock.
func lease() string {
	var lock sync.Mutex
	queue := []string{"a job"}
	lock.Lock()
	first := &queue[0]
	lock.Unlock()

	lock.Lock()
	queue[0] = "another job"
	lock.Unlock()
	return *first
}

// held: a lock is held while an answer is waited for. Returns whether another goroutine gets it in the meantime.
func held() bool {
	var lock sync.Mutex
	question, answer, done := make(chan bool), make(chan bool), make(chan bool)
	go func() {
		lock.Lock()
		defer lock.Unlock()
		question <- true
		done <- <-answer
	}()
	<-question
	gets := lock.TryLock()
	answer <- true
	<-done
	return gets
}

// ignored: the sender does not look whether its message went. Returns whether it did.
func ignored() bool {
	full := make(chan string, 1)
	full <- "the first"
	send := func(message string) error {
		select {
		case full <- message:
			return nil
		default:
			return errors.New("the mailbox is full")
		}
	}
	send("is anybody there?")
	<-full
	return len(full) > 0
}

type kind int

const (
	hit kind = iota
	end
	pause
)

type message struct {
	kind  kind
	bytes uint64
}

// bytes: the author of `pause` has not seen that it is read here, too.
func bytes(message message) uint64 {
	switch message.kind {
	case hit:
		return message.bytes
	case end:
		return 0
	}
	return 0
}
