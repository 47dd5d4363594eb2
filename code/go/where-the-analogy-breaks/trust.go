package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
)

// "The network is secure": two friends and a stranger want to be served.

type visitor struct {
	name, secret string
}

// visitors are who comes: the stranger is the last, and does not know the secret.
var visitors = []visitor{{"ann", "open sesame"}, {"bob", "open sesame"}, {"mallory", ""}}

// ANCHOR: trust-channel

// servedByChannel serves every sender that has the channel. There is no other way in, and
// nothing that one could try.
func servedByChannel() int {
	door := make(chan string)
	come := 0
	for _, visitor := range visitors {
		if visitor.secret != "" {
			come++
			// To be trusted is to be given this.
			go func(theirs chan<- string) { theirs <- visitor.name }(door)
		}
	}
	served := 0
	for range come {
		<-door
		served++
	}
	return served
}

// ANCHOR_END: trust-channel

// ANCHOR: trust-tcp

// servedByTCP serves each visitor that finds the port, unless a secret is asked for. All come
// from the same address.
func servedByTCP(secret string) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	answers := make(chan string, len(visitors))
	go func() {
		for _, visitor := range visitors {
			answers <- visit(listener.Addr().String(), visitor.secret)
		}
	}()
	for range visitors {
		visitor, err := listener.Accept()
		check(err)
		said, err := bufio.NewReader(visitor).ReadString('\n')
		check(err)
		if secret == "" || secret == strings.TrimSpace(said) {
			fmt.Fprintln(visitor, "served")
		} else {
			fmt.Fprintln(visitor, "no")
		}
		visitor.Close()
	}
	served := 0
	for range visitors {
		if <-answers == "served\n" {
			served++
		}
	}
	return served
}

// ANCHOR_END: trust-tcp

func visit(address, secret string) string {
	door, err := net.Dial("tcp", address)
	check(err)
	defer door.Close()
	fmt.Fprintln(door, secret)
	answer, err := bufio.NewReader(door).ReadString('\n')
	check(err)
	return answer
}
