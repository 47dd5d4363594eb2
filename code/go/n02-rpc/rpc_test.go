package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, opened func(*Log) (Caller, error)) (Caller, *Log) {
	t.Helper()
	log := &Log{}
	caller, err := opened(log)
	if err != nil {
		t.Fatal(err)
	}
	return caller, log
}

func overHTTP(says, fresh bool) func(*Log) (Caller, error) {
	return func(log *Log) (Caller, error) { return OpenHTTP(log, says, fresh) }
}

// assertGoesOn fails if the work ends.
func assertGoesOn(t *testing.T, seen Seen) {
	t.Helper()
	select {
	case <-seen.Ended:
		t.Error("its work ended")
	case <-time.After(while):
	}
}

// assertEnds fails if it does not.
func assertEnds(t *testing.T, seen Seen) {
	t.Helper()
	select {
	case <-seen.Ended:
	case <-time.After(limit):
		t.Error("its work goes on")
	}
}

func TestNetRPCHasNoDeadlineAndNoCancellation(t *testing.T) {
	t.Parallel()
	caller, log := open(t, OpenRPC)
	seen, giveUp := Ask(caller, log)
	if seen.Left != 0 {
		t.Errorf("it was told %v", seen.Left)
	}
	giveUp()
	assertGoesOn(t, seen)
}

func TestACancellationCrossesHTTPAsAConnectionThatCloses(t *testing.T) {
	t.Parallel()
	caller, log := open(t, overHTTP(false, false))
	seen, giveUp := Ask(caller, log)
	given := time.Now()
	giveUp()
	assertEnds(t, seen)
	t.Logf("two hops away after %v", time.Since(given))
}

func TestADeadlineDoesNotCrossHTTPByItself(t *testing.T) {
	t.Parallel()
	caller, log := open(t, overHTTP(false, false))
	seen, giveUp := Ask(caller, log)
	defer giveUp()
	if seen.Left != 0 {
		t.Errorf("it was told %v", seen.Left)
	}
}

func TestADeadlineCrossesInAHeaderOfItsOwnAndShrinks(t *testing.T) {
	t.Parallel()
	caller, log := open(t, overHTTP(true, false))
	seen, giveUp := Ask(caller, log)
	defer giveUp()
	if seen.Left <= 0 || seen.Left >= timeGiven {
		t.Errorf("of %v it was told %v", timeGiven, seen.Left)
	}
}

func TestAFreshContextStopsBoth(t *testing.T) {
	t.Parallel()
	caller, log := open(t, overHTTP(true, true))
	seen, giveUp := Ask(caller, log)
	if seen.Left != 0 {
		t.Errorf("it was told %v", seen.Left)
	}
	giveUp()
	assertGoesOn(t, seen)
}

func TestWhatTheChapterShowsIsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	shown, err := os.ReadFile("shown.txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	if err := Show(&printed); err != nil {
		t.Fatal(err)
	}
	if printed.String() != string(shown) {
		t.Errorf("printed:\n%s", &printed)
	}
}
