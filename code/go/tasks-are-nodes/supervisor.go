package main

import "slices"

// A supervisor starts again who has died, and not for ever.
type supervisor struct {
	oneForAll    bool
	nodes        []*node
	restartsLeft int
	obituaries   chan int
}

// An outcome is how a death was dealt with.
type outcome struct {
	lastWords error
	givenUp   bool
	// What the others had counted when they were stopped, if it has given up.
	total uint64
}

func supervise(nodes int, oneForAll bool, restarts int) *supervisor {
	// Room for a death of each: no node waits to be mourned.
	s := &supervisor{oneForAll: oneForAll, restartsLeft: restarts, obituaries: make(chan int, nodes)}
	s.startAll(nodes)
	return s
}

func (s *supervisor) startAll(nodes int) {
	for number := range nodes {
		s.startOne(number)
	}
}

func (s *supervisor) startOne(number int) {
	s.nodes = slices.Insert(s.nodes, number, start(number, s.obituaries))
}

// ANCHOR: attend
// attend waits for a death, and does what is to be done.
func (s *supervisor) attend() outcome {
	number := <-s.obituaries
	nodes := len(s.nodes)
	dead := s.nodes[number]
	s.nodes = slices.Delete(s.nodes, number, number+1)
	_, lastWords := dead.join()
	if s.restartsLeft == 0 {
		return outcome{lastWords, true, s.stop()}
	}
	s.restartsLeft--
	if s.oneForAll {
		s.stop()
		s.startAll(nodes)
	} else {
		s.startOne(number)
	}
	return outcome{lastWords: lastWords}
}

// ANCHOR_END: attend

// stop ends all nodes, in order; what they have counted. Their obituaries are no news.
func (s *supervisor) stop() (total uint64) {
	for _, n := range s.nodes {
		counted, _ := n.join()
		total += counted
		<-s.obituaries
	}
	s.nodes = nil
	return total
}

// work sends every node a number of ones to count.
func (s *supervisor) work(messages int) {
	for range messages {
		for _, n := range s.nodes {
			n.send(add{1})
		}
	}
}

// totals says what each node has counted; 0 for one that is dead.
func (s *supervisor) totals() (all []uint64) {
	for _, n := range s.nodes {
		total, _ := n.ask()
		all = append(all, total)
	}
	return all
}
