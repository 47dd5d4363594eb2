package main

import (
	"testing"
	"time"
	"unsafe"
)

// patience is for what could wait for ever.
const patience = 30 * time.Second

func questions(keys, count int) []uint32 {
	dice := Dice(1)
	return NewZipf(keys).Questions(count, &dice)
}

func TestACacheWithRoomForAllMissesEachKeyOnce(t *testing.T) {
	questions := questions(500, 20_000)
	keys := make(map[uint32]bool)
	for _, key := range questions {
		keys[key] = true
	}
	for _, policy := range []Policy{Fifo, LRU, Sieve} {
		if hits := Hits(policy, 500, questions); hits != len(questions)-len(keys) {
			t.Errorf("policy %d: %d hits", policy, hits)
		}
	}
}

func TestACacheThatLooksAtUseBeatsOneThatDoesNot(t *testing.T) {
	questions := questions(10_000, 100_000)
	fifo, lru, sieve := Hits(Fifo, 1_000, questions), Hits(LRU, 1_000, questions), Hits(Sieve, 1_000, questions)
	if fifo >= lru || lru >= sieve {
		t.Errorf("%d %d %d", fifo, lru, sieve)
	}
}

func TestWhoIsToldAtOnceHasNothingStale(t *testing.T) {
	zipf := NewZipf(1_000)
	questions := questions(1_000, 50_000)
	if outcome := Play(Rule{told: &Told{}}, zipf, questions, 10); outcome.stale != 0 {
		t.Errorf("%+v", outcome)
	}
	if outcome := Play(Rule{told: &Told{late: 100}}, zipf, questions, 10); outcome.stale == 0 {
		t.Errorf("%+v", outcome)
	}
	if outcome := Play(Rule{timeToLive: 1}, zipf, questions, 10); outcome.hits != 0 {
		t.Errorf("%+v", outcome)
	}
}

func TestACrowdAsksOnceOrAllOfIt(t *testing.T) {
	for _, goroutines := range []int{1, 2, 8} {
		aside, alone := Stampede(goroutines, time.Millisecond)
		if aside != int64(goroutines) || alone != 1 {
			t.Errorf("%d: asked %d and %d", goroutines, aside, alone)
		}
	}
}

func TestWhenTheFirstFailsNobodyWaitsForEver(t *testing.T) {
	single := &SingleFlight{known: make(map[uint32]func() uint64)}
	failed := make(chan bool)
	for range 8 {
		go func() {
			defer func() { failed <- recover() == "the original has failed" }()
			single.Get(21, func() uint64 {
				// Long enough that the others have come to wait.
				time.Sleep(50 * time.Millisecond)
				panic("the original has failed")
			})
		}()
	}
	for range 8 {
		select {
		case hasFailed := <-failed:
			if !hasFailed {
				t.Error("an answer that nobody has given")
			}
		case <-time.After(patience):
			t.Fatal("somebody waits for ever")
		}
	}
}

func holders() map[string]Shared {
	return map[string]Shared{
		"owner":   NewOwner(),
		"lock":    NewLocked(),
		"readers": &ReadersTogether{kept: make(map[uint32]uint64)},
		"shards":  NewShards(16),
		"padded":  newPadded(16),
	}
}

// newPadded makes shards of which no two are in one cache line, nor in the two that processors fetch together.
func newPadded(count int) Shards {
	shards := NewShards(count)
	for number := range shards {
		apart := &struct {
			Locked
			_ [112]byte
		}{}
		apart.kept = make(map[uint32]uint64)
		shards[number] = &apart.Locked
	}
	return shards
}

func TestPaddedShardsAreInLinesOfTheirOwn(t *testing.T) {
	shards := newPadded(16)
	lines := make(map[uintptr]bool)
	for _, shard := range shards {
		lines[uintptr(unsafe.Pointer(shard))/128] = true
	}
	if len(lines) != len(shards) {
		t.Errorf("%d shards in %d pairs of lines", len(shards), len(lines))
	}
}

func TestEveryHolderAnswersTheSame(t *testing.T) {
	questions := questions(1_000, 5_000)
	for name, kept := range holders() {
		if _, isKnown := kept.Get(7); isKnown {
			t.Errorf("%s knows what nobody told it", name)
		}
		Warm(kept, questions)
		for _, goroutines := range []int{1, 3} {
			if right, _ := Crowd(kept, goroutines, questions); right != 5_000 {
				t.Errorf("%s: %d right", name, right)
			}
		}
	}
}
