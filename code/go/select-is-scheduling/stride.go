package main

// Shares in place of chance: stride scheduling, after Waldspurger and Weihl (1995).

// ANCHOR: stride

// one is what a turn costs a client with a share of one. All shares up to ten divide it.
const one = 2520

// none is what choose returns if no client is ready.
const none = -1

// stride says who is next, so that over time each gets its share.
type stride struct {
	strides, passes []uint64
	now             uint64 // the pass of the one who was chosen last
}

func newStride(shares []uint64) *stride {
	s := &stride{passes: make([]uint64, len(shares))}
	for _, share := range shares {
		s.strides = append(s.strides, one/max(share, 1))
	}
	return s
}

// choose returns, of those who are ready, who has had least; the first of several.
func (s *stride) choose(isReady func(int) bool) int {
	chosen := none
	for client, pass := range s.passes {
		if isReady(client) && (chosen == none || pass < s.passes[chosen]) {
			chosen = client
		}
	}
	if chosen != none {
		s.now = max(s.now, s.passes[chosen])
		// A client that was away does not get that time back, or it would shut out all others.
		s.passes[chosen] = s.now
	}
	return chosen
}

// charge charges a client for what it had: one for a turn, or its time.
func (s *stride) charge(client int, cost uint64) {
	s.passes[client] += s.strides[client] * cost
}

// ANCHOR_END: stride
