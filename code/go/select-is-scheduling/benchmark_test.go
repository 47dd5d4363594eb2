package main

import (
	"reflect"
	"testing"
)

// The cases of `go/select-is-scheduling`. What one costs is the time of an operation.
func BenchmarkCosts(b *testing.B) {
	b.Run("recv", func(b *testing.B) {
		queue := make(chan struct{}, 1)
		for range b.N {
			queue <- struct{}{}
			<-queue
		}
	})
	for name, choose := range map[string]func(*queues) int{
		"select[ways=4]": (*queues).random,
		"biased[ways=4]": (*queues).written,
	} {
		b.Run(name, func(b *testing.B) {
			q := newQueues()
			for range b.N {
				q.fill(choose(q))
			}
		})
	}
	b.Run("select[ways=64]", func(b *testing.B) {
		queues := make([]chan int, 64)
		cases := make([]reflect.SelectCase, 64)
		for source := range queues {
			queues[source] = make(chan int, 1)
			queues[source] <- 7
			cases[source] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(queues[source])}
		}
		for range b.N {
			source, item, _ := reflect.Select(cases)
			if item.Int() != 7 {
				b.Fatal("a wrong item")
			}
			queues[source] <- 7
		}
	})
	b.Run("stride[ways=4]", func(b *testing.B) {
		stride := newStride([]uint64{4, 3, 2, 1})
		for range b.N {
			stride.charge(stride.choose(func(int) bool { return true }), 1)
		}
	})
	b.Run("deadline", func(b *testing.B) {
		answers := make(chan int, 1)
		for range b.N {
			answers <- 1
			if first(answers, never) != 1 {
				b.Fatal("a wrong answer")
			}
		}
	})
	b.Run("dispatch", func(b *testing.B) {
		given, done := run([]uint64{1}, b.N, 1)
		if len(given) != b.N || done != b.N {
			b.Fatal(len(given), done)
		}
	})
}
