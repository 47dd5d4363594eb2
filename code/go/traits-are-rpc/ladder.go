package main

import (
	"net/netip"
	"time"
)

// patienceUsual is how long we wait for an answer before we call it late, unless told otherwise.
const patienceUsual = 2 * time.Second

// rungs are the distances, from near to far.
var rungs = []string{
	"function", "trait-object", "lock", "task", "thread",
	"unix", "tcp", "connect", "region", "country",
}

// Distances are how far the far rungs are: the time that a server lets pass before it answers.
type Distances struct{ region, country time.Duration }

// ANCHOR: open

// Open makes a directory at this distance.
func Open(rung string, distances Distances) (Directory, error) {
	switch rung {
	case "function", "trait-object":
		return NewTable(), nil
	case "lock":
		return &Locked{directory: NewTable()}, nil
	case "task":
		return NewTask(NewTable()), nil
	case "thread":
		return NewThread(NewTable(), patienceUsual), nil
	case "unix":
		ours, theirs, err := Pair()
		if err != nil {
			return nil, err
		}
		go Serve(theirs, NewTable(), 0)
		return NewStub(ours, patienceUsual), nil
	case "connect":
		address, err := Listen(0)
		return &Anew{address, patienceUsual}, err
	}
	distance := map[string]time.Duration{"region": distances.region, "country": distances.country}
	address, err := Listen(distance[rung])
	if err != nil {
		return nil, err
	}
	return Connect(address, patienceUsual)
}

// ANCHOR_END: open

// ANCHOR: ask

// Ask asks the same question so many times, at least once, and says what the last answer was and how
// long all of them took. Written once, for every distance.
func Ask(directory Directory, client netip.Addr, questions int) (string, time.Duration, error) {
	start := time.Now()
	last, err := directory.Holder(client)
	for asked := 1; asked < questions && err == nil; asked++ {
		last, err = directory.Holder(client)
	}
	return last, time.Since(start), err
}

// ANCHOR_END: ask

// askTable is Ask with a table of which the compiler knows that it is one.
func askTable(table *Table, client netip.Addr, questions int) (string, time.Duration, error) {
	start := time.Now()
	last, err := table.Holder(client)
	for asked := 1; asked < questions && err == nil; asked++ {
		last, err = table.Holder(client)
	}
	return last, time.Since(start), err
}

// Climb asks at one rung, so many times, at least once.
func Climb(rung string, directory Directory, client netip.Addr, questions int) (string, time.Duration, error) {
	if table, isTable := directory.(*Table); isTable && rung == "function" {
		return askTable(table, client, questions)
	}
	return Ask(directory, client, questions)
}
