package main

// ANCHOR: visits

// Counter counts visits at the end of a wire that loses some answers. It never loses a question.
type Counter struct {
	visits int
	// What was answered to which call, for calls that have a number; 0 is none.
	answered map[int]int
	// How many answers will be lost.
	loses int
}

// NewCounter makes a counter of which so many answers will be lost.
func NewCounter(loses int) *Counter {
	return &Counter{answered: map[int]int{}, loses: loses}
}

// Visit counts one visit, and answers how many there have been. With an error the answer was lost. The
// visit was not.
func (c *Counter) Visit(call int) (int, error) {
	answer, isKnown := c.answered[call]
	if call == 0 || !isKnown {
		c.visits++
		answer = c.visits
	}
	if call != 0 {
		c.answered[call] = answer
	}
	if c.loses > 0 {
		c.loses--
		return 0, ErrLate
	}
	return answer, nil
}

// Again calls until there is an answer, and so many times at most; there is at least one try.
func Again[T any](tries int, call func() (T, error)) (T, error) {
	for range tries - 1 {
		if answer, err := call(); err == nil {
			return answer, nil
		}
	}
	return call()
}

// ANCHOR_END: visits
