package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Types and values.

// ANCHOR: interface
type shape interface{ area() int }

type square int

func (s square) area() int { return int(s * s) }

type strip int

func (s strip) area() int { return int(s) }

func interfaces() string {
	area := 0
	for _, shape := range []shape{square(3), strip(4)} {
		area += shape.area()
	}
	return strconv.Itoa(area)
}

// ANCHOR_END: interface

func typeSwitch() string {
	// ANCHOR: type-switch
	var told []string
	for _, message := range []any{"go", 7} {
		switch message := message.(type) {
		case string:
			told = append(told, "word "+message)
		case int:
			told = append(told, fmt.Sprint("number ", message))
		default: // not all types can be listed
			panic("an unknown message")
		}
	}
	// ANCHOR_END: type-switch
	return strings.Join(told, ", ")
}

// ANCHOR: embedding
type logger struct{ name string }

func (l logger) line() string { return "log of " + l.name }

type server struct {
	logger // its methods are the server's, too
}

func embedding() string {
	server := server{logger{"one"}}
	return server.line()
}

// ANCHOR_END: embedding

func zeroValue() string {
	// ANCHOR: zero-value
	type limits struct {
		tasks int
		name  string
	}
	var zero limits // every type has a zero value
	tasks, name := zero.tasks, zero.name
	// ANCHOR_END: zero-value
	return fmt.Sprintf("%d tasks, name of %d letters", tasks, len(name))
}

func sliceValues() string {
	// ANCHOR: slices
	all := []int{1, 2, 3}
	all = append(all, 4)
	middle := all[1:3] // a view: to append to it would write over the 4
	sum := 0
	for _, number := range middle {
		sum += number
	}
	copied := slices.Clone(all)
	// ANCHOR_END: slices
	return fmt.Sprintf("%d, %d", sum, len(copied))
}

func mapValues() string {
	// ANCHOR: maps
	counts := map[string]int{}
	for _, word := range []string{"a", "b", "a"} {
		counts[word]++
	}
	_, there := counts["c"] // without the second value: zero
	delete(counts, "b")
	// ANCHOR_END: maps
	return fmt.Sprintf("a %d, c there: %t, %d left", counts["a"], there, len(counts))
}

// ANCHOR: generics
func largest[T cmp.Ordered](values []T) (largest T) {
	for i, value := range values {
		if i == 0 || value > largest {
			largest = value
		}
	}
	return largest // of nothing: the zero value
}

// ANCHOR_END: generics

func generics() string {
	return fmt.Sprintf("%d and %s", largest([]int{3, 7, 5}), largest([]string{"x", "z", "y"}))
}

// ANCHOR: iterators
func squares() iter.Seq[int] {
	return func(yield func(int) bool) {
		for number := 1; yield(number * number); number++ {
		}
	}
}

func iterators() string {
	var few []int
	for square := range squares() {
		if square >= 30 {
			break
		}
		few = append(few, square)
	}
	return fmt.Sprint(few)
}

// ANCHOR_END: iterators

func captured() string {
	// ANCHOR: captured
	results := [3]chan int{make(chan int), make(chan int), make(chan int)}
	for i, number := range []int{1, 2, 3} {
		go func() { results[i] <- number * 10 }() // since Go 1.22 each has its own `number`
	}
	all := []int{<-results[0], <-results[1], <-results[2]}
	// ANCHOR_END: captured
	return fmt.Sprint(all)
}
