// Five questions that every cache has to answer, each with numbers: the twin of the Rust program of the same
// name.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

var (
	keys        = flag.Int("keys", 10_000, "how many keys there are; the first is the most popular")
	count       = flag.Int("questions", 200_000, "how many questions are asked")
	changeEvery = flag.Int("change-every", 500, "after how many questions the original of one key changes")
	threads     = flag.Int("threads", 4, "how many goroutines want one map")
	seed        = flag.Uint64("seed", 1, "another seed draws other questions")
)

func main() {
	flag.Parse()
	if flag.NArg() > 0 {
		refuse("there is nothing to do with %q", flag.Arg(0))
	}
	check("keys", *keys, 1_000_000)
	check("questions", *count, 1_000_000)
	check("change-every", *changeEvery, 1_000_000)
	check("threads", *threads, 256)
	zipf := NewZipf(*keys)
	dice := Dice(*seed)
	questions := zipf.Questions(*count, &dice)
	fmt.Printf("%d questions for %d keys, after Zipf's law\n", *count, *keys)
	whatToKeep(zipf, questions)
	howLong(zipf, questions)
	whatIsNotThere(zipf)
	whichAsks()
	whichMayTouch(questions)
}

// check refuses a number that is out of its range.
func check(name string, value, valueMax int) {
	if value < 1 || value > valueMax {
		refuse("-%s must be from 1 to %d, not %d", name, valueMax, value)
	}
}

func refuse(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(2)
}

func whatToKeep(zipf Zipf, questions []uint32) {
	fmt.Println("\nWhat to keep: hits, by the room there is")
	fmt.Println("  entries    FIFO     LRU   SIEVE   most popular")
	for _, part := range []int{100, 10, 1} {
		room := max(*keys/part, 1)
		fmt.Printf("  %7d", room)
		for _, policy := range []Policy{Fifo, LRU, Sieve} {
			fmt.Printf("  %6s", share(Hits(policy, room, questions), len(questions)))
		}
		fmt.Printf("  %13s\n", percent(zipf.Share(room)))
	}
}

func howLong(zipf Zipf, questions []uint32) {
	fmt.Printf("\nFor how long: one original changes after every %d questions\n", *changeEvery)
	fmt.Printf("  %-36s %6s  %16s\n", "rule", "hits", "stale, of these")
	for _, rule := range []struct {
		name string
		rule Rule
	}{
		{"for ever", Rule{}},
		{"for 10000 questions", Rule{timeToLive: 10_000}},
		{"for 1000 questions", Rule{timeToLive: 1_000}},
		{"until told", Rule{told: &Told{}}},
		{"until told, 100 questions late", Rule{told: &Told{late: 100}}},
		{"until told, one in 10 is lost", Rule{told: &Told{losesOneIn: 10}}},
		{"the same, for 10000 questions", Rule{timeToLive: 10_000, told: &Told{losesOneIn: 10}}},
	} {
		outcome := Play(rule.rule, zipf, questions, *changeEvery)
		hits := share(outcome.hits, len(questions))
		stale := share(outcome.stale, outcome.hits)
		fmt.Printf("  %-36s %6s  %16s\n", rule.name, hits, stale)
	}
}

func whatIsNotThere(zipf Zipf) {
	fmt.Println("\nWhat is not there: one question in ten is for something that does not exist")
	fmt.Printf("  %-36s %6s  %8s\n", "names and cache", "asked", "entries")
	for _, play := range []struct {
		name         string
		names        uint64
		keepsAbsence bool
	}{
		{"50 names, absence is not kept", 50, false},
		{"50 names, absence is kept", 50, true},
		{"new names, absence is not kept", 0, false},
		{"new names, absence is kept", 0, true},
	} {
		asked, entries := PlayAbsent(play.names, play.keepsAbsence, zipf, Dice(*seed), *count)
		fmt.Printf("  %-36s %6d  %8d\n", play.name, asked, entries)
	}
}

func whichAsks() {
	aside, alone := Stampede(*threads, 20*time.Millisecond)
	fmt.Printf("\nWhich task asks: %d threads miss the same key at once\n", *threads)
	fmt.Printf("  each thread    asked %d\n", aside)
	fmt.Printf("  single flight  asked %d\n", alone)
}

func whichMayTouch(questions []uint32) {
	// An owner takes its time: a part of the questions shows it as well.
	questions = questions[:min(len(questions), 50_000)]
	fmt.Printf("\nWhich task may touch the map: %d threads, everything is there\n", *threads)
	for _, holder := range []struct {
		name string
		kept Shared
	}{
		{"an owner", NewOwner()},
		{"a lock", NewLocked()},
		{"a readers' lock", &ReadersTogether{kept: make(map[uint32]uint64)}},
		{"16 shards", NewShards(16)},
	} {
		Warm(holder.kept, questions)
		right, took := Crowd(holder.kept, *threads, questions)
		each := float64(took.Nanoseconds()) / float64(len(questions))
		fmt.Printf("  %-16s %d of %d right  %8.0f ns\n", holder.name, right, len(questions), each)
	}
}

// share is a part of a whole, in percent; of nothing it is none.
func share(part, whole int) string {
	return percent(float64(part) / float64(max(whole, 1)))
}

func percent(share float64) string {
	return fmt.Sprintf("%.1f %%", share*100)
}
