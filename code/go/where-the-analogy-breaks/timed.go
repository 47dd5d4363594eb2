package main

import (
	"io"
	"slices"
	"sync"
	"time"
)

// Latency, bandwidth, transport and equality: what is a matter of time.

// newRing returns places that lead from one to another, through all of them, in no order that a processor could guess.
func newRing(bytes int) []int {
	ring := make([]int, bytes/8)
	for place := range ring {
		ring[place] = place
	}
	// Sattolo's shuffle makes a single cycle; the generator is Marsaglia's xorshift.
	state := uint64(88172645463325252)
	for place := len(ring) - 1; place > 0; place-- {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		other := int(state % uint64(place))
		ring[place], ring[other] = ring[other], ring[place]
	}
	return ring
}

// walk says where one is after so many steps. Each step has to wait for the one before.
func walk(ring []int, steps int) int {
	place := 0
	for range steps {
		place = ring[place]
	}
	return place
}

// kept keeps the compiler from leaving out what is never looked at.
var kept int

func memoryNs(bytes, steps int) float64 {
	ring := newRing(bytes)
	walk(ring, steps/10)
	return each(steps, func() { kept = walk(ring, steps) })
}

func channelNs(rounds int) float64 {
	there, back := make(chan int, 1), make(chan int, 1)
	go func() {
		for number := range there {
			back <- number + 1
		}
	}()
	defer close(there)
	return each(rounds, func() {
		for number := range rounds {
			there <- number
			if <-back != number+1 {
				panic("a wrong answer")
			}
		}
	})
}

func tcpNs(rounds int) float64 {
	near, far := connection()
	defer near.Close()
	go func() {
		defer far.Close()
		letter := make([]byte, 1)
		for {
			if _, err := io.ReadFull(far, letter); err != nil {
				return
			}
			if _, err := far.Write(letter); err != nil {
				return
			}
		}
	}()
	return each(rounds, func() {
		letter := []byte{7}
		for range rounds {
			_, err := near.Write(letter)
			check(err)
			_, err = io.ReadFull(near, letter)
			check(err)
		}
		if letter[0] != 7 {
			panic("a wrong answer")
		}
	})
}

func each(times int, all func()) float64 {
	begin := time.Now()
	all()
	return float64(time.Since(begin).Nanoseconds()) / float64(max(times, 1))
}

// memoryPerS is the bytes a second that so many goroutines copy together.
func memoryPerS(threads, bytes int) float64 {
	from, to := make([][]byte, threads), make([][]byte, threads)
	for number := range threads {
		from[number], to[number] = slices.Repeat([]byte{7}, bytes), slices.Repeat([]byte{1}, bytes)
	}
	var copying sync.WaitGroup
	begin := time.Now()
	for number := range threads {
		copying.Go(func() { copy(to[number], from[number]) })
	}
	copying.Wait()
	took := time.Since(begin).Seconds()
	for number := range threads {
		if to[number][bytes-1] != 7 {
			panic("a wrong copy")
		}
	}
	return float64(threads*bytes) / took
}

// tcpPerS is the bytes a second through TCP on loopback.
func tcpPerS(bytes int) float64 {
	near, far := connection()
	arrived := make(chan int64)
	begin := time.Now()
	go func() {
		count, _ := io.Copy(io.Discard, far)
		far.Close()
		arrived <- count
	}()
	piece := make([]byte, 64*1024)
	for range bytes / len(piece) {
		_, err := near.Write(piece)
		check(err)
	}
	near.Close()
	count := <-arrived
	if count != int64(bytes/len(piece)*len(piece)) {
		panic("some are missing")
	}
	return float64(count) / time.Since(begin).Seconds()
}

// transportNs is the time for so many hits: handed over through a channel, and encoded and decoded again.
func transportNs(many uint64, rounds int) (float64, float64) {
	channel := make(chan []hit, 1)
	all := hits(many)
	moved := each(rounds, func() {
		for range rounds {
			channel <- all
			all = <-channel
		}
	})
	encoded := each(rounds, func() {
		for range rounds {
			decoded, err := decode(encode(all))
			check(err)
			all = decoded
		}
	})
	if !slices.Equal(all, hits(many)) {
		panic("others came back")
	}
	return moved, encoded
}

// job is work without memory, input or luck: so many multiplications, each of which needs what the one before has
// given. The shift is there for a compiler that could do several at once if there was nothing in between.
func job(steps uint64) uint64 {
	value := uint64(1)
	for step := range steps {
		value = (value^value>>33)*6364136223846793005 + step
	}
	return value
}

// durations are how long half of the jobs took at most, 99 of a hundred, and the slowest.
type durations struct {
	medianNs, p99Ns, slowestNs float64
}

// spread runs equal jobs one after the other.
func spread(jobs int, steps uint64) durations {
	answer := job(steps)
	took := make([]float64, max(jobs, 1))
	for number := range took {
		took[number] = each(1, func() {
			if job(steps) != answer {
				panic("unequal jobs")
			}
		})
	}
	slices.Sort(took)
	last := len(took) - 1
	return durations{took[last/2], took[last*99/100], took[last]}
}
