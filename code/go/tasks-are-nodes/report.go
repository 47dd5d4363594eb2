package main

import (
	"fmt"
	"io"
	"time"
)

const (
	// How often a supervisor starts something again before it gives up.
	restarts = 3
	// More nodes than this are not listed one by one.
	listedMax = 8
)

// report runs the nodes, and writes what becomes of them.
func report(p plan, out io.Writer) {
	fmt.Fprintf(out, "%d nodes, %d messages each\n", p.nodes, p.messages)
	begun := time.Now()
	s := supervise(p.nodes, p.oneForAll, restarts)
	started := time.Since(begun)
	s.work(p.messages)
	totals := s.totals()
	counted := time.Since(begun) - started
	list(totals, out)
	if p.timed {
		fmt.Fprintf(out, "  started in %v, counted in %v\n", started, counted)
	}
	aDeath(s, p, out)
	manyDeaths(s, p, out)
}

// aDeath: one node gets a message that it was not made for.
func aDeath(s *supervisor, p plan, out io.Writer) {
	victim := p.nodes / 2
	fmt.Fprintf(out, "\nnode-%d gets a message that it cannot handle\n", victim)
	s.nodes[victim].send(nonsense{})
	// The question is behind it in the mailbox, and who should answer is dead.
	answer := "no answer"
	if _, answered := s.nodes[victim].ask(); answered {
		answer = "answered"
	}
	fmt.Fprintf(out, "  a question to it: %s\n", answer)
	if o := s.attend(); !o.givenUp {
		fmt.Fprintf(out, "  its last words: %s\n", o.lastWords)
	}
	again := "it"
	if p.oneForAll {
		again = "all of them"
	}
	fmt.Fprintf(out, "\nthe supervisor has started %s again\n", again)
	list(s.totals(), out)
}

// manyDeaths: and again, until the supervisor gives up.
func manyDeaths(s *supervisor, p plan, out io.Writer) {
	fmt.Fprintf(out, "\nit gets such a message again and again\n")
	for deaths := 2; ; deaths++ {
		s.nodes[p.nodes/2].send(nonsense{})
		if o := s.attend(); o.givenUp {
			fmt.Fprintf(out, "  %d deaths, %d new lives: given up\n", deaths, restarts)
			fmt.Fprintf(out, "  the others are stopped, and had counted %d\n", o.total)
			return
		}
	}
}

// list says what each node has counted; of many nodes only the one that dies and its neighbours.
func list(totals []uint64, out io.Writer) {
	victim := len(totals) / 2
	others := uint64(0)
	for number, total := range totals {
		if len(totals) <= listedMax || victim-1 <= number && number <= victim+1 {
			fmt.Fprintf(out, "  node-%-4d has counted %8d\n", number, total)
		} else {
			others += total
		}
	}
	if len(totals) > listedMax {
		fmt.Fprintf(out, "  %d others have counted %d together\n", len(totals)-3, others)
	}
}
