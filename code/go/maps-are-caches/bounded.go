package main

import "container/list"

// Policy says what is evicted when there is no room.
type Policy int

const (
	// Fifo: whatever came first.
	Fifo Policy = iota
	// LRU: whatever was not used for the longest time.
	LRU
	// Sieve: the oldest that was not used since the hand last came by.
	Sieve
)

// Bounded is a map that forgets.
type Bounded[V any] struct {
	policy Policy
	// How many entries there may be; at least one.
	entriesMax int
	entries    map[uint32]*list.Element
	// The entries, the oldest first.
	queue list.List
	// Where SIEVE's hand is; at the old end if nowhere.
	hand *list.Element
}

type entry[V any] struct {
	key     uint32
	value   V
	wasUsed bool
}

// ANCHOR: policy

// Get is what is kept under a key, if it is.
func (b *Bounded[V]) Get(key uint32) (V, bool) {
	place, isKnown := b.entries[key]
	if !isKnown {
		var none V
		return none, false
	}
	kept := place.Value.(*entry[V])
	switch b.policy {
	case LRU:
		b.queue.MoveToBack(place)
	case Sieve:
		kept.wasUsed = true
	}
	return kept.value, true
}

// evict makes room for one.
func (b *Bounded[V]) evict() {
	place := b.queue.Front()
	if b.policy == Sieve {
		place = b.unused()
	}
	delete(b.entries, place.Value.(*entry[V]).key)
	b.queue.Remove(place)
}

// unused moves the hand until it finds an entry without a mark. It goes round at most once: on its way it
// takes the marks.
func (b *Bounded[V]) unused() *list.Element {
	place := b.hand
	for {
		if place == nil {
			place = b.queue.Front()
		}
		kept := place.Value.(*entry[V])
		if !kept.wasUsed {
			b.hand = place.Next()
			return place
		}
		kept.wasUsed = false
		place = place.Next()
	}
}

// ANCHOR_END: policy

// Insert keeps a value under a key, in place of the key's old one, or of another's if there is no room.
// Only Get counts as a use.
func (b *Bounded[V]) Insert(key uint32, value V) {
	if place, isKnown := b.entries[key]; isKnown {
		place.Value.(*entry[V]).value = value
		return
	}
	if len(b.entries) == b.entriesMax {
		b.evict()
	}
	b.entries[key] = b.queue.PushBack(&entry[V]{key: key, value: value})
}

// NewBounded is an empty cache with room for so many entries, at least one.
func NewBounded[V any](policy Policy, entriesMax int) *Bounded[V] {
	return &Bounded[V]{
		policy:     policy,
		entriesMax: max(entriesMax, 1),
		entries:    make(map[uint32]*list.Element),
	}
}

// Hits is how many of the questions a cache answers that starts empty.
func Hits(policy Policy, entriesMax int, questions []uint32) int {
	cache := NewBounded[struct{}](policy, entriesMax)
	hits := 0
	for _, key := range questions {
		if _, isHit := cache.Get(key); isHit {
			hits++
		} else {
			cache.Insert(key, struct{}{})
		}
	}
	return hits
}
