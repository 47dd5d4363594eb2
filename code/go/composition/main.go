// Five parts and no framework.
//
// The twin in Rust is code/mapping/composition. What both print about the shapes is the same, to the letter; what
// they say about mistakes is the difference between the languages.
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
	flag.Uint64Var(&options.words, "words", 100_000, "how many words are counted")
	flag.IntVar(&options.workers, "workers", 2, "how many workers count them")
	flag.IntVar(&options.shards, "shards", 4, "how many maps there are where there are many")
	flag.Parse()
	shapes(os.Stdout, options)
	mistakes(os.Stdout)
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

// mistakes prints what comes of what Rust refuses.
func mistakes(out io.Writer) {
	fmt.Fprintf(out, "\nMistakes that compile, and what comes of them:\n\n")
	fmt.Fprintf(out, "- a letter is changed after it was posted\n  it arrives as %q\n", sent()[0])
	fmt.Fprintf(out, "- something is used after its lease has ended\n  it is %q\n", lease())
	fmt.Fprintf(out, "- nobody looks whether the message went\n  it went: %v\n", ignored())
	fmt.Fprintf(out, "- a message that the receiver does not know\n  it makes of it: %q\n", unknown(pause))
}
