package main

import (
	"bytes"
	"runtime"
	"testing"
)

func TestADeathStaysAlone(t *testing.T) {
	s := supervise(3, false, 1)
	s.work(10)
	s.nodes[1].send(nonsense{})
	if words, _, _ := s.attend(); words != "cannot handle this message" {
		t.Errorf("last words %q", words)
	}
	for number, want := range []uint64{10, 0, 10} {
		if total, _ := s.nodes[number].read(); total != want {
			t.Errorf("node %d has counted %d", number, total)
		}
	}
}

func TestPrintsTheSameTwice(t *testing.T) {
	var one, two bytes.Buffer
	report(plan{nodes: 4, messages: 100}, &one)
	report(plan{nodes: 4, messages: 100}, &two)
	if one.String() != two.String() {
		t.Error("two runs differ")
	}
}

// Start a goroutine, and wait for its end.
func BenchmarkStart(b *testing.B) {
	done := make(chan int)
	for i := 0; i < b.N; i++ {
		go func() { done <- i }()
		if <-done != i {
			b.Fatal("another one")
		}
	}
}

// One goes to sleep, the other wakes: half of a turn to and fro.
func BenchmarkSwitch(b *testing.B) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for item := range ping {
			pong <- item
		}
		close(pong)
	}()
	for i := 0; i < b.N; i += 2 {
		ping <- i
		if <-pong != i {
			b.Fatal("another item")
		}
	}
	close(ping)
}

// What a goroutine keeps while it waits.
func BenchmarkIdle(b *testing.B) {
	const nodes = 100_000
	for i := 0; i < b.N; i++ {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		started, stop := make(chan struct{}), make(chan struct{})
		for n := 0; n < nodes; n++ {
			go func() {
				started <- struct{}{}
				<-stop
			}()
		}
		for n := 0; n < nodes; n++ {
			<-started
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.Sys-before.Sys)/nodes, "B/node")
		close(stop)
	}
}
