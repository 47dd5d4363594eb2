package main

import (
	"bytes"
	"os"
	"slices"
	"testing"
	"time"
)

func defaults() options {
	return options{messages: 1000, capacity: 16, nodes: 8, behindMs: 1000, memoryMiB: 1, rounds: 20}
}

// The twin prints the same.
func TestItPrintsWhatTheChapterShows(t *testing.T) {
	expected, err := os.ReadFile("../../mapping/where-the-analogy-breaks/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	counted(&printed, defaults())
	if printed.String() != string(expected) {
		t.Errorf("it printed\n%s\nand should print\n%s", printed.String(), expected)
	}
}

func TestWhatWasAcceptedMayBeLost(t *testing.T) {
	if got := byChannel(1000, 16); got != (delivery{16, 10}) {
		t.Error(got)
	}
	if got := byTCP(1000); got != (delivery{1000, 10}) {
		t.Error(got)
	}
	if got := acknowledged(1000); got != (delivery{10, 10}) {
		t.Error(got)
	}
}

func TestAStrangerIsServedWhereNobodyAsks(t *testing.T) {
	if got := []int{servedByChannel(), servedByTCP(""), servedByTCP("open sesame")}; !slices.Equal(got, []int{2, 3, 2}) {
		t.Error(got)
	}
}

func TestAKeyMovesOnlyToTheNewNode(t *testing.T) {
	for key := range uint64(10_000) {
		if before, after := rendezvous(key, 8), rendezvous(key, 9); before != after && after != 8 {
			t.Errorf("%d went from %d to %d", key, before, after)
		}
	}
}

func TestTolerantReadersSurviveAnUpgrade(t *testing.T) {
	if got := refused(4, strict); !slices.Equal(got, []int{0, 6, 8, 6, 0}) {
		t.Error(got)
	}
	if got := refused(4, tolerant); !slices.Equal(got, make([]int, 5)) {
		t.Error(got)
	}
}

func TestNothingArrivesBeforeItWasSent(t *testing.T) {
	if got := []int{backwards(1000, 0), logical(1000), backwards(100, time.Hour)}; !slices.Equal(got, []int{0, 0, 100}) {
		t.Error(got)
	}
}

func TestWhatIsTimedIsPrinted(t *testing.T) {
	var printed bytes.Buffer
	timed(&printed, defaults())
	for _, fallacy := range []string{"\n2. ", "\n3. ", "\n7. ", "\n8. "} {
		if !bytes.Contains(printed.Bytes(), []byte(fallacy)) {
			t.Error(printed.String())
		}
	}
}

// rings holds what the cases about memory walk through, by its size in bytes.
var rings = map[int][]int{}

// The cases of `go/where-the-analogy-breaks`. What one costs is the time of an operation.
func BenchmarkCosts(b *testing.B) {
	for _, memory := range []struct {
		name  string
		bytes int
	}{{"memory[size=16KiB]", 16 * 1024}, {"memory[size=64MiB]", 64 * 1024 * 1024}} {
		b.Run(memory.name, func(b *testing.B) {
			// Made once: Go calls this several times, and the large one takes seconds.
			ring := rings[memory.bytes]
			if ring == nil {
				ring = newRing(memory.bytes)
				rings[memory.bytes] = ring
				if walk(ring, len(ring)) != 0 {
					b.Fatal("not one cycle")
				}
			}
			b.ResetTimer()
			kept = walk(ring, b.N)
		})
	}
	// Both assert their answers.
	b.Run("channel", func(b *testing.B) { channelNs(b.N) })
	b.Run("loopback", func(b *testing.B) { tcpNs(b.N) })
	b.Run("job", func(b *testing.B) {
		// It asserts its answer, too.
		jobs := spread(b.N, jobSteps)
		b.ReportMetric(jobs.medianNs, "p50-ns")
		b.ReportMetric(jobs.p99Ns, "p99-ns")
		b.ReportMetric(jobs.slowestNs, "slowest-ns")
	})
	b.Run("encode", func(b *testing.B) {
		all := hits(hitsMany)
		b.ResetTimer()
		// The time is that of a hit.
		for range (b.N + hitsMany - 1) / hitsMany {
			if decoded, err := decode(encode(all)); err != nil || !slices.Equal(decoded, all) {
				b.Fatal(err)
			}
		}
	})
}
