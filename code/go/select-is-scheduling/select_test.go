package main

import (
	"testing"
	"time"
)

// Longer than any test may take: who is not stopped is noticed.
const never = time.Hour

// inTime runs a test that may hang if what it tests is wrong.
func inTime(t *testing.T, test func()) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		test()
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("it hangs")
	}
}

func TestChanceIsFairInTurns(t *testing.T) {
	for source, turns := range serve(policy{kind: random}, 100_000, [sources]uint64{1, 1, 1, 1}).turns {
		if turns < 23_500 || turns > 26_500 {
			t.Errorf("queue %d had %d turns", source, turns)
		}
	}
}

func TestTheWrittenOrderStarves(t *testing.T) {
	turns := serve(policy{kind: written}, 1000, [sources]uint64{1, 1, 1, 1}).turns
	if turns != [sources]uint64{1000, 0, 0, 0} {
		t.Error(turns)
	}
}

func TestSharesAreKept(t *testing.T) {
	shares := policy{kind: byShares, shares: [sources]uint64{4, 3, 2, 1}}
	turns := serve(shares, 1000, [sources]uint64{1, 1, 1, 1}).turns
	if turns != [sources]uint64{400, 300, 200, 100} {
		t.Error(turns)
	}
}

func TestWhoWasIdleDoesNotGetTheTimeBack(t *testing.T) {
	stride := newStride([]uint64{1, 1})
	for range 100 {
		stride.charge(stride.choose(func(client int) bool { return client == 0 }), 1)
	}
	var turns [2]int
	for range 10 {
		client := stride.choose(func(int) bool { return true })
		stride.charge(client, 1)
		turns[client]++
	}
	if turns[0] < 4 {
		t.Error("the late one shut out the other:", turns)
	}
}

func TestPatience(t *testing.T) {
	if got := serveTwo(1000, 1<<64-1); got != (waited{1000, 0, 1000}) {
		t.Error(got)
	}
	if got := serveTwo(1000, 9); got != (waited{900, 100, 9}) {
		t.Error(got)
	}
}

func TestTheFirstAnswerCountsAndTheOthersStop(t *testing.T) {
	soon := 10 * time.Millisecond
	for _, ask := range []func([]time.Duration, time.Duration) (int, int){ask, askWithContext} {
		inTime(t, func() {
			if number, stopped := ask([]time.Duration{never, soon, never}, never); number != 1 || stopped != 2 {
				t.Error(number, stopped)
			}
			if number, stopped := ask([]time.Duration{never, never}, soon); number != tooLate || stopped != 2 {
				t.Error(number, stopped)
			}
		})
	}
}

func TestEveryJobIsGivenOnceByShares(t *testing.T) {
	given, done := run([]uint64{3, 2, 1}, 100, 4)
	if len(given) != 300 || done != 300 {
		t.Fatal(len(given), done)
	}
	seen := map[job]bool{}
	var turns [3]int
	for place, job := range given {
		if seen[job] {
			t.Error("twice:", job)
		}
		seen[job] = true
		if place < 60 {
			turns[job.tenant]++
		}
	}
	if turns != [3]int{30, 20, 10} {
		t.Error(turns)
	}
}

func TestItStopsWhenItIsTold(t *testing.T) {
	submitted := make(chan job, 1)
	submitted <- job{}
	stop := make(chan struct{})
	close(stop)
	if given := schedule([]uint64{1}, submitted, nil, stop); len(given) != 0 {
		t.Error(given)
	}
}
