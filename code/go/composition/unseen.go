package main

import (
	"sync"
	"time"
)

// Mistakes that no compiler sees, made to happen every time. Each keeps all the rules: what is shared is behind a
// lock. Memory is never in danger, and the answer is wrong, or never comes.

// ANCHOR: lost

// lostUpdate: two visits, each counted under a lock. Returns how many there are in
// the end.
func lostUpdate() int {
	var lock sync.Mutex
	visits := 0
	get := func() int { lock.Lock(); defer lock.Unlock(); return visits }
	put := func(value int) { lock.Lock(); defer lock.Unlock(); visits = value }
	var bothHaveLooked, both sync.WaitGroup
	bothHaveLooked.Add(2)
	for range 2 {
		both.Go(func() {
			soFar := get()
			// On a bad day this is where the other comes in. Here every day is a
			// bad day.
			bothHaveLooked.Done()
			bothHaveLooked.Wait()
			put(soFar + 1)
		})
	}
	both.Wait()
	return get()
}

// ANCHOR_END: lost

// crossedLocks: two tasks take two locks, each in an order of its own. Returns how many of the two get both.
func crossedLocks() int {
	var left, right sync.Mutex
	var haveOne, haveTried, both sync.WaitGroup
	haveOne.Add(2)
	haveTried.Add(2)
	got := make(chan bool, 2)
	getsBoth := func(first, second *sync.Mutex) {
		first.Lock()
		defer first.Unlock()
		haveOne.Done()
		haveOne.Wait()
		// Lock would wait here for ever. To be able to tell, we only try.
		has := second.TryLock()
		haveTried.Done()
		haveTried.Wait()
		if has {
			second.Unlock()
		}
		got <- has
	}
	both.Go(func() { getsBoth(&left, &right) })
	both.Go(func() { getsBoth(&right, &left) })
	both.Wait()
	count := 0
	for range 2 {
		if <-got {
			count++
		}
	}
	return count
}

// ownEnd: a task waits for the end of a channel, and it is itself who would have to close it. Returns whether the
// end came.
func ownEnd(patience time.Duration) bool {
	mailbox := make(chan string, 1)
	defer close(mailbox)
	select {
	case _, isOpen := <-mailbox:
		return !isOpen
	case <-time.After(patience):
		return false
	}
}
