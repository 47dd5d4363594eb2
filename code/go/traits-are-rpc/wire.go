package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"
)

// lineBytesMax: no line is longer. Who sends more than this without an end is not one of us.
const lineBytesMax = 512

// ANCHOR: stub

// Stub is the client's end of a wire: it has the face of a directory, and knows nothing.
type Stub struct {
	stream   net.Conn
	lines    *bufio.Reader
	patience time.Duration
	isBroken bool
}

// NewStub makes a stub at this end of a stream.
func NewStub(stream net.Conn, patience time.Duration) *Stub {
	return &Stub{stream: stream, lines: bufio.NewReaderSize(stream, lineBytesMax), patience: patience}
}

// Holder asks over the wire.
func (s *Stub) Holder(client netip.Addr) (string, error) {
	if s.isBroken {
		return "", ErrGone
	}
	holder, err := s.ask(client)
	if err != nil {
		// What comes too late on this wire must not be taken for the answer to the next question.
		s.isBroken = true
		s.stream.Close()
	}
	return holder, err
}

func (s *Stub) ask(client netip.Addr) (string, error) {
	if err := s.stream.SetDeadline(time.Now().Add(s.patience)); err != nil {
		return "", why(err)
	}
	if _, err := fmt.Fprintf(s.stream, "get %s\n", client); err != nil {
		return "", why(err)
	}
	line, err := readLine(s.lines)
	if err != nil {
		return "", why(err)
	}
	holder, isOurs := strings.CutPrefix(line, client.String()+" ")
	if !isOurs {
		return "", ErrGarbled
	}
	return holder, nil
}

// ANCHOR_END: stub

// why says what an error of the operating system means to a client that asked a question.
func why(err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return ErrLate
	case errors.Is(err, ErrGarbled):
		return ErrGarbled
	default:
		return ErrGone
	}
}

// ANCHOR: skeleton

// Serve is the server's end of a wire: it takes questions from it, and has a directory answer them,
// from so far away. It returns when the client has hung up.
func Serve(stream net.Conn, directory Directory, distance time.Duration) error {
	defer stream.Close()
	lines := bufio.NewReaderSize(stream, lineBytesMax)
	for {
		line, err := readLine(lines)
		if err != nil {
			return err
		}
		reply := reply(line, directory)
		time.Sleep(distance)
		if _, err := io.WriteString(stream, reply); err != nil {
			return err
		}
	}
}

func reply(line string, directory Directory) string {
	key, isGet := strings.CutPrefix(line, "get ")
	client, err := netip.ParseAddr(key)
	if !isGet || err != nil || !client.Is4() {
		return "-ERR expected get ADDRESS\n"
	}
	holder, err := directory.Holder(client)
	if err != nil {
		return fmt.Sprintf("-ERR %v\n", err)
	}
	return fmt.Sprintf("%s %s\n", client, holder)
}

// ANCHOR_END: skeleton

// readLine reads a line without its end.
func readLine(lines *bufio.Reader) (string, error) {
	line, err := lines.ReadSlice('\n')
	switch {
	case err == nil:
		return string(line[:len(line)-1]), nil
	// It is too long, or was cut off in the middle.
	case errors.Is(err, bufio.ErrBufferFull), errors.Is(err, io.EOF) && len(line) > 0:
		return "", ErrGarbled
	default:
		return "", err
	}
}
