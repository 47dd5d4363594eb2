package main

// Four queues that are never empty, and one who serves them: whose turn is it?

const sources = 4

// queues in which there is always something.
type queues [sources]chan struct{}

type kind int

const (
	random   kind = iota // as select chooses
	written              // the first in the order in which they are written
	inTurns              // the next after the one who was served last
	byShares             // so that each gets its share
)

// policy is a way of choosing among those who are ready.
type policy struct {
	kind   kind
	shares [sources]uint64
}

// served is what each queue got: how often it was its turn, and how much time that took.
type served struct {
	turns, time [sources]uint64
}

func newQueues() *queues {
	var q queues
	for source := range q {
		q[source] = make(chan struct{}, 1)
		q.fill(source)
	}
	return &q
}

// fill puts an item into a queue that has none.
func (q *queues) fill(source int) {
	q[source] <- struct{}{}
}

// ANCHOR: random

// random takes an item from a queue that has one. If several have, chance decides.
func (q *queues) random() int {
	select {
	case <-q[0]:
		return 0
	case <-q[1]:
		return 1
	case <-q[2]:
		return 2
	case <-q[3]:
		return 3
	}
}

// ANCHOR_END: random

// ANCHOR: written

// written takes an item from the first queue, in the written order, that has one. It
// takes a select with a default for each queue, and one at the end that waits.
func (q *queues) written() int {
	for source := range q {
		select {
		case <-q[source]:
			return source
		default:
		}
	}
	return q.random()
}

// ANCHOR_END: written

// turn takes an item from the first queue that has one, beginning with that of this number.
func (q *queues) turn(begin int) int {
	for step := 0; ; step++ {
		source := (begin + step) % sources
		select {
		case <-q[source]:
			return source
		default:
		}
	}
}

// serve serves so many items; one of each queue takes as long as costs says.
func serve(policy policy, turns uint64, costs [sources]uint64) served {
	q := newQueues()
	var result served
	next := 0
	shares := newStride(policy.shares[:])
	for ; turns > 0; turns-- {
		var source int
		switch policy.kind {
		case random:
			source = q.random()
		case written:
			source = q.written()
		case inTurns:
			source = q.turn(next)
		case byShares:
			source = shares.choose(func(source int) bool { return len(q[source]) > 0 })
			<-q[source]
			shares.charge(source, costs[source])
		}
		next = source + 1
		result.turns[source]++
		result.time[source] += costs[source]
		q.fill(source)
	}
	return result
}
