package main

// A supervisor starts again who has died, and not for ever.
type supervisor struct {
	oneForAll    bool
	nodes        []*node
	restartsLeft int
	obituaries   chan int
}

func supervise(nodes int, oneForAll bool, restarts int) *supervisor {
	// Room for a death of each: nobody waits to be mourned.
	s := &supervisor{oneForAll: oneForAll, restartsLeft: restarts, obituaries: make(chan int, 2*nodes)}
	s.startAll(nodes)
	return s
}

func (s *supervisor) startAll(nodes int) {
	s.nodes = nil
	for number := 0; number < nodes; number++ {
		s.nodes = append(s.nodes, start(number, s.obituaries))
	}
}

// ANCHOR: attend
// attend waits for a death, and does what is to be done. The second is what the others had counted, if it
// gave up.
func (s *supervisor) attend() (lastWords string, total uint64, givenUp bool) {
	number := <-s.obituaries
	dead := s.nodes[number]
	s.nodes[number] = start(number, s.obituaries)
	lastWords = dead.join().lastWords
	if s.restartsLeft == 0 {
		return lastWords, s.stop(), true
	}
	s.restartsLeft--
	if s.oneForAll {
		nodes := len(s.nodes)
		s.stop()
		s.startAll(nodes)
	}
	return lastWords, 0, false
}

// ANCHOR_END: attend

// stop ends all nodes, in order; what they have counted. Their obituaries are no news.
func (s *supervisor) stop() (total uint64) {
	for _, n := range s.nodes {
		total += n.join().total
	}
	for range s.nodes {
		<-s.obituaries
	}
	return total
}

// work sends every node a number of ones to count.
func (s *supervisor) work(messages int) {
	for ; messages > 0; messages-- {
		for _, n := range s.nodes {
			n.send(add{1})
		}
	}
}
