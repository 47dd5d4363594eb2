package main

import (
	"math/bits"
	"sort"
)

// Dice are random numbers: SplitMix64 (Steele, Lea, Flood; OOPSLA 2014). The same seed gives the same
// numbers.
type Dice uint64

// Below is a number below n, by multiplication and shift: its bias is of no matter here.
func (d *Dice) Below(n uint64) uint64 {
	*d += 0x9e3779b97f4a7c15
	random := uint64(*d)
	random = (random ^ (random >> 30)) * 0xbf58476d1ce4e5b9
	random = (random ^ (random >> 27)) * 0x94d049bb133111eb
	random ^= random >> 31
	high, _ := bits.Mul64(random, n)
	return high
}

// ANCHOR: zipf

// Zipf is the popularity of so many keys: for each key its weight and those of all before it.
type Zipf []uint64

// weightMax is the weight of the most popular key.
const weightMax = 1 << 32

// NewZipf is a distribution over the keys below keys, of which there is at least one.
func NewZipf(keys int) Zipf {
	sums := make(Zipf, keys)
	sum := uint64(0)
	for key := range sums {
		sum += weightMax / uint64(key+1)
		sums[key] = sum
	}
	return sums
}

// Draw draws a key.
func (z Zipf) Draw(dice *Dice) uint32 {
	point := dice.Below(z.total())
	return uint32(sort.Search(len(z), func(key int) bool { return z[key] > point }))
}

// ANCHOR_END: zipf

// Questions draws so many.
func (z Zipf) Questions(count int, dice *Dice) []uint32 {
	questions := make([]uint32, count)
	for number := range questions {
		questions[number] = z.Draw(dice)
	}
	return questions
}

// Share is the share of all questions that is for the most popular keys, so many of them: what a cache
// would answer that knew the popularities and kept these.
func (z Zipf) Share(mostPopular int) float64 {
	covered := min(mostPopular, len(z))
	if covered == 0 {
		return 0
	}
	return float64(z[covered-1]) / float64(z.total())
}

func (z Zipf) total() uint64 { return z[len(z)-1] }
