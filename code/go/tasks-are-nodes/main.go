// A task is a node: the Go twin of code/mapping/tasks-are-nodes. It prints the same.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
)

// How often a supervisor starts something again before it gives up.
const restarts = 3

type plan struct {
	nodes, messages int
	oneForAll       bool
}

func main() {
	var p plan
	flag.IntVar(&p.nodes, "nodes", 4, "how many nodes there are")
	flag.IntVar(&p.messages, "messages", 1000, "messages that each of them gets")
	strategy := flag.String("strategy", "one-for-one", "one-for-one or one-for-all")
	flag.Parse()
	p.oneForAll = *strategy == "one-for-all"
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	report(p, out)
}

func report(p plan, out io.Writer) {
	s := supervise(p.nodes, p.oneForAll, restarts)
	fmt.Fprintf(out, "%d nodes, %d messages each\n", p.nodes, p.messages)
	s.work(p.messages)
	counted(s, out)

	victim := p.nodes / 2
	fmt.Fprintf(out, "\nnode-%d gets a message that it cannot handle\n", victim)
	s.nodes[victim].send(nonsense{})
	// The question is behind it in the mailbox, and who should answer is dead.
	answer := "no answer"
	if _, answered := s.nodes[victim].read(); answered {
		answer = "answered"
	}
	fmt.Fprintf(out, "  a question to it: %s\n", answer)
	lastWords, _, _ := s.attend()
	fmt.Fprintf(out, "  its last words: %s\n", lastWords)

	fmt.Fprintf(out, "\nthe supervisor has started it again\n")
	counted(s, out)

	fmt.Fprintf(out, "\nit gets such a message again and again\n")
	for deaths := 2; ; deaths++ {
		s.nodes[victim].send(nonsense{})
		if _, total, givenUp := s.attend(); givenUp {
			fmt.Fprintf(out, "  %d deaths, %d new lives: given up\n", deaths, restarts)
			fmt.Fprintf(out, "  the others are stopped, and have counted %d\n", total)
			return
		}
	}
}

// counted says what each node has counted.
func counted(s *supervisor, out io.Writer) {
	for number, n := range s.nodes {
		total, _ := n.read()
		fmt.Fprintf(out, "  node-%-3d has counted %8d\n", number, total)
	}
}
