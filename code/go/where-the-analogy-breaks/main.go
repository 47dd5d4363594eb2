// The eight fallacies of distributed computing, each with an experiment inside one machine.
//
// The twin in Rust is code/mapping/where-the-analogy-breaks. What is counted comes out the same, to the letter; what is
// timed does not.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
	"unsafe"
)

type options struct {
	messages, capacity, nodes, behindMs, memoryMiB, rounds int
}

// keys have an owner.
const keys = 100_000

// hitsMany are handed over.
const hitsMany = 1000

func main() {
	var options options
	flag.IntVar(&options.messages, "messages", 1000, "how many messages are sent to somebody who goes, at most 1000")
	flag.IntVar(&options.capacity, "capacity", 16, "how many messages a channel holds, at least 11")
	flag.IntVar(&options.nodes, "nodes", 8, "how many nodes there are before one more comes")
	flag.IntVar(&options.behindMs, "behind-ms", 50, "how far the receiver's clock is behind, in milliseconds")
	flag.IntVar(&options.memoryMiB, "memory-mib", 64, "the size of the larger memory, in MiB")
	flag.IntVar(&options.rounds, "rounds", 2000, "how many rounds are timed")
	flag.Parse()
	counted(os.Stdout, options)
	timed(os.Stdout, options)
}

// counted prints what comes out the same in every run.
func counted(out io.Writer, options options) {
	say := func(format string, values ...any) { fmt.Fprintf(out, format+"\n", values...) }
	say("Counted: the same in every run.")

	say("\n1. The network is reliable. The receiver takes %d of %d messages, and goes:\n", taken, options.messages)
	for _, one := range []struct {
		name string
		delivery
	}{
		{"a channel", byChannel(options.messages, options.capacity)},
		{"TCP", byTCP(options.messages)},
		{"TCP, answered one by one", acknowledged(options.messages)},
	} {
		say("   %-26s%5d sent, %3d processed, %4d lost", one.name, one.accepted, one.processed, one.accepted-one.processed)
	}

	say("\n4. The network is secure. Two friends and a stranger come, and are served:\n")
	say("   %-26s%5d", "a channel", servedByChannel())
	say("   %-26s%5d", "TCP", servedByTCP(""))
	say("   %-26s%5d", "TCP, with a secret", servedByTCP("open sesame"))

	nodes := uint64(options.nodes)
	say("\n5. Topology doesn't change. After %d nodes there are %d. Of %d keys move:\n", nodes, nodes+1, keys)
	say("   %-26s%6d", "by remainder", moved(keys, nodes, remainder))
	say("   %-26s%6d", "by rendezvous", moved(keys, nodes, rendezvous))

	say("\n6. There is one administrator. %d nodes are upgraded one by one. Messages refused on the way:\n", nodes)
	say("   %-20s%s", "strict readers", columns(refused(options.nodes, strict)))
	say("   %-20s%s", "tolerant readers", columns(refused(options.nodes, tolerant)))

	say("\n7. Transport cost is zero. To hand over %d hits:\n", hitsMany)
	say("   %-26s%6d bytes", "in a channel", unsafe.Sizeof([]hit{}))
	say("   %-26s%6d bytes", "as text on a wire", len(encode(hits(hitsMany))))

	percent := func(backwards int) string { return fmt.Sprintf("%.0f %%", 100*float64(backwards)/1000) }
	behind := time.Duration(options.behindMs) * time.Millisecond
	say("\n9. There is one clock. Of 1000 messages arrive before they were sent:\n")
	say("   %-26s%6s", "one clock", percent(backwards(1000, 0)))
	say("   %-26s%6s", fmt.Sprintf("two, one %d ms behind", options.behindMs), percent(backwards(1000, behind)))
	say("   %-26s%6s", "two that count", percent(logical(1000)))
}

// timed prints what is timed here and now.
func timed(out io.Writer, options options) {
	say := func(format string, values ...any) { fmt.Fprintf(out, format+"\n", values...) }
	say("\nTimed: on this machine, just now.")
	memory := options.memoryMiB * 1024 * 1024

	say("\n2. Latency is zero. From here to there:\n")
	say("   %-26s%10.1f ns", "a step in 16 KiB", memoryNs(16*1024, 100*options.rounds))
	say("   %-26s%10.1f ns", fmt.Sprintf("a step in %d MiB", options.memoryMiB), memoryNs(memory, 100*options.rounds))
	say("   %-26s%10.1f ns", "a channel, and back", channelNs(options.rounds))
	say("   %-26s%10.1f ns", "TCP, and back", tcpNs(options.rounds))

	threads := runtime.GOMAXPROCS(0)
	say("\n3. Bandwidth is infinite. What is copied in a second:\n")
	say("   %-26s%10.1f MB", "memory, one thread", memoryPerS(1, memory)/1e6)
	say("   %-26s%10.1f MB", fmt.Sprintf("memory, %d threads", threads), memoryPerS(threads, memory)/1e6)
	say("   %-26s%10.1f MB", "TCP", tcpPerS(memory)/1e6)

	moved, encoded := transportNs(hitsMany, (options.rounds+9)/10)
	say("\n7. Transport cost is zero. For each of %d hits:\n", hitsMany)
	say("   %-26s%10.1f ns", "handed over", moved)
	say("   %-26s%10.1f ns", "encoded and decoded", encoded)

	median, p99, slowest := spread(options.rounds, 20_000)
	say("\n8. The network is homogeneous. %d equal jobs, one after the other:\n", options.rounds)
	say("   %-26s%10.1f us", "half take at most", median/1e3)
	say("   %-26s%10.1f us", "99 of 100", p99/1e3)
	say("   %-26s%10.1f us", "the slowest", slowest/1e3)
}

func columns(numbers []int) string {
	var words []string
	for _, number := range numbers {
		words = append(words, fmt.Sprintf("%3d", number))
	}
	return strings.Join(words, " ")
}
