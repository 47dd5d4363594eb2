package main

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
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
	var printed strings.Builder
	shapes(&printed, options{words: 100_000, workers: 2, shards: 4})
	mistakes(&printed)
	if printed.String() != string(expected) {
		t.Errorf("it printed\n%s\nand should print\n%s", printed.String(), expected)
	}
}

// Two at one memory compile, and the race detector finds them when they run.
func TestTheRaceDetectorFindsWhoShares(t *testing.T) {
	output := run(t, "run", "-race", "./testdata/shared")
	for _, missing := range []string{"-race requires cgo", "-race is not supported", "C compiler"} {
		if strings.Contains(output, missing) {
			t.Skipf("SKIPPED, LOUDLY: there is no race detector here: %s", output)
		}
	}
	if !strings.Contains(output, "WARNING: DATA RACE") {
		t.Error(output)
	}
}

// Two writers of one map compile, and the runtime ends the program when it notices.
func TestTwoWritersAreCaught(t *testing.T) {
	if output := run(t, "run", "./testdata/writers"); !strings.Contains(output, "concurrent map writes") {
		t.Error(output)
	}
}

// run gives a program to Go, which has a minute for it. It is meant to fail.
func run(t *testing.T, arguments ...string) string {
	t.Helper()
	patience, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	program := exec.CommandContext(patience, "go", arguments...)
	// The race detector of Linux is written in C.
	program.Env = append(os.Environ(), "CGO_ENABLED=1")
	output, err := program.CombinedOutput()
	if err == nil {
		t.Errorf("go %v succeeds", arguments)
	}
	return string(output)
}

// The cases of `go/composition`. What one costs is the time of an operation.
func BenchmarkCosts(b *testing.B) {
	for _, one := range []struct {
		name string
		size int
	}{{"[bytes=64]", 64}, {"[bytes=65536]", 65536}} {
		post := make(chan []byte, 1)
		b.Run("move"+one.name, func(b *testing.B) {
			letter := make([]byte, one.size)
			for range b.N {
				post <- letter
				letter = <-post
			}
			if len(letter) != one.size {
				b.Fatal(len(letter))
			}
		})
		b.Run("copy"+one.name, func(b *testing.B) {
			letter := make([]byte, one.size)
			for range b.N {
				post <- slices.Clone(letter)
				if got := <-post; len(got) != one.size {
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
			before := sum(one.counts.counted())
			// The time is that of a word.
			after := sum(count(uint64(b.N), 2, one.counts))
			if after-before != uint64(b.N) {
				b.Fatal(after, before, b.N)
			}
		})
	}
}

func sum(counted counted) uint64 {
	var sum uint64
	for _, times := range counted {
		sum += times
	}
	return sum
}
