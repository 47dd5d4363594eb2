// One question at every distance, and what there is to know about a question that may be lost: the twin
// of the Rust program of the same name.
package main

import (
	"flag"
	"fmt"
	"net/netip"
	"os"
	"time"
)

var (
	clientText = flag.String("client", "17.0.0.1", "whose holder is asked for")
	region     = flag.Duration("region", 500*time.Microsecond, "how far another machine of the region is")
	country    = flag.Duration("country", 20*time.Millisecond, "how far another country is")
	patience   = flag.Duration("patience", 100*time.Millisecond, "how long to wait for an answer that does not come")
	budget     = flag.Duration("time", 200*time.Millisecond, "for about how long to ask at each rung")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run() error {
	client, err := netip.ParseAddr(*clientText)
	if err != nil || !client.Is4() {
		return fmt.Errorf("%q is not an address such as 17.0.0.1", *clientText)
	}
	fmt.Printf("The ladder: who holds %s?\n\n", client)
	nearest := 0.0
	for _, rung := range rungs {
		holder, each, err := step(rung, client)
		if err != nil {
			return err
		}
		if nearest == 0 {
			nearest = each
		}
		fmt.Printf("  %-13s %-23s %9s %12.1f ×\n", rung, holder, short(each), each/nearest)
	}
	fmt.Print("\nFive calls, and what each of them hears:\n\n")
	if err := failures(client); err != nil {
		return err
	}
	fmt.Print("\nOne visit, and the first answer is lost:\n\n")
	visits()
	return nil
}

// step is one rung: it asks twice to see how long it takes, and then for as long as there is time. It says
// the answer, and the nanoseconds for one question.
func step(rung string, client netip.Addr) (string, float64, error) {
	directory, err := Open(rung, Distances{*region, *country})
	if err != nil {
		return "", 0, err
	}
	if _, _, err := Climb(rung, directory, client, 1); err != nil {
		return "", 0, err
	}
	_, once, err := Climb(rung, directory, client, 1)
	if err != nil {
		return "", 0, err
	}
	questions := min(max(1, int(*budget/max(once, 100))), 1_000_000)
	holder, took, err := Climb(rung, directory, client, questions)
	return holder, float64(took.Nanoseconds()) / float64(questions), err
}

// failures shows what a caller may hear.
func failures(client netip.Addr) error {
	well, err := listenAndConnect(0)
	if err != nil {
		return err
	}
	say("a server that is well", well, client)
	slow, err := listenAndConnect(2 * *patience)
	if err != nil {
		return err
	}
	say("one that takes too long", slow, client)
	say("and the same, asked again", slow, client)
	ours, theirs, err := Pair()
	if err != nil {
		return err
	}
	theirs.Close()
	say("one that has hung up", NewStub(ours, *patience), client)
	ours, theirs, err = Pair()
	if err != nil {
		return err
	}
	defer theirs.Close()
	if _, err := theirs.Write([]byte("220 mail.example ready\n")); err != nil {
		return err
	}
	say("one of another service", NewStub(ours, *patience), client)
	return nil
}

func listenAndConnect(distance time.Duration) (*Stub, error) {
	address, err := Listen(distance)
	if err != nil {
		return nil, err
	}
	return Connect(address, *patience)
}

func say(who string, directory Directory, client netip.Addr) {
	holder, err := directory.Holder(client)
	if err != nil {
		fmt.Printf("  %-28s Err(%v)\n", who, err)
		return
	}
	fmt.Printf("  %-28s Ok(%s)\n", who, holder)
}

func visits() {
	for _, try := range []struct {
		how    string
		number int
	}{{"called again", 0}, {"called again, with its number", 7}} {
		counter := &Counter{answered: map[int]int{}, loses: 1}
		heard, err := Again(3, func() (int, error) { return counter.Visit(try.number) })
		if err != nil {
			fmt.Printf("  %-31s counted %d, heard nothing: %v\n", try.how, counter.visits, err)
			continue
		}
		fmt.Printf("  %-31s counted %d, heard %d\n", try.how, counter.visits, heard)
	}
}

// short is a time with two digits or three: 12 ns, 3.4 µs.
func short(ns float64) string {
	value, unit := ns, "ns"
	switch {
	case ns >= 1e6:
		value, unit = ns/1e6, "ms"
	case ns >= 1e3:
		value, unit = ns/1e3, "µs"
	}
	if value < 10 {
		return fmt.Sprintf("%.1f %s", value, unit)
	}
	return fmt.Sprintf("%.0f %s", value, unit)
}
