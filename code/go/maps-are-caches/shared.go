package main

import (
	"sync"
	"sync/atomic"
	"time"
)

// Shared is a map that several goroutines use.
type Shared interface {
	// Get is what is kept under a key.
	Get(key uint32) (uint64, bool)
	// Put keeps a value under a key.
	Put(key uint32, value uint64)
}

// ANCHOR: owner

// Owner is a map in a goroutine of its own. The others write letters to it.
type Owner struct{ mailbox chan<- letter }

// A letter asks if it has an envelope for the answer, and else says what to keep.
type letter struct {
	key      uint32
	value    uint64
	envelope chan<- found
}

type found struct {
	value   uint64
	isKnown bool
}

// NewOwner starts the owner, who ends when the mailbox is closed.
func NewOwner() *Owner {
	mailbox := make(chan letter, 64)
	go func() {
		kept := make(map[uint32]uint64)
		for letter := range mailbox {
			if letter.envelope == nil {
				kept[letter.key] = letter.value
				continue
			}
			value, isKnown := kept[letter.key]
			letter.envelope <- found{value, isKnown}
		}
	}()
	return &Owner{mailbox}
}

// Get asks the owner.
func (o *Owner) Get(key uint32) (uint64, bool) {
	envelope := make(chan found, 1)
	o.mailbox <- letter{key: key, envelope: envelope}
	answer := <-envelope
	return answer.value, answer.isKnown
}

// Put tells the owner.
func (o *Owner) Put(key uint32, value uint64) {
	o.mailbox <- letter{key: key, value: value}
}

// ANCHOR_END: owner

// ANCHOR: lock

// Locked is a map behind a lock.
type Locked struct {
	mutex sync.Mutex
	kept  map[uint32]uint64
}

// Get looks under the lock.
func (l *Locked) Get(key uint32) (uint64, bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	value, isKnown := l.kept[key]
	return value, isKnown
}

// Put inserts under the lock.
func (l *Locked) Put(key uint32, value uint64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.kept[key] = value
}

// ANCHOR_END: lock

// NewLocked is an empty one.
func NewLocked() *Locked {
	return &Locked{kept: make(map[uint32]uint64)}
}

// ReadersTogether is a map behind a lock that lets readers in together.
type ReadersTogether struct {
	mutex sync.RWMutex
	kept  map[uint32]uint64
}

// Get looks among other readers.
func (r *ReadersTogether) Get(key uint32) (uint64, bool) {
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	value, isKnown := r.kept[key]
	return value, isKnown
}

// Put inserts alone.
func (r *ReadersTogether) Put(key uint32, value uint64) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.kept[key] = value
}

// ANCHOR: shards

// Shards are many maps with a lock each; a hash says which of them a key is in.
type Shards []*Locked

// NewShards makes so many of them, at least one.
func NewShards(count int) Shards {
	shards := make(Shards, max(count, 1))
	for number := range shards {
		shards[number] = NewLocked()
	}
	return shards
}

// of takes the upper bits of a product with 2^32 over the golden ratio (Fibonacci hashing, as Knuth has it).
func (s Shards) of(key uint32) *Locked {
	hash := uint64(key * 0x9e3779b9)
	return s[hash*uint64(len(s))>>32]
}

// Get looks into the key's shard.
func (s Shards) Get(key uint32) (uint64, bool) { return s.of(key).Get(key) }

// Put inserts into the key's shard.
func (s Shards) Put(key uint32, value uint64) { s.of(key).Put(key, value) }

// ANCHOR_END: shards

// Warm puts everything in that will be asked for.
func Warm(kept Shared, questions []uint32) {
	for _, key := range questions {
		kept.Put(key, uint64(key)*2)
	}
}

// Crowd has so many goroutines, at least one, ask the questions, each its part of them. It says how many of
// the answers were right, and how long it took.
func Crowd(kept Shared, goroutines int, questions []uint32) (int64, time.Duration) {
	var all sync.WaitGroup
	var right atomic.Int64
	begin := time.Now()
	for first := range goroutines {
		all.Go(func() {
			count := int64(0)
			for at := first; at < len(questions); at += goroutines {
				value, isKnown := kept.Get(questions[at])
				if isKnown && value == uint64(questions[at])*2 {
					count++
				}
			}
			right.Add(count)
		})
	}
	all.Wait()
	return right.Load(), time.Since(begin)
}
