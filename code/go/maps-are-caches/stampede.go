package main

import (
	"sync"
	"sync/atomic"
	"time"
)

// Original is what is dear to ask.
type Original struct {
	asked atomic.Int64
	takes time.Duration
}

// Ask is its answer about a key.
func (o *Original) Ask(key uint32) uint64 {
	o.asked.Add(1)
	time.Sleep(o.takes)
	return uint64(key) * 2
}

// ANCHOR: look-aside

// LookAside looks, lets go, asks, inserts. All that miss ask.
type LookAside struct {
	mutex sync.Mutex
	known map[uint32]uint64
}

// Get is the answer about a key, for which the original is asked if it is not known.
func (l *LookAside) Get(key uint32, ask func() uint64) uint64 {
	l.mutex.Lock()
	answer, isKnown := l.known[key]
	// No other thread shall wait for our question.
	l.mutex.Unlock()
	if isKnown {
		return answer
	}
	answer = ask()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.known[key] = answer
	return answer
}

// ANCHOR_END: look-aside

// ANCHOR: single-flight

// SingleFlight keeps a place for each answer: the first to come fills it, and the others wait there.
type SingleFlight struct {
	mutex sync.Mutex
	known map[uint32]func() uint64
}

// Get is the answer about a key, for which the original is asked if it is not known. If asking panics, all
// who want this key panic.
func (s *SingleFlight) Get(key uint32, ask func() uint64) uint64 {
	s.mutex.Lock()
	place, isKnown := s.known[key]
	if !isKnown {
		place = sync.OnceValue(ask)
		s.known[key] = place
	}
	// The lock of the map is free again. What is waited for from here on is this one key.
	s.mutex.Unlock()
	return place()
}

// ANCHOR_END: single-flight

// Stampede is how often the original is asked if so many goroutines want one key at the same time: by a
// look-aside cache, and by one with single flight.
func Stampede(goroutines int, takes time.Duration) (aside, alone int64) {
	lookAside := &LookAside{known: make(map[uint32]uint64)}
	single := &SingleFlight{known: make(map[uint32]func() uint64)}
	ofAside, ofAlone := &Original{takes: takes}, &Original{takes: takes}
	// The worst case, made certain: all have looked before any of them asks.
	var allMissed, all sync.WaitGroup
	allMissed.Add(goroutines)
	for range goroutines {
		all.Go(func() {
			lookAside.Get(21, func() uint64 {
				allMissed.Done()
				allMissed.Wait()
				return ofAside.Ask(21)
			})
			single.Get(21, func() uint64 { return ofAlone.Ask(21) })
		})
	}
	all.Wait()
	return ofAside.asked.Load(), ofAlone.asked.Load()
}
