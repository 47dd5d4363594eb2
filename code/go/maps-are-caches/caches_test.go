package main

import (
	"fmt"
	"testing"
	"time"
)

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

func holders() map[string]Shared {
	return map[string]Shared{
		"owner":   NewOwner(),
		"lock":    NewLocked(),
		"readers": &ReadersTogether{kept: make(map[uint32]uint64)},
		"shards":  NewShards(16),
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

func BenchmarkPolicy(b *testing.B) {
	questions := questions(10_000, 200_000)
	for name, policy := range map[string]Policy{"fifo": Fifo, "lru": LRU, "sieve": Sieve} {
		b.Run("entries=1000,policy="+name, func(b *testing.B) {
			cache := NewBounded[struct{}](policy, 1_000)
			for n := range b.N {
				key := questions[n%len(questions)]
				if _, isHit := cache.Get(key); !isHit {
					cache.Insert(key, struct{}{})
				}
			}
			if len(cache.entries) > 1_000 {
				b.Fatal("more entries than room")
			}
		})
	}
}

func BenchmarkGet(b *testing.B) {
	questions := questions(10_000, 200_000)
	for _, goroutines := range []int{1, 2, 4} {
		for name, kept := range holders() {
			Warm(kept, questions)
			b.Run(fmt.Sprintf("holder=%s,threads=%d", name, goroutines), func(b *testing.B) {
				asked := make([]uint32, b.N)
				for n := range asked {
					asked[n] = questions[n%len(questions)]
				}
				b.ResetTimer()
				right, _ := Crowd(kept, goroutines, asked)
				b.StopTimer()
				if right != int64(b.N) {
					b.Fatalf("%d of %d right", right, b.N)
				}
			})
		}
	}
}
