package main

import (
	"fmt"
	"io"
)

// ANCHOR: unwatched
// startUnwatched starts a node and recovers nothing: if it dies, the whole program does.
func startUnwatched() *node {
	n := newNode()
	go live(n.mailbox)
	return n
}

// ANCHOR_END: unwatched

// reportUnwatched runs such nodes. The second line is the last: the program in Rust has more to tell.
func reportUnwatched(p plan, out io.Writer) {
	victim := p.nodes / 2
	fmt.Fprintf(out, "%d nodes that are not watched\n", p.nodes)
	var nodes []*node
	for range p.nodes {
		nodes = append(nodes, startUnwatched())
	}
	fmt.Fprintf(out, "node-%d gets a message that it cannot handle\n", victim)
	nodes[victim].send(nonsense{})
	for _, number := range []int{victim, 0} {
		answer := "no answer"
		if _, answered := nodes[number].ask(); answered {
			answer = "answered"
		}
		fmt.Fprintf(out, "  a question to node-%d: %s\n", number, answer)
	}
	fmt.Fprintln(out, "the program ends as usual: no other part of it has been told")
}
