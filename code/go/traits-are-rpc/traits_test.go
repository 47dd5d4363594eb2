package main

import (
	"errors"
	"net/netip"
	"testing"
	"time"
)

var (
	apple  = netip.MustParseAddr("17.0.0.1")
	nobody = netip.MustParseAddr("203.0.113.9")
)

func TestEveryRungGivesTheSameAnswers(t *testing.T) {
	near := Distances{10 * time.Microsecond, 20 * time.Microsecond}
	for _, rung := range rungs {
		directory, err := Open(rung, near)
		if err != nil {
			t.Fatal(err)
		}
		for client, holder := range map[netip.Addr]string{apple: "Apple Computer Inc.", nobody: "unknown"} {
			answer, _, err := Climb(rung, directory, client, 3)
			if err != nil || answer != holder {
				t.Errorf("%s: %q, %v", rung, answer, err)
			}
		}
	}
}

func TestALateAnswerIsNeverAnotherQuestions(t *testing.T) {
	address, err := Listen(time.Second)
	if err != nil {
		t.Fatal(err)
	}
	stub, err := Connect(address, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stub.Holder(apple); !errors.Is(err, ErrLate) {
		t.Errorf("not late: %v", err)
	}
	if _, err := stub.Holder(nobody); !errors.Is(err, ErrGone) {
		t.Errorf("not gone: %v", err)
	}
}

func TestWhatIsNoAnswerIsGarbled(t *testing.T) {
	for _, said := range []string{"220 mail.example ready\n", "17.0.0.2 Apple\n", string(make([]byte, 600))} {
		ours, theirs, err := Pair()
		if err != nil {
			t.Fatal(err)
		}
		defer theirs.Close()
		if _, err := theirs.Write([]byte(said)); err != nil {
			t.Fatal(err)
		}
		if _, err := NewStub(ours, 10*time.Second).Holder(apple); !errors.Is(err, ErrGarbled) {
			t.Errorf("%.20q: %v", said, err)
		}
	}
}

func TestACallWithANumberIsDoneOnce(t *testing.T) {
	for loses := range 3 {
		for number, visits := range map[int]int{0: loses + 1, 7: 1} {
			counter := NewCounter(loses)
			_, err := Again(3, func() (int, error) { return counter.Visit(number) })
			if err != nil || counter.visits != visits {
				t.Errorf("number %d, %d lost: %d visits, %v", number, loses, counter.visits, err)
			}
		}
	}
}

func BenchmarkLadder(b *testing.B) {
	for _, rung := range rungs {
		b.Run(rung, func(b *testing.B) {
			directory, err := Open(rung, Distances{500 * time.Microsecond, 20 * time.Millisecond})
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			holder, _, err := Climb(rung, directory, apple, b.N)
			if err != nil || holder != "Apple Computer Inc." {
				b.Fatalf("%q, %v", holder, err)
			}
		})
	}
}
