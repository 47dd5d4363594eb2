package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// leftHeader has the time that is left: what gRPC has a header for, and HTTP has not.
const leftHeader = "Time-Left"

// ANCHOR: http

// Hop asks the service behind it over HTTP.
type Hop struct {
	url string
	// says is whether the time that is left goes along.
	says bool
}

// Holder asks. That the context ends closes the connection, and this is all that the other side sees of it.
func (h *Hop) Holder(ctx context.Context, client string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/"+client, nil)
	if err != nil {
		return "", err
	}
	if deadline, has := ctx.Deadline(); has && h.says {
		request.Header.Set(leftHeader, time.Until(deadline).String())
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	holder, err := io.ReadAll(response.Body)
	return string(holder), err
}

// contextOf is the context of a request. It ends with its connection, and at the deadline, if there is word of one.
func contextOf(request *http.Request) (context.Context, context.CancelFunc, error) {
	said := request.Header.Get(leftHeader)
	if said == "" {
		return request.Context(), func() {}, nil
	}
	left, err := time.ParseDuration(said)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", leftHeader, err)
	}
	ctx, cancel := context.WithTimeout(request.Context(), left)
	return ctx, cancel, nil
}

// ANCHOR_END: http

// OpenHTTP makes two hops of HTTP. With a fresh context, the front asks as if it had not been asked.
func OpenHTTP(log *Log, says, fresh bool) (Caller, error) {
	directory, err := serveHTTP(func(ctx context.Context, client string) (string, error) {
		log.Silent(ctx)
		return "", ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	behind := &Hop{directory, says}
	front, err := serveHTTP(func(ctx context.Context, client string) (string, error) {
		if fresh {
			ctx = context.Background()
		}
		return behind.Holder(ctx, client)
	})
	if err != nil {
		return nil, err
	}
	return &Hop{front, says}, nil
}

// serveHTTP has the address of a service at a port of its own.
func serveHTTP(holder func(context.Context, string) (string, error)) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	handler := func(w http.ResponseWriter, request *http.Request) {
		ctx, cancel, err := contextOf(request)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		defer cancel()
		answer, err := holder(ctx, request.URL.Path[1:])
		if err != nil {
			http.Error(w, err.Error(), http.StatusGatewayTimeout)
			return
		}
		fmt.Fprint(w, answer)
	}
	go http.Serve(listener, http.HandlerFunc(handler))
	return "http://" + listener.Addr().String(), nil
}
