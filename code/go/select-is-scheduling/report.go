package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// What the program prints: five parts, each a text of its own.

// When the three replicas answer. The last two are not waited for: that is the point.
var delays = []time.Duration{100 * time.Millisecond, 10 * time.Second, 60 * time.Second}

const (
	tooShortMs = 1  // a deadline that none of the replicas keeps
	bar        = 40 // how many letters a bar has
	shown      = 36 // how many dispatched jobs are shown
)

// part is one of the texts, with the name of its part of the chapter.
type part struct {
	name  string
	print func(io.Writer, options)
}

var parts = []part{
	{"turns", printTurns},
	{"time", printTime},
	{"patience", printPatience},
	{"first", printFirst},
	{"tenants", printTenants},
}

// of is the text of a part.
func (p part) of(options options) string {
	var text strings.Builder
	p.print(&text, options)
	return text.String()
}

func printTurns(out io.Writer, options options) {
	fmt.Fprintf(out, "Four queues that are never empty. Their shares of %d turns, in percent:\n\n", options.turns)
	head(out)
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

func printTime(out io.Writer, options options) {
	fmt.Fprintf(out, "An item of a takes %d times as long. Percent of the turns, and of the time:\n\n", options.heavy)
	head(out)
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

func head(out io.Writer) {
	fmt.Fprintf(out, "%-18s%5s%5s%5s%5s\n", "", "a", "b", "c", "d")
}

// row is the amounts in percent, and once more as a bar of letters.
func row(out io.Writer, name string, amounts [sources]uint64) {
	var all uint64
	for _, amount := range amounts {
		all += amount
	}
	fmt.Fprintf(out, "%-18s", name)
	for _, amount := range amounts {
		fmt.Fprintf(out, "%5.0f", 100*float64(amount)/float64(all))
	}
	fmt.Fprint(out, "  ")
	var soFar, drawn uint64
	for source, amount := range amounts {
		soFar += amount
		// Rounded from the left end, so that all bars are equally long.
		end := (2*bar*soFar + all) / (2 * all)
		fmt.Fprint(out, strings.Repeat(letter(source), int(end-drawn)))
		drawn = end
	}
	fmt.Fprintln(out)
}

func letter(number int) string {
	return string(rune('a' + number))
}

func printPatience(out io.Writer, options options) {
	fmt.Fprintf(out, "An urgent queue and an ordinary one, neither ever empty, %d turns:\n\n", options.turns)
	fmt.Fprintf(out, "%-18s%10s%10s%22s\n", "patience", "urgent", "ordinary", "longest wait in turns")
	for _, one := range []struct {
		name     string
		patience uint64
	}{
		{"without end", 1<<64 - 1},
		{strconv.FormatUint(options.patience, 10), options.patience},
	} {
		waited := serveTwo(options.turns, one.patience)
		fmt.Fprintf(out, "%-18s%10d%10d%22d\n", one.name, waited.urgent, waited.ordinary, waited.longest)
	}
}

func printFirst(out io.Writer, options options) {
	fmt.Fprintf(out, "Three replicas answer after %d, %d and %d ms. The first answer counts:\n\n",
		delays[0].Milliseconds(), delays[1].Milliseconds(), delays[2].Milliseconds())
	fmt.Fprintf(out, "%-20s%10s  %-18s%10s\n", "", "deadline", "outcome", "stopped")
	for _, way := range []struct {
		name string
		ask  func([]time.Duration, time.Duration) (int, int)
	}{
		{"told by a channel", ask},
		{"cancelled", askWithContext},
	} {
		for _, deadlineMs := range []uint64{options.deadlineMs, tooShortMs} {
			number, stopped := way.ask(delays, time.Duration(deadlineMs)*time.Millisecond)
			outcome := "too late"
			if number != tooLate {
				outcome = fmt.Sprintf("replica %d answered", number)
			}
			fmt.Fprintf(out, "%-20s%7d ms  %-18s%10d\n", way.name, deadlineMs, outcome, stopped)
		}
	}
}

func printTenants(out io.Writer, options options) {
	var words []string
	for _, share := range options.shares {
		words = append(words, strconv.FormatUint(share, 10))
	}
	fmt.Fprintf(out, "Tenants with shares %s, jobs of each %d, workers %d. Whose job is given out:\n\n",
		strings.Join(words, ":"), options.jobs, options.workers)
	given, done := run(options.shares, options.jobs, options.workers)
	var letters []string
	for _, job := range given[:min(len(given), shown)] {
		letters = append(letters, letter(job.tenant))
	}
	more := ""
	if len(given) > shown {
		more = " ..."
	}
	fmt.Fprintf(out, "%s%s\n", strings.Join(letters, " "), more)
	fmt.Fprintf(out, "%d of %d jobs done\n", done, len(given))
}
