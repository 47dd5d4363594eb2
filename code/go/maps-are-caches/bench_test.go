package main

import (
	"fmt"
	"testing"
)

func BenchmarkPolicy(b *testing.B) {
	questions := questions(10_000, 200_000)
	for _, policy := range []struct {
		name   string
		policy Policy
	}{{"fifo", Fifo}, {"lru", LRU}, {"sieve", Sieve}} {
		b.Run("entries=1000,policy="+policy.name, func(b *testing.B) {
			cache := NewBounded[struct{}](policy.policy, 1_000)
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
	for _, holder := range []struct {
		name       string
		goroutines []int
	}{{"owner", []int{1}}, {"lock", []int{1, 2}}, {"readers", []int{2}}, {"shards", []int{2}}, {"padded", []int{2}}} {
		kept := holders()[holder.name]
		Warm(kept, questions)
		for _, goroutines := range holder.goroutines {
			b.Run(fmt.Sprintf("holder=%s,threads=%d", holder.name, goroutines), func(b *testing.B) {
				// To start the goroutines is nothing beside so many questions.
				for left := b.N; left > 0; left -= len(questions) {
					part := questions[:min(left, len(questions))]
					if right, _ := Crowd(kept, goroutines, part); right != int64(len(part)) {
						b.Fatalf("%d of %d right", right, len(part))
					}
				}
			})
		}
	}
}
