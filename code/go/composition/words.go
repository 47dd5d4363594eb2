package main

// Words to count, the same in every run and in the twin.

var vocabulary = []string{
	"the", "network", "is", "a", "computer", "and", "node", "queue", "of", "cache", "lock", "shard",
}

// source is an endless stream of words. The generator is SplitMix64, by Sebastiano Vigna.
type source struct {
	state uint64
}

func (s *source) draw() int {
	s.state += 0x9e3779b97f4a7c15
	bits := s.state
	bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9
	bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb
	return int((bits ^ (bits >> 31)) % uint64(len(vocabulary)))
}

// next is the earlier of two words that are drawn: some are frequent, as in any text.
func (s *source) next() string {
	one := s.draw()
	other := s.draw()
	return vocabulary[min(one, other)]
}
