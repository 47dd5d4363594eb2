// One question at every distance, and what there is to know about a question that may be lost: the twin
// of the Rust program of the same name.
package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"time"
)

func main() {
	arguments, err := parse()
	if err == nil {
		if arguments.listen.IsValid() {
			err = serve(arguments.listen)
		} else {
			err = run(arguments)
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "traits-are-rpc: %v\n", err)
		os.Exit(2)
	}
}

// serve is a server, until the program is ended.
func serve(at netip.AddrPort) error {
	address, err := ListenAt(at.String(), 0)
	if err != nil {
		return fmt.Errorf("cannot listen at %s: %w", at, err)
	}
	fmt.Printf("A directory listens at %s. Ctrl-C ends it.\n", address)
	select {}
}

func run(a *arguments) error {
	var theirs *Stub
	if a.server.IsValid() {
		stub, err := Connect(net.TCPAddrFromAddrPort(a.server), patienceUsual)
		if err != nil {
			return fmt.Errorf("cannot reach a server at %s: %w", a.server, err)
		}
		theirs = stub
	}
	fmt.Printf("Who holds %s? One question, from near to far:\n\n", a.client)
	nearest := 0.0
	for _, rung := range rungs {
		directory, err := Open(rung, Distances{a.region, a.country})
		if err != nil {
			return err
		}
		holder, each, err := step(rung, directory, a)
		if err != nil {
			return err
		}
		if nearest == 0 {
			nearest = each
		}
		printRung(rung, holder, each, each/nearest)
	}
	if theirs != nil {
		holder, each, err := step("tcp", theirs, a)
		if err != nil {
			return err
		}
		printRung("your server", holder, each, each/nearest)
	}
	fmt.Print("\nFive more calls over a wire, and what each of them hears:\n\n")
	if err := failures(a.client, a.patience); err != nil {
		return err
	}
	fmt.Print("\nOne visit is counted, but the first answer is lost, so the caller calls again:\n\n")
	visits()
	return nil
}

// step asks twice to see how long it takes, and then for as long as there is time. It says the answer, and
// the nanoseconds for one question.
func step(rung string, directory Directory, a *arguments) (string, float64, error) {
	var once time.Duration
	for range 2 {
		_, took, err := Climb(rung, directory, a.client, 1)
		if err != nil {
			return "", 0, fmt.Errorf("rung %s: no answer, %w", rung, err)
		}
		once = took
	}
	questions := min(max(1, int(a.time/max(once, 100))), 1_000_000)
	holder, took, err := Climb(rung, directory, a.client, questions)
	if err != nil {
		return "", 0, fmt.Errorf("rung %s: no answer, %w", rung, err)
	}
	return holder, float64(took.Nanoseconds()) / float64(questions), nil
}

// failures shows what a caller may hear.
func failures(client netip.Addr, patience time.Duration) error {
	well, err := listenAndConnect(0, patienceUsual)
	if err != nil {
		return err
	}
	printAnswer("a server that is well", well, client)
	slow, err := listenAndConnect(2*patience, patience)
	if err != nil {
		return err
	}
	printAnswer("one that takes too long", slow, client)
	printAnswer("the same one, asked again", slow, client)
	ours, theirs, err := Pair()
	if err != nil {
		return err
	}
	theirs.Close()
	printAnswer("one that has hung up", NewStub(ours, patienceUsual), client)
	ours, theirs, err = Pair()
	if err != nil {
		return err
	}
	defer theirs.Close()
	if _, err := theirs.Write([]byte("220 mail.example ready\n")); err != nil {
		return err
	}
	printAnswer("a server of another kind", NewStub(ours, patienceUsual), client)
	return nil
}

func listenAndConnect(distance, patience time.Duration) (*Stub, error) {
	address, err := Listen(distance)
	if err != nil {
		return nil, err
	}
	return Connect(address, patience)
}

func visits() {
	for _, try := range []struct {
		how    string
		number int
	}{{"without a number", 0}, {"with a number", 7}} {
		counter := NewCounter(1)
		heard, err := Again(3, func() (int, error) { return counter.Visit(try.number) })
		printVisits(try.how, counter.visits, heard, err)
	}
}
