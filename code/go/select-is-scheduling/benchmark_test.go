package main

import (
	"reflect"
	"testing"
	"time"
)

// The cases of `go/select-is-scheduling`. Each serves one item and puts one back.
func BenchmarkCosts(b *testing.B) {
	b.Run("recv", recv)
	b.Run("select[ways=4]", func(b *testing.B) { oneOfFour(b, (*queues).random) })
	b.Run("biased[ways=4]", func(b *testing.B) { oneOfFour(b, (*queues).written) })
	b.Run("select[ways=64]", oneOfMany)
	b.Run("stride[ways=4]", decide)
	b.Run("deadline", inTimeEachTime)
	b.Run("dispatch", dispatch)
}

func recv(b *testing.B) {
	queue := make(chan int, 1)
	for b.Loop() {
		queue <- 7
		if <-queue != 7 {
			b.Fatal("a wrong item")
		}
	}
}

func oneOfFour(b *testing.B, choose func(*queues) int) {
	q := newQueues()
	for b.Loop() {
		// It was served: there is room, or this would wait for ever.
		q.fill(choose(q))
	}
}

// A select statement has as many branches as are written. For more there is the package reflect.
func oneOfMany(b *testing.B) {
	queues := make([]chan int, 64)
	cases := make([]reflect.SelectCase, 64)
	for source := range queues {
		queues[source] = make(chan int, 1)
		queues[source] <- 7
		cases[source] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(queues[source])}
	}
	for b.Loop() {
		source, item, _ := reflect.Select(cases)
		if item.Int() != 7 {
			b.Fatal("a wrong item")
		}
		queues[source] <- 7
	}
}

func decide(b *testing.B) {
	stride := newStride([]uint64{4, 3, 2, 1})
	for b.Loop() {
		client := stride.choose(func(int) bool { return true })
		if client == none {
			b.Fatal("all are ready")
		}
		stride.charge(client, 1)
	}
}

func inTimeEachTime(b *testing.B) {
	answers := make(chan int, 1)
	for b.Loop() {
		answers <- 1
		if first(answers, time.Hour) != 1 {
			b.Fatal("a wrong answer")
		}
	}
}

func dispatch(b *testing.B) {
	given, done := run([]uint64{1}, b.N, 1)
	if len(given) != b.N || done != b.N {
		b.Fatal(len(given), done)
	}
}
