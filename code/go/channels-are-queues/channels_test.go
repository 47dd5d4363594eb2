package main

import (
	"bytes"
	"fmt"
	"testing"
)

func TestLargerQueueDoesNoMore(t *testing.T) {
	for _, capacity := range []int{1, 8, 64} {
		at := pressure(capacity, 60, 3)
		if at.done != 20 || at.queue+at.door != 40 {
			t.Errorf("capacity %d: %+v", capacity, at)
		}
	}
}

func TestLittlesLaw(t *testing.T) {
	for seed := uint64(0); seed < 100; seed++ {
		c := little(1+int(seed)%9, int(seed)*10, 1000, seed)
		if c.length != c.waited {
			t.Errorf("seed %d: lengths %d, waits %d", seed, c.length, c.waited)
		}
	}
}

func TestPrintsTheSameTwice(t *testing.T) {
	p := plan{capacity: 8, items: 60, serve: 3, ticks: 1000, seed: 1}
	var one, two bytes.Buffer
	report(p, &one)
	report(p, &two)
	if one.String() != two.String() {
		t.Error("two runs differ")
	}
}

// The time of one item from one goroutine to another.
func BenchmarkPass(b *testing.B) {
	for _, capacity := range []int{0, 1, 1024} {
		b.Run(fmt.Sprintf("capacity=%d", capacity), func(b *testing.B) {
			ch := make(chan int, capacity)
			go func() {
				for item := 0; item < b.N; item++ {
					ch <- item
				}
				close(ch)
			}()
			sum := 0
			for item := range ch {
				sum += item
			}
			if sum != b.N*(b.N-1)/2 {
				b.Fatal("items are missing")
			}
		})
	}
}

// In and out again, in one goroutine.
func BenchmarkAlone(b *testing.B) {
	ch := make(chan int, 1)
	for item := 0; item < b.N; item++ {
		ch <- item
		if <-ch != item {
			b.Fatal("another item")
		}
	}
}
