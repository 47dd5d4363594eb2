// A task is a node: the Go twin of code/mapping/tasks-are-nodes. It prints the same.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
)

// All messages of a run: with more it would take longer than one likes to wait.
const messagesMax = 200_000

// A plan is what may be changed on the command line.
type plan struct {
	nodes, messages  int
	oneForAll        bool
	unwatched, timed bool
}

// parse reads the command line; it ends the program with code 2 if that makes no sense.
func parse() (p plan) {
	flag.IntVar(&p.nodes, "nodes", 4, "how many nodes there are, 2 to 10000")
	flag.IntVar(&p.messages, "messages", 1000, "messages that each of them gets; all together at most 200000")
	strategy := flag.String("strategy", "one-for-one", "who is started again when one has died: one-for-one or one-for-all")
	flag.BoolVar(&p.unwatched, "unwatched", false, "do not watch the nodes, and see what one death does then")
	flag.BoolVar(&p.timed, "timed", false, "say how long it took to start the nodes, and until they had counted")
	flag.Parse()
	p.oneForAll = *strategy == "one-for-all"
	switch {
	case flag.NArg() > 0:
		refuse("%q is not a flag", flag.Arg(0))
	case p.nodes < 2 || p.nodes > 10_000:
		refuse("%d nodes: 2 to 10000 are possible", p.nodes)
	case p.messages < 0 || p.messages > messagesMax/p.nodes:
		refuse("%d messages for each of %d nodes: 0 to %d are possible for all together", p.messages, p.nodes, messagesMax)
	case !p.oneForAll && *strategy != "one-for-one":
		refuse("the strategy %q is neither one-for-one nor one-for-all", *strategy)
	}
	return p
}

func refuse(why string, about ...any) {
	fmt.Fprintf(os.Stderr, "tasks-are-nodes: "+why+"\n", about...)
	os.Exit(2)
}

func main() {
	p := parse()
	if p.unwatched {
		// Without a buffer: when the program dies, what is in one would be lost.
		reportUnwatched(p, os.Stdout)
		return
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	report(p, out)
}
