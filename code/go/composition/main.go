// Five parts and no framework.
//
// The twin in Rust is code/mapping/composition. It prints the same, to the letter.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

type options struct {
	words           uint64
	workers, shards int
}

func main() {
	var options options
	flag.Uint64Var(&options.words, "words", 100_000, "how many words are counted, a million at most")
	flag.IntVar(&options.workers, "workers", 2, "how many workers count them, 64 at most")
	flag.IntVar(&options.shards, "shards", 4, "how many maps there are where there are many, 64 at most")
	flag.Parse()
	if err := options.check(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	shapes(os.Stdout, options)
	mistakes(os.Stdout)
}

// check says what is wrong with a number.
func (o options) check() error {
	switch {
	case flag.NArg() > 0:
		return fmt.Errorf("%q is not known", flag.Arg(0))
	case o.words < 1 || o.words > 1_000_000:
		return fmt.Errorf("-words %d is not in 1..=1000000", o.words)
	case o.workers < 1 || o.workers > 64:
		return fmt.Errorf("-workers %d is not in 1..=64", o.workers)
	case o.shards < 1 || o.shards > 64:
		return fmt.Errorf("-shards %d is not in 1..=64", o.shards)
	}
	return nil
}

// ANCHOR: shapes

// shapes runs the same program around four counts.
func shapes(out io.Writer, options options) {
	var locks, owners sharded
	for range options.shards {
		locks = append(locks, newLocked())
		owners = append(owners, newOwned())
	}
	single := newOwned()
	shapes := []struct {
		name   string
		counts counts
	}{
		{"one map, behind a lock", newLocked()},
		{"one map, with an owner", single},
		{"many maps, each behind a lock", locks},
		{"many maps, each with an owner", owners},
	}
	// ANCHOR_END: shapes
	fmt.Fprintf(out, "%d words, %d workers, one program around four counts:\n\n", options.words, options.workers)
	for _, shape := range shapes {
		counted := count(options.words, options.workers, shape.counts)
		fmt.Fprintf(out, "%-31s%s\n", shape.name, top(counted))
	}
	single.end()
	for _, owner := range owners {
		owner.(*owned).end()
	}
}

// top is the sum and the three most frequent words.
func top(counted counted) string {
	var sum uint64
	var words []string
	for word, times := range counted {
		sum += times
		words = append(words, word)
	}
	sort.Slice(words, func(one, other int) bool {
		if counted[words[one]] != counted[words[other]] {
			return counted[words[one]] > counted[words[other]]
		}
		return words[one] < words[other]
	})
	var best []string
	for _, word := range words[:min(3, len(words))] {
		best = append(best, fmt.Sprintf("%s %d", word, counted[word]))
	}
	return fmt.Sprintf("%d words: %s", sum, strings.Join(best, ", "))
}
