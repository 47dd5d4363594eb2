// The directory as a service over two hops, with the means that Go has: net/rpc, and context over HTTP.
//
// Each line that is printed is one question to a directory that never answers, two hops away: how much time it is
// told to have, and whether its work ends when the caller has gone.
package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// timeGiven is how long the caller waits. In the second column it is the caller that gives up, long before.
const timeGiven = time.Minute

// while is how long we look whether work that should go on does.
const while = 2 * time.Second

// limit is how long we wait for what should happen: far longer than it takes.
const limit = 30 * time.Second

func main() {
	if err := Show(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Show asks in all ways, and writes a line about each.
func Show(to io.Writer) error {
	ways := []struct {
		name string
		open func(*Log) (Caller, error)
	}{
		{"net/rpc", OpenRPC},
		{"HTTP, the context alone", func(log *Log) (Caller, error) { return OpenHTTP(log, false, false) }},
		{"HTTP, and a header of our own", func(log *Log) (Caller, error) { return OpenHTTP(log, true, false) }},
		{"HTTP, a fresh context", func(log *Log) (Caller, error) { return OpenHTTP(log, true, true) }},
	}
	fmt.Fprintf(to, "%-31s %-14s %s\n", "two hops away", "has as time", "and when the caller gives up")
	for _, way := range ways {
		log := &Log{}
		caller, err := way.open(log)
		if err != nil {
			return err
		}
		fmt.Fprintf(to, "%-31s %-14s %s\n", way.name, Told(caller, log), Ends(caller, log))
	}
	return nil
}

// Told says what the directory knows of the time that is left.
func Told(caller Caller, log *Log) string {
	seen, giveUp := Ask(caller, log)
	defer giveUp()
	switch {
	case seen.Left == 0:
		return "none"
	case seen.Left < timeGiven:
		return "what is left"
	default:
		return "more"
	}
}

// Ends says what becomes of the directory's work when the caller gives up.
func Ends(caller Caller, log *Log) string {
	seen, giveUp := Ask(caller, log)
	giveUp()
	select {
	case <-seen.Ended:
		return "its work ends"
	case <-time.After(while):
		return "it works on"
	}
}
