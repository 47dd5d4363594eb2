// A select is a scheduler: who waits for the first of many decides who is served.
//
// The twin in Rust is code/mapping/select-is-scheduling; it prints the same, to the letter.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

type options struct {
	turns, heavy, patience, deadlineMs uint64
	shares                             []uint64
	jobs, workers                      int
}

func main() {
	var options options
	var shares string
	flag.Uint64Var(&options.turns, "turns", 200_000, "how many items are served")
	flag.Uint64Var(&options.heavy, "heavy", 10, "how much longer an item of the first queue takes")
	flag.Uint64Var(&options.patience, "patience", 9, "after how many urgent items it is the other queue's turn")
	flag.Uint64Var(&options.deadlineMs, "deadline-ms", 2000, "how long the answer is waited for")
	flag.StringVar(&shares, "shares", "3,2,1", "the shares of the tenants, each from one to ten")
	flag.IntVar(&options.jobs, "jobs", 8, "how many jobs each tenant submits")
	flag.IntVar(&options.workers, "workers", 2, "how many workers do them")
	flag.Parse()
	for _, word := range strings.Split(shares, ",") {
		share, err := strconv.ParseUint(word, 10, 64)
		if err != nil || share < 1 || share > 10 {
			fmt.Fprintf(os.Stderr, "%q is no share from one to ten\n", word)
			os.Exit(2)
		}
		options.shares = append(options.shares, share)
	}
	report(os.Stdout, options)
}

// report prints all of it.
func report(out io.Writer, options options) {
	turns(out, options)
	shareOfTime(out, options)
	starved(out, options)
	replicas(out, options)
	tenants(out, options)
}

func turns(out io.Writer, options options) {
	fmt.Fprintf(out, "Four queues that are never empty, %d turns. Who is served, in percent:\n\n", options.turns)
	fmt.Fprintf(out, "%-18s%5s%5s%5s%5s\n", "", "a", "b", "c", "d")
	for _, one := range []struct {
		name   string
		policy policy
	}{
		{"select", policy{kind: random}},
		{"in written order", policy{kind: written}},
		{"in turns", policy{kind: inTurns}},
		{"shares 4:3:2:1", policy{kind: byShares, shares: [sources]uint64{4, 3, 2, 1}}},
	} {
		row(out, one.name, serve(one.policy, options.turns, [sources]uint64{1, 1, 1, 1}).turns)
	}
}

func shareOfTime(out io.Writer, options options) {
	fmt.Fprintf(out, "\nAn item of a takes %d times as long. Who is served, and below it the time, in percent:\n\n", options.heavy)
	fmt.Fprintf(out, "%-18s%5s%5s%5s%5s\n", "", "a", "b", "c", "d")
	costs := [sources]uint64{options.heavy, 1, 1, 1}
	for _, one := range []struct {
		name   string
		policy policy
	}{
		{"select", policy{kind: random}},
		{"shares 1:1:1:1", policy{kind: byShares, shares: [sources]uint64{1, 1, 1, 1}}},
	} {
		served := serve(one.policy, options.turns, costs)
		row(out, one.name, served.turns)
		row(out, "  of the time", served.time)
	}
}

func row(out io.Writer, name string, amounts [sources]uint64) {
	var all uint64
	for _, amount := range amounts {
		all += amount
	}
	fmt.Fprintf(out, "%-18s", name)
	for _, amount := range amounts {
		fmt.Fprintf(out, "%5.0f", 100*float64(amount)/float64(all))
	}
	fmt.Fprintln(out)
}

func starved(out io.Writer, options options) {
	fmt.Fprintf(out, "\nAn urgent queue and an ordinary one, neither ever empty, %d turns:\n\n", options.turns)
	fmt.Fprintf(out, "%-18s%10s%10s%22s\n", "patience", "urgent", "ordinary", "longest wait in turns")
	for _, one := range []struct {
		name     string
		patience uint64
	}{
		{"without end", 1<<64 - 1},
		{fmt.Sprintf("%d turns", options.patience), options.patience},
	} {
		waited := serveTwo(options.turns, one.patience)
		fmt.Fprintf(out, "%-18s%10d%10d%22d\n", one.name, waited.urgent, waited.ordinary, waited.longest)
	}
}

func replicas(out io.Writer, options options) {
	delays := []time.Duration{100 * time.Millisecond, 10 * time.Second, 60 * time.Second}
	fmt.Fprintf(out, "\nThree replicas answer after %d, %d and %d ms. The first counts, the others are told:\n\n",
		delays[0].Milliseconds(), delays[1].Milliseconds(), delays[2].Milliseconds())
	for _, deadlineMs := range []uint64{options.deadlineMs, 1} {
		number, told := ask(delays, time.Duration(deadlineMs)*time.Millisecond)
		outcome := "too late"
		if number != tooLate {
			outcome = fmt.Sprintf("replica %d answered", number)
		}
		fmt.Fprintf(out, "deadline %5d ms: %s, %d stopped working\n", deadlineMs, outcome, told)
	}
}

func tenants(out io.Writer, options options) {
	var words []string
	for _, share := range options.shares {
		words = append(words, strconv.FormatUint(share, 10))
	}
	fmt.Fprintf(out, "\nA scheduler, tenants with shares %s, %d jobs each, %d workers. Whose jobs, in the order of dispatch:\n\n",
		strings.Join(words, ":"), options.jobs, options.workers)
	given, done := run(options.shares, options.jobs, options.workers)
	var letters []string
	for _, job := range given[:min(len(given), 36)] {
		letters = append(letters, string(rune('a'+job.tenant)))
	}
	more := ""
	if len(given) > 36 {
		more = " ..."
	}
	fmt.Fprintf(out, "%s%s\n", strings.Join(letters, " "), more)
	fmt.Fprintf(out, "%d of %d jobs done\n", done, len(given))
}
