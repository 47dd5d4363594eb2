package main

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
)

// Memory that several tasks share.

func mutex() string {
	// ANCHOR: mutex
	var guard sync.Mutex
	total := 0 // guarded by guard: a comment says so, or a name
	var group sync.WaitGroup
	for amount := 1; amount <= 4; amount++ {
		group.Go(func() {
			guard.Lock()
			defer guard.Unlock()
			total += amount
		})
	}
	group.Wait()
	// ANCHOR_END: mutex
	return strconv.Itoa(total)
}

func rwMutex() string {
	// ANCHOR: rw-mutex
	var guard sync.RWMutex
	table := map[string]int{"a": 1}
	guard.Lock()
	table["b"] = 2
	guard.Unlock()
	guard.RLock() // with other readers
	sum := table["a"] + table["b"]
	guard.RUnlock()
	// ANCHOR_END: rw-mutex
	return strconv.Itoa(sum)
}

func once() string {
	var made atomic.Int32
	create := func() int32 { return made.Add(1) }
	// ANCHOR: once
	value := sync.OnceValue(create)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { value() }) // the others wait for the first
	}
	group.Wait()
	// ANCHOR_END: once
	return fmt.Sprint("made ", value(), " time")
}

func atomics() string {
	// ANCHOR: atomic
	var count atomic.Uint32
	count.Add(5)
	swapped := count.CompareAndSwap(5, 8)
	// ANCHOR_END: atomic
	return fmt.Sprintf("%d, swapped: %t", count.Load(), swapped)
}

func syncMap() string {
	// ANCHOR: sync-map
	var ages sync.Map
	ages.Store("ada", 36)
	age, loaded := ages.LoadOrStore("ada", 99)
	// ANCHOR_END: sync-map
	return fmt.Sprintf("%d, loaded: %t", age, loaded)
}

func pool() string {
	// ANCHOR: pool
	unused := sync.Pool{New: func() any { return new([]byte) }}
	buffer := unused.Get().(*[]byte)
	*buffer = append(*buffer, "hello"...)
	length := len(*buffer)
	*buffer = (*buffer)[:0] // its memory stays, until the collector wants it
	unused.Put(buffer)
	// ANCHOR_END: pool
	return strconv.Itoa(length)
}

func cond() string {
	// ANCHOR: cond
	var guard sync.Mutex
	changed := sync.NewCond(&guard)
	ready := false
	go func() {
		guard.Lock()
		ready = true
		guard.Unlock()
		changed.Broadcast()
	}()
	guard.Lock()
	for !ready {
		changed.Wait() // lets the lock go while it waits
	}
	guard.Unlock()
	// ANCHOR_END: cond
	return "ready"
}
