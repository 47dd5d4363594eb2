package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

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
	}()
	for i := 0; i < b.N; i += 2 {
		ping <- i
		if <-pong != i {
			b.Fatal("another item")
		}
	}
	close(ping)
}

// Idle goroutines at once: so many that what one keeps is not lost in what the process has anyway.
const idle = 20_000

// What a goroutine keeps while it waits. Later ones get what the first have given back, so it is seen once.
var memory = sync.OnceValue(func() float64 {
	runtime.GC()
	before := resident()
	started, end := make(chan struct{}), make(chan struct{})
	for range idle {
		go func() {
			started <- struct{}{}
			<-end
		}()
	}
	for range idle {
		<-started
	}
	after := resident()
	close(end)
	return float64(after-before) / idle
})

func BenchmarkIdle(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(memory(), "B/node")
	}
}

// The memory of this process that lies in the machine's, in bytes; what the runtime has got where the system
// does not tell.
func resident() int {
	told, _ := os.ReadFile("/proc/self/statm")
	if words := strings.Fields(string(told)); len(words) > 1 {
		if pages, err := strconv.Atoi(words[1]); err == nil {
			return pages * os.Getpagesize()
		}
	}
	var all runtime.MemStats
	runtime.ReadMemStats(&all)
	return int(all.Sys)
}
