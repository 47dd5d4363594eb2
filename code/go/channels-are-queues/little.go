package main

import (
	"fmt"
	"io"
)

const servedPer1000 = 500

// ANCHOR: little
type counted struct{ ticks, accepted, refused, length, waited int }

// little lets customers come for some ticks, and then the rest go.
func little(capacity, comePer1000, ticks int, seed uint64) counted {
	ch := make(chan int, capacity)
	var c counted
	chance := chance(seed)
	for c.ticks < ticks || len(ch) > 0 {
		now := c.ticks
		if chance.of1000() < servedPer1000 {
			select {
			case came := <-ch:
				c.waited += now - came
			default:
			}
		}
		if chance.of1000() < comePer1000 && now < ticks {
			select {
			case ch <- now:
				c.accepted++
			default:
				c.refused++
			}
		}
		c.length += len(ch)
		c.ticks++
	}
	return c
}

// ANCHOR_END: little

// chance is SplitMix64 (Steele, Lea, Flood, 2014).
type chance uint64

func (c *chance) of1000() int {
	*c += 0x9E3779B97F4A7C15
	mixed := uint64(*c)
	mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9
	mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB
	return int((mixed ^ (mixed >> 31)) % 1000)
}

func reportLittle(p plan, out io.Writer) {
	capacity := p.capacity
	fmt.Fprintf(out, "\na queue of %d, %d ticks\n", capacity, p.ticks)
	fmt.Fprintf(out, "  load   refused  mean length  mean wait  rate * wait\n")
	for _, load := range []int{50, 90, 120} {
		c := little(capacity, load*servedPer1000/100, p.ticks, p.seed)
		ticks, accepted := float64(c.ticks), float64(max(c.accepted, 1))
		wait := float64(c.waited) / accepted
		fmt.Fprintf(out, "  %3d%% %9d %12.3f %10.3f %12.3f\n",
			load, c.refused, float64(c.length)/ticks, wait, accepted/ticks*wait)
	}
}
