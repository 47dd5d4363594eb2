package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Topology, administrators, transport and clocks: what is a matter of counting.

// hash is SplitMix64's mixing of bits, by Sebastiano Vigna: the same everywhere.
func hash(key uint64) uint64 {
	bits := key + 0x9e3779b97f4a7c15
	bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9
	bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb
	return bits ^ (bits >> 31)
}

// ANCHOR: owners

// remainder is the owner by remainder: the obvious way.
func remainder(key, nodes uint64) uint64 {
	return hash(key) % nodes
}

// rendezvous is the owner by rendezvous: every node makes a bid for the key, and
// the highest wins. One more node makes one more bid, so a key moves only to the
// new node (Thaler and Ravishankar, 1998).
func rendezvous(key, nodes uint64) uint64 {
	var owner, highest uint64
	for node := range nodes {
		if bid := hash(key ^ hash(node)); bid >= highest {
			owner, highest = node, bid
		}
	}
	return owner
}

// ANCHOR_END: owners

// moved is how many of these keys have another owner when one more node has come.
func moved(keys, nodes uint64, owner func(key, nodes uint64) uint64) int {
	count := 0
	for key := range keys {
		if owner(key, nodes) != owner(key, nodes+1) {
			count++
		}
	}
	return count
}

// version is what a node writes: since the second one with a region at the end.
type version string

const (
	older version = "hit 512"
	newer version = "hit 512 eu"
)

// ANCHOR: readers

// strict reads the bytes of a hit as a node that takes only what it would have
// written itself.
func strict(reader version, message string) (uint64, error) {
	if len(strings.Fields(message)) != len(strings.Fields(string(reader))) {
		return 0, fmt.Errorf("%q is no message", message)
	}
	return tolerant(reader, message)
}

// tolerant does without what is missing, and passes over what it does not know.
func tolerant(_ version, message string) (uint64, error) {
	words := strings.Fields(message)
	if len(words) < 2 {
		return 0, fmt.Errorf("%q is no message", message)
	}
	return strconv.ParseUint(words[1], 10, 64)
}

// ANCHOR_END: readers

// refused is how many of all messages from each node to each other one are refused, before the upgrade and after each node's.
func refused(nodes int, read func(version, string) (uint64, error)) []int {
	var counts []int
	for upgraded := 0; upgraded <= nodes; upgraded++ {
		count := 0
		of := func(node int) version {
			if node < upgraded {
				return newer
			}
			return older
		}
		for from := range nodes {
			for to := range nodes {
				if from == to {
					continue
				}
				if bytes, err := read(of(to), string(of(from))); err != nil || bytes != 512 {
					count++
				}
			}
		}
		counts = append(counts, count)
	}
	return counts
}

// hit is one hit, as a program has it.
type hit struct {
	client, route string
	bytes         uint64
}

func hits(many uint64) []hit {
	var all []hit
	for number := range many {
		all = append(all, hit{
			client: fmt.Sprintf("192.0.2.%d", number%256),
			route:  fmt.Sprintf("/page/%d", number%200),
			bytes:  100 * number,
		})
	}
	return all
}

// ANCHOR: encode

// encode returns the hits as bytes that mean the same elsewhere: a line each.
func encode(hits []hit) []byte {
	var text []byte
	for _, hit := range hits {
		text = fmt.Appendf(text, "%s %s %d\n", hit.client, hit.route, hit.bytes)
	}
	return text
}

// decode returns the hits of such bytes.
func decode(text []byte) ([]hit, error) {
	var all []hit
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		words := strings.Split(line, " ")
		if len(words) < 3 {
			return nil, fmt.Errorf("%q is no hit", line)
		}
		bytes, err := strconv.ParseUint(words[2], 10, 64)
		if err != nil {
			return nil, err
		}
		all = append(all, hit{words[0], words[1], bytes})
	}
	return all, nil
}

// ANCHOR_END: encode

// ANCHOR: clocks

// backwards is, of so many messages, those that came before they were sent, if the
// receiver's clock is so much behind.
func backwards(messages int, behind time.Duration) int {
	channel := make(chan time.Duration, 1)
	start := time.Now()
	go func() {
		for range messages {
			channel <- time.Since(start)
		}
		close(channel)
	}()
	count := 0
	for sent := range channel {
		if time.Since(start) < sent+behind {
			count++
		}
	}
	return count
}

// logical does the same with logical clocks, after Lamport: each node counts, and
// a node that hears of a later count goes on from there.
func logical(messages int) int {
	channel := make(chan int, 1)
	go func() {
		// This node has seen much already, and the other one nothing.
		for count := range messages {
			channel <- 1_000_000 + count
		}
		close(channel)
	}()
	count, backwards := 0, 0
	for sent := range channel {
		count = max(sent, count) + 1
		if count <= sent {
			backwards++
		}
	}
	return backwards
}

// ANCHOR_END: clocks
