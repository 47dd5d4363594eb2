package main

import (
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Idioms of tests are tests themselves.

// ANCHOR: table-test
func TestNumbersAreRead(t *testing.T) {
	for text, wanted := range map[string]int{"7": 7, "-7": -7, "seven": 0} {
		t.Run(text, func(t *testing.T) {
			if read, _ := strconv.Atoi(text); read != wanted {
				t.Errorf("%q is read as %d, not %d", text, read, wanted)
			}
		})
	}
}

// ANCHOR_END: table-test

// ANCHOR: race
// `go test -race` watches the run that happens, and reports what two goroutines touch without order.
func TestNoAdditionIsLost(t *testing.T) {
	var count atomic.Int32 // with an int32 it is reported, if both happen to run
	done := make(chan struct{})
	go func() {
		count.Add(1)
		close(done)
	}()
	count.Add(1)
	<-done
	if count.Load() != 2 {
		t.Fatal("an addition was lost")
	}
}

// ANCHOR_END: race

// ANCHOR: fake-clock
func TestAnHourPassesInNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		time.Sleep(time.Hour)
		if time.Since(began) != time.Hour {
			t.Fatal("not an hour")
		}
	})
}

// ANCHOR_END: fake-clock

func TestRowsHaveAnswers(t *testing.T) {
	for _, row := range rows {
		if row.run() == "" {
			t.Errorf("%s gives nothing", row.name)
		}
	}
}

// ANCHOR: benchmark
func BenchmarkJoin(b *testing.B) {
	words := []string{"the", "network", "is", "the", "computer"}
	for b.Loop() {
		strings.Join(words, " ")
	}
}

// ANCHOR_END: benchmark
