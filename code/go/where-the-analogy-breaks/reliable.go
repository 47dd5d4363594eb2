package main

import (
	"io"
	"net"
	"time"
)

// "The network is reliable": messages to a receiver that takes ten of them and goes.

// taken is how many messages the receiver takes before it goes.
const taken = 10

// messageBytes is the size of a message on the wire.
const messageBytes = 16

// patience is longer than any experiment takes.
const patience = time.Minute

// delivery is what the sender believes, and what is true.
type delivery struct {
	accepted, processed int
}

// ANCHOR: channel

// byChannel sends as many messages as a channel takes; then the receiver takes its
// ten, and goes.
func byChannel(messages, capacity int) delivery {
	channel := make(chan int, capacity)
	var d delivery
	for d.accepted < messages && len(channel) < cap(channel) {
		channel <- d.accepted
		d.accepted++
	}
	for d.processed < taken && len(channel) > 0 {
		<-channel
		d.processed++
	}
	// The receiver is gone, and the sender cannot know: a channel of Go does not
	// end when its receiver is gone. The next send that finds it full would wait
	// for ever.
	return d
}

// ANCHOR_END: channel

// ANCHOR: tcp

// byTCP does the same over TCP. What the kernels at both ends hold is a queue, too,
// and a much longer one.
func byTCP(messages int) delivery {
	sender, receiver := connection()
	defer sender.Close()
	var d delivery
	message := make([]byte, messageBytes)
	for d.accepted < messages {
		if _, err := sender.Write(message); err != nil {
			break
		}
		d.accepted++
	}
	for d.processed < taken {
		if _, err := io.ReadFull(receiver, message); err != nil {
			break
		}
		d.processed++
	}
	receiver.Close()
	return d
}

// ANCHOR_END: tcp

// ANCHOR: acknowledged

// acknowledged does the same, and each message is answered before the next one
// goes. Accepted is what was answered.
func acknowledged(messages int) delivery {
	sender, receiver := connection()
	defer sender.Close()
	processed := make(chan int)
	go func() {
		count := 0
		message := make([]byte, messageBytes)
		for count < taken {
			if _, err := io.ReadFull(receiver, message); err != nil {
				break
			}
			if _, err := receiver.Write([]byte{1}); err != nil {
				break
			}
			count++
		}
		receiver.Close()
		processed <- count
	}()
	var d delivery
	answer := make([]byte, 1)
	for d.accepted < messages {
		if _, err := sender.Write(make([]byte, messageBytes)); err != nil {
			break
		}
		if _, err := io.ReadFull(sender, answer); err != nil {
			break
		}
		d.accepted++
	}
	d.processed = <-processed
	return d
}

// ANCHOR_END: acknowledged

// connection returns both ends of a connection.
func connection() (net.Conn, net.Conn) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	near, err := net.Dial("tcp", listener.Addr().String())
	check(err)
	far, err := listener.Accept()
	check(err)
	// An experiment that goes wrong ends with a wrong answer, and not never.
	for _, end := range []net.Conn{near, far} {
		check(end.SetDeadline(time.Now().Add(patience)))
	}
	return near, far
}

// check ends the program where there is no loopback to experiment on.
func check(err error) {
	if err != nil {
		panic(err)
	}
}
