// A channel is a queue: the Go twin of code/mapping/channels-are-queues. It prints the same.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
)

type plan struct {
	capacity, items, serve, ticks int
	seed                          uint64
}

func main() {
	var p plan
	flag.IntVar(&p.capacity, "capacity", 8, "places in the bounded queue: 1 to 100000")
	flag.IntVar(&p.items, "items", 60, "items that a sender has to get rid of: 1 to 1000000")
	flag.IntVar(&p.serve, "serve", 3, "ticks that the consumer needs for an item: 1 to 1000000")
	flag.IntVar(&p.ticks, "ticks", 100_000, "ticks for which customers arrive: 1 to 10000000")
	flag.Uint64Var(&p.seed, "seed", 1, "where chance starts")
	flag.Parse()
	atMost("capacity", p.capacity, 100_000)
	atMost("items", p.items, 1_000_000)
	atMost("serve", p.serve, 1_000_000)
	atMost("ticks", p.ticks, 10_000_000)
	if flag.NArg() > 0 {
		refuse(fmt.Sprintf("unexpected argument %q", flag.Arg(0)))
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	report(p, out)
}

func atMost(name string, value, most int) {
	if value < 1 || value > most {
		refuse(fmt.Sprintf("--%s %d is not in 1 to %d", name, value, most))
	}
}

func refuse(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(2)
}

func report(p plan, out io.Writer) {
	reportAhead(p, out)
	reportPressure(p, out)
	reportOrder(p, out)
	reportDelivery(out)
	reportLittle(p, out)
}

func yes(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// ANCHOR: ahead
// accepted says how many items a sender gets rid of without waiting.
func accepted(ch chan<- int, items int) int {
	for item := 0; item < items; item++ {
		select {
		case ch <- item:
		default:
			return item
		}
	}
	return items
}

// unbounded is what Go leaves out: a goroutine that keeps what has not been fetched.
func unbounded() (chan<- int, <-chan int) {
	in, out := make(chan int), make(chan int)
	go func() {
		defer close(out)
		var queue []int
		for in != nil || len(queue) > 0 {
			var first int
			var ready chan int // nil, and a nil channel is never ready
			if len(queue) > 0 {
				first, ready = queue[0], out
			}
			select {
			case item, open := <-in:
				if !open {
					in = nil
					continue
				}
				queue = append(queue, item)
			case ready <- first:
				queue = queue[1:]
			}
		}
	}()
	return in, out
}

// ANCHOR_END: ahead

func reportAhead(p plan, out io.Writer) {
	fmt.Fprintf(out, "%d items, and none is received: the sender gets rid of\n", p.items)
	fmt.Fprintf(out, "  rendezvous %12d\n", accepted(make(chan int), p.items))
	fmt.Fprintf(out, "  bounded    %12d\n", accepted(make(chan int, p.capacity), p.items))
	in, _ := unbounded()
	sent := 0
	for ; sent < p.items; sent++ {
		in <- sent // waits for the goroutine to take it, and for nothing else
	}
	fmt.Fprintf(out, "  unbounded  %12d\n", sent)
}
