package main

import (
	"fmt"
	"io"
)

// ANCHOR: pressure
type places struct{ done, queue, door int }

// pressure lets a producer make one item a tick, and a consumer take one every few ticks.
func pressure(capacity, items, serve int) places {
	ch := make(chan struct{}, capacity)
	done, door := 0, 0
	for tick := 1; tick <= items; tick++ {
		door++
		if tick%serve == 0 {
			select {
			case <-ch:
				done++
			default:
			}
		}
		for full := false; door > 0 && !full; {
			select {
			case ch <- struct{}{}:
				door--
			default:
				full = true
			}
		}
	}
	return places{done, len(ch), door}
}

// ANCHOR_END: pressure

func reportPressure(p plan, out io.Writer) {
	fmt.Fprintf(out, "\n%d items, one a tick; the consumer takes one every %d ticks\n", p.items, p.serve)
	fmt.Fprintf(out, "  capacity         done     in queue      at door\n")
	for _, capacity := range []int{1, p.capacity, 8 * p.capacity} {
		at := pressure(capacity, p.items, p.serve)
		fmt.Fprintf(out, "  %8d %12d %12d %12d\n", capacity, at.done, at.queue, at.door)
	}
}
