package main

// An urgent queue that is never empty, and an ordinary one behind it.

type which int

const (
	urgent which = iota
	ordinary
)

// waited is what came of many turns; longest is in turns of the urgent queue.
type waited struct {
	urgent, ordinary, longest uint64
}

// ANCHOR: patience

// choose takes an urgent item if there is one, unless the ordinary queue has waited
// for long enough.
func choose(urgents, ordinaries <-chan struct{}, waited, patience uint64) which {
	if waited >= patience {
		select {
		case <-ordinaries:
			return ordinary
		default:
		}
	}
	select {
	case <-urgents:
		return urgent
	default:
	}
	select {
	case <-urgents:
		return urgent
	case <-ordinaries:
		return ordinary
	}
}

// ANCHOR_END: patience

// serveTwo has many turns, in which neither of the queues is ever empty.
func serveTwo(turns, patience uint64) waited {
	urgents, ordinaries := make(chan struct{}, 1), make(chan struct{}, 1)
	urgents <- struct{}{}
	ordinaries <- struct{}{}
	var result waited
	var since uint64
	for ; turns > 0; turns-- {
		switch choose(urgents, ordinaries, since, patience) {
		case urgent:
			result.urgent++
			since++
			urgents <- struct{}{}
		case ordinary:
			result.ordinary++
			since = 0
			ordinaries <- struct{}{}
		}
		result.longest = max(result.longest, since)
	}
	return result
}
