// The eight fallacies of distributed computing, each with an experiment inside one machine.
//
// The twin in Rust is code/mapping/where-the-analogy-breaks. What is counted comes out the same, to the letter; what is
// timed does not.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

type options struct {
	messages, capacity, nodes, behindMs, memoryMiB, rounds int
}

func main() {
	var options options
	flag.IntVar(&options.messages, "messages", 1000, "how many messages are sent to somebody who goes, 11 to 1000")
	flag.IntVar(&options.capacity, "capacity", 16, "how many messages a channel holds, 11 to 1000")
	flag.IntVar(&options.nodes, "nodes", 8, "how many nodes there are before one more comes, and how many are upgraded, 64 at most")
	flag.IntVar(&options.behindMs, "behind-ms", 1000, "how far the receiver's clock is behind, in milliseconds, a minute at most")
	flag.IntVar(&options.memoryMiB, "memory-mib", 64, "the size of the larger memory, in MiB, 256 at most")
	flag.IntVar(&options.rounds, "rounds", 2000, "how many rounds are timed, 100000 at most")
	flag.Parse()
	if err := options.check(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	counted(os.Stdout, options)
	timed(os.Stdout, options)
}

// check says which number is senseless.
func (o options) check() error {
	if flag.NArg() > 0 {
		return fmt.Errorf("%q is not known", flag.Arg(0))
	}
	for _, limit := range []struct {
		name                 string
		value, least, utmost int
	}{
		{"messages", o.messages, 11, 1000},
		{"capacity", o.capacity, 11, 1000},
		{"nodes", o.nodes, 1, 64},
		{"behind-ms", o.behindMs, 0, 60_000},
		{"memory-mib", o.memoryMiB, 1, 256},
		{"rounds", o.rounds, 1, 100_000},
	} {
		if limit.value < limit.least || limit.value > limit.utmost {
			return fmt.Errorf("-%s %d is not in %d..=%d", limit.name, limit.value, limit.least, limit.utmost)
		}
	}
	return nil
}

// columns writes small numbers under each other.
func columns(numbers []int) string {
	var words []string
	for _, number := range numbers {
		words = append(words, fmt.Sprintf("%3d", number))
	}
	return strings.Join(words, " ")
}
