package main

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

// What belongs to a program as a whole: what it starts with, carries in it, and shows of itself.

// ANCHOR: init
var ports map[string]int

func init() { // before main, needed or not
	ports = map[string]int{"http": 80, "https": 443}
}

// ANCHOR_END: init

func initialised() string {
	return strconv.Itoa(ports["https"])
}

// ANCHOR: embed

//go:embed greeting.txt
var greeting string

// ANCHOR_END: embed

func embeds() string {
	return strings.TrimSpace(greeting)
}

func leak() string {
	settle()
	// ANCHOR: leak
	before := runtime.NumGoroutine()
	done := make(chan struct{})
	go func() { <-done }() // nothing but its own end ends a goroutine
	left := runtime.NumGoroutine() - before
	close(done)
	for runtime.NumGoroutine() > before {
		runtime.Gosched()
	}
	// ANCHOR_END: leak
	return fmt.Sprint(left, " was left behind")
}

// Waits until the goroutines of earlier rows have ended, as far as they do: some are on their last line.
func settle() {
	for last := 0; last != runtime.NumGoroutine(); {
		last = runtime.NumGoroutine()
		time.Sleep(5 * time.Millisecond)
	}
}

func names() string {
	var name string
	// ANCHOR: names
	// Labels are what a profiler shows of a goroutine and of those that it starts.
	labels := pprof.Labels("stage", "parser")
	pprof.Do(context.Background(), labels, func(ctx context.Context) {
		name, _ = pprof.Label(ctx, "stage")
	})
	// ANCHOR_END: names
	return name
}
