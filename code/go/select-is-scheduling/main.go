// A select is a scheduler: who waits for the first of many decides who is served.
//
// The twin in Rust is code/mapping/select-is-scheduling; it prints the same, to the letter.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// More would be hard to follow in a line of letters.
const tenantsMax = 8

// options is what the program can be asked to change.
type options struct {
	turns, heavy, patience, deadlineMs uint64
	shares                             []uint64
	jobs, workers                      int
}

func main() {
	options, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "select-is-scheduling:", err)
		os.Exit(2)
	}
	texts := make([]string, 0, len(parts))
	for _, part := range parts {
		texts = append(texts, part.of(options))
	}
	fmt.Print(strings.Join(texts, "\n"))
}

// parse reads the command line.
func parse(arguments []string) (options, error) {
	flags := flag.NewFlagSet("select-is-scheduling", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	turns := flags.Uint64("turns", 200_000, "how many items are served")
	heavy := flags.Uint64("heavy", 10, "how many times as long an item of the first queue takes as one of the others")
	patience := flags.Uint64("patience", 9, "after how many urgent items in a row it is the ordinary queue's turn")
	deadlineMs := flags.Uint64("deadline-ms", 2000, "how long an answer is waited for, in milliseconds")
	shares := flags.String("shares", "3,2,1", "the shares of the tenants: one to eight of them, each from 1 to 10")
	jobs := flags.Uint64("jobs", 8, "how many jobs each tenant submits")
	workers := flags.Uint64("workers", 2, "how many workers do them")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(os.Stdout)
			flags.Usage()
		}
		return options{}, err
	}
	if flags.NArg() > 0 {
		return options{}, fmt.Errorf("%q is not an option", flags.Arg(0))
	}
	for _, limit := range []struct {
		name                 string
		value, least, atMost uint64
	}{
		{"turns", *turns, 100, 10_000_000},
		{"heavy", *heavy, 1, 1000},
		{"patience", *patience, 1, 10_000_000},
		{"deadline-ms", *deadlineMs, 1, 9999},
		{"jobs", *jobs, 1, 10_000},
		{"workers", *workers, 1, 64},
	} {
		if limit.value < limit.least || limit.value > limit.atMost {
			return options{}, fmt.Errorf("--%s is from %d to %d, and not %d", limit.name, limit.least, limit.atMost, limit.value)
		}
	}
	numbers, err := parseShares(*shares)
	return options{*turns, *heavy, *patience, *deadlineMs, numbers, int(*jobs), int(*workers)}, err
}

func parseShares(text string) ([]uint64, error) {
	var shares []uint64
	for _, word := range strings.Split(text, ",") {
		share, err := strconv.ParseUint(word, 10, 64)
		if err != nil || share < 1 || share > 10 || len(shares) == tenantsMax {
			return nil, fmt.Errorf("--shares needs one to %d shares from 1 to 10, as in 3,2,1, and not %q", tenantsMax, text)
		}
		shares = append(shares, share)
	}
	return shares, nil
}
