package main

import (
	"context"
	"net"
	"net/rpc"
)

// ANCHOR: rpc

// Directory is a service of net/rpc: a method, its argument, and a pointer to its answer. There is no place for a
// context, and so none for a deadline or a cancellation.
type Directory struct{ log *Log }

// Holder never answers: with what should it be told that its caller is gone?
func (d *Directory) Holder(client string, holder *string) error {
	d.log.Silent(context.Background())
	return nil
}

// Front is a directory in front of another.
type Front struct{ behind *rpc.Client }

// Holder asks the directory behind it.
func (f *Front) Holder(client string, holder *string) error {
	return f.behind.Call("Directory.Holder", client, holder)
}

// RPCCaller gives up by itself. What it has asked for goes on.
type RPCCaller struct{ front *rpc.Client }

// Holder asks, and waits for as long as its context says.
func (c *RPCCaller) Holder(ctx context.Context, client string) (string, error) {
	var holder string
	call := c.front.Go("Front.Holder", client, &holder, make(chan *rpc.Call, 1))
	select {
	case <-call.Done:
		return holder, call.Error
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// ANCHOR_END: rpc

// OpenRPC makes two hops of net/rpc.
func OpenRPC(log *Log) (Caller, error) {
	behind, err := serveRPC(&Directory{log})
	if err != nil {
		return nil, err
	}
	front, err := serveRPC(&Front{behind})
	if err != nil {
		return nil, err
	}
	return &RPCCaller{front}, nil
}

// serveRPC has a client of a service at a port of its own.
func serveRPC(service any) (*rpc.Client, error) {
	server := rpc.NewServer()
	if err := server.Register(service); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go server.Accept(listener)
	return rpc.Dial("tcp", listener.Addr().String())
}
