package main

import (
	"net"
	"net/netip"
	"os"
	"syscall"
	"time"
)

// Pair is two ends of one Unix socket.
func Pair() (net.Conn, net.Conn, error) {
	files, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	ours, err := conn(files[0])
	if err != nil {
		return nil, nil, err
	}
	theirs, err := conn(files[1])
	return ours, theirs, err
}

func conn(number int) (net.Conn, error) {
	file := os.NewFile(uintptr(number), "socketpair")
	// What FileConn makes has a file handle of its own.
	defer file.Close()
	return net.FileConn(file)
}

// Listen starts a directory behind TCP, so far away, and says where it listens, on this machine.
func Listen(distance time.Duration) (net.Addr, error) {
	return ListenAt("127.0.0.1:0", distance)
}

// ANCHOR: listen

// ListenAt starts a directory behind TCP, so far away, at an address; with the port 0 at any free one.
// (Go's connections have no delay for small answers, unless one asks for it.)
func ListenAt(address string, distance time.Duration) (net.Addr, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	go func() {
		for {
			stream, err := listener.Accept()
			if err != nil {
				return
			}
			go Serve(stream, NewTable(), distance)
		}
	}()
	return listener.Addr(), nil
}

// Connect makes a stub for the directory that listens there.
func Connect(address net.Addr, patience time.Duration) (*Stub, error) {
	stream, err := net.DialTimeout("tcp", address.String(), patience)
	if err != nil {
		return nil, err
	}
	return NewStub(stream, patience), nil
}

// ANCHOR_END: listen

// Anew is a directory that is called up anew for each question.
type Anew struct {
	address  net.Addr
	patience time.Duration
}

// Holder makes a connection and asks.
func (a *Anew) Holder(client netip.Addr) (string, error) {
	stream, err := net.DialTimeout("tcp", a.address.String(), a.patience)
	if err != nil {
		return "", ErrGone
	}
	defer stream.Close()
	// The end of an orderly connection keeps its port taken for a while, and a client that makes thousands
	// runs out of ports. This one is cut off instead.
	if tcp, isTCP := stream.(*net.TCPConn); isTCP {
		if err := tcp.SetLinger(0); err != nil {
			return "", ErrGone
		}
	}
	return NewStub(stream, a.patience).Holder(client)
}
