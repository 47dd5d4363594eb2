package main

import (
	"fmt"
	"io"
	"time"
	"unsafe"
)

// What the program prints: what is counted, and what is timed.

const (
	// keys have an owner.
	keys = 100_000
	// hitsMany are handed over.
	hitsMany = 1000
	// stamped messages carry a time.
	stamped = 1000
	// bytesMany are copied, or sent: more than any cache holds.
	bytesMany = 32 * 1024 * 1024
	// jobSteps are the multiplications of a job.
	jobSteps = 20_000
)

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
	say("\n5. Topology doesn't change. There are %d nodes, and one more comes. Of %d keys move:\n", nodes, keys)
	say("   %-26s%6d", "by remainder", moved(keys, nodes, remainder))
	say("   %-26s%6d", "by rendezvous", moved(keys, nodes, rendezvous))

	say("\n6. There is one administrator. %d nodes are upgraded one by one. Messages refused on the way:\n", nodes)
	say("   %-20s%s", "strict readers", columns(refused(options.nodes, strict)))
	say("   %-20s%s", "tolerant readers", columns(refused(options.nodes, tolerant)))

	say("\n7. Transport cost is zero. To hand over %d hits:\n", hitsMany)
	say("   %-26s%6d bytes", "in a channel", unsafe.Sizeof([]hit{}))
	say("   %-26s%6d bytes", "as text on a wire", len(encode(hits(hitsMany))))

	behind := time.Duration(options.behindMs) * time.Millisecond
	say("\n9. There is one clock. Of %d messages arrive before they were sent:\n", stamped)
	say("   %-26s%6d", "one clock", backwards(stamped, 0))
	say("   %-26s%6d", fmt.Sprintf("two, one %d ms behind", options.behindMs), backwards(stamped, behind))
	say("   %-26s%6d", "two that count", logical(stamped))
}

// timed prints what is timed here and now, and never the same twice.
func timed(out io.Writer, options options) {
	say := func(format string, values ...any) { fmt.Fprintf(out, format+"\n", values...) }
	say("\nTimed: on this machine, just now.")

	memory := options.memoryMiB * 1024 * 1024
	say("\n2. Latency is zero. From here to there:\n")
	say("   %-26s%10.1f ns", "a step in 16 KiB", memoryNs(16*1024, 100*options.rounds))
	say("   %-26s%10.1f ns", fmt.Sprintf("a step in %d MiB", options.memoryMiB), memoryNs(memory, 100*options.rounds))
	say("   %-26s%10.1f ns", "a channel, and back", channelNs(options.rounds))
	say("   %-26s%10.1f ns", "TCP, and back", tcpNs(options.rounds))

	say("\n3. Bandwidth is infinite. What is copied in a second:\n")
	say("   %-26s%10.1f MB", "memory, one thread", memoryPerS(1, bytesMany)/1e6)
	say("   %-26s%10.1f MB", "memory, two threads", memoryPerS(2, bytesMany)/1e6)
	say("   %-26s%10.1f MB", "TCP", tcpPerS(bytesMany)/1e6)

	movedNs, encodedNs := transportNs(hitsMany, (options.rounds+9)/10)
	say("\n7. Transport cost is zero. To hand over %d hits takes:\n", hitsMany)
	say("   %-26s%10.1f µs", "in a channel", movedNs/1e3)
	say("   %-26s%10.1f µs", "as text, and back", encodedNs/1e3)

	jobs := spread(options.rounds, jobSteps)
	say("\n8. The network is homogeneous. %d equal jobs, one after the other:\n", options.rounds)
	say("   %-26s%10.1f µs", "half take at most", jobs.medianNs/1e3)
	say("   %-26s%10.1f µs", "99 of 100", jobs.p99Ns/1e3)
	say("   %-26s%10.1f µs", "the slowest", jobs.slowestNs/1e3)
}
