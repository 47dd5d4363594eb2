package main

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestEveryShapeCountsTheSame(t *testing.T) {
	for _, words := range []uint64{0, 1, 63, 64, 65, 10_000} {
		oracle := counted{}
		source := source{state: 1}
		for range words {
			oracle[source.next()]++
		}
		owner := newOwned()
		for name, counts := range map[string]counts{
			"locked":           newLocked(),
			"owned":            owner,
			"sharded":          sharded{newLocked(), newLocked(), newLocked()},
			"shards of shards": sharded{sharded{newLocked(), newLocked()}, sharded{newLocked()}},
		} {
			if got := count(words, 3, counts); !maps.Equal(got, oracle) {
				t.Errorf("%s, %d words: %v and not %v", name, words, got, oracle)
			}
		}
		owner.end()
	}
}

// The twin prints the same.
func TestItPrintsWhatTheChapterShows(t *testing.T) {
	expected, err := os.ReadFile("../../mapping/composition/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	shapes(&printed, options{words: 100_000, workers: 2, shards: 4})
	if printed.String() != string(expected) {
		t.Errorf("it printed\n%s\nand should print\n%s", printed.String(), expected)
	}
}

// What Rust refuses, Go compiles; this is what comes of it.
func TestMistakesHaveTheirConsequences(t *testing.T) {
	if got := sent()[0]; got != "Dear nobody" {
		t.Error(got)
	}
	if got := lease(); got != "a job that somebody else has" {
		t.Error(got)
	}
	if ignored() {
		t.Error("it went")
	}
	if got := unknown(pause); got != "" {
		t.Error(got)
	}
}

// Two writers compile, and the race detector finds them when they run.
func TestTheRaceDetectorFindsTwoWriters(t *testing.T) {
	output, err := exec.Command("go", "run", "-race", "./testdata/race").CombinedOutput()
	if strings.Contains(string(output), "-race requires cgo") || strings.Contains(string(output), "C compiler") {
		t.Skipf("SKIPPED, LOUDLY: the race detector needs a C compiler here: %s", output)
	}
	if err == nil || !strings.Contains(string(output), "WARNING: DATA RACE") {
		t.Errorf("%v: %s", err, output)
	}
}

// The cases of `go/composition`. What one costs is the time of an operation.
func BenchmarkCosts(b *testing.B) {
	for _, bytes := range []struct {
		name string
		size int
	}{{"[bytes=64]", 64}, {"[bytes=65536]", 65536}} {
		post := make(chan []byte, 1)
		b.Run("move"+bytes.name, func(b *testing.B) {
			letter := make([]byte, bytes.size)
			for range b.N {
				post <- letter
				letter = <-post
			}
		})
		b.Run("copy"+bytes.name, func(b *testing.B) {
			letter := make([]byte, bytes.size)
			for range b.N {
				post <- append([]byte(nil), letter...)
				if got := <-post; len(got) != len(letter) {
					b.Fatal(len(got))
				}
			}
		})
	}
	single := newOwned()
	defer single.end()
	for _, one := range []struct {
		name   string
		counts counts
	}{
		{"count[map=locked]", newLocked()},
		{"count[map=owned]", single},
		{"count[map=sharded]", sharded{newLocked(), newLocked(), newLocked(), newLocked()}},
	} {
		b.Run(one.name, func(b *testing.B) {
			count(uint64(b.N), 2, one.counts)
		})
	}
}
