// The phrasebook: one function an idiom, with the same name and the same answer in code/mapping/phrasebook.
//
// What the appendix shows stands between the anchors; the rest of a function makes an answer of it that can be compared.
package main

import (
	"fmt"
	"os"
	"slices"
)

// An idiom by its name, and what running it gives.
type row struct {
	name string
	run  func() string
}

// All idioms, in the order of the appendix.
var rows = []row{
	{"go-statement", goStatement},
	{"wait-group", waitGroup},
	{"error-group", errorGroup},
	{"panic", panics},
	{"worker-pool", workerPool},
	{"semaphore", semaphore},
	{"unbuffered", unbuffered},
	{"buffered", buffered},
	{"close", closes},
	{"directions", directions},
	{"reply", reply},
	{"pipeline", pipeline},
	{"fan-out", fanOut},
	{"fan-in", fanIn},
	{"select", selects},
	{"default", defaults},
	{"timeout", timeout},
	{"ticker", ticker},
	{"nil-channel", nilChannel},
	{"cancellation", cancellation},
	{"deadline", deadline},
	{"mutex", mutex},
	{"rw-mutex", rwMutex},
	{"once", once},
	{"atomic", atomics},
	{"sync-map", syncMap},
	{"pool", pool},
	{"cond", cond},
	{"errors", errorValues},
	{"wrapped", wrapped},
	{"defer", defers},
	{"interface", interfaces},
	{"type-switch", typeSwitch},
	{"embedding", embedding},
	{"zero-value", zeroValue},
	{"slices", sliceValues},
	{"maps", mapValues},
	{"generics", generics},
	{"iterators", iterators},
	{"captured", captured},
	{"init", initialised},
	{"embed", embeds},
	{"leak", leak},
	{"names", names},
}

func main() {
	wanted := os.Args[1:]
	for _, name := range wanted {
		if !slices.ContainsFunc(rows, func(row row) bool { return row.name == name }) {
			fmt.Fprintf(os.Stderr, "error: there is no idiom named %s\n", name)
			os.Exit(2)
		}
	}
	for _, row := range rows {
		if len(wanted) == 0 || slices.Contains(wanted, row.name) {
			fmt.Printf("%s: %s\n", row.name, row.run())
		}
	}
}
