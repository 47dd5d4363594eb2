package main

import (
	"fmt"
	"net/netip"
)

// printRung says of one rung of the ladder who answered what, how long it took, and how many times the
// nearest that is.
func printRung(name, holder string, each, times float64) {
	fmt.Printf("  %-13s %-22s %8s %12s ×\n", name, holder, short(each), grouped(times))
}

// printAnswer says what one call heard.
func printAnswer(who string, directory Directory, client netip.Addr) {
	holder, err := directory.Holder(client)
	if err != nil {
		fmt.Printf("  %-26s no answer: %v\n", who, err)
		return
	}
	fmt.Printf("  %-26s the answer: %s\n", who, holder)
}

// printVisits says what a counter counted, and what its caller heard of it.
func printVisits(how string, counted, heard int, err error) {
	if err != nil {
		fmt.Printf("  %-26s counted %d, no answer: %v\n", how, counted, err)
		return
	}
	fmt.Printf("  %-26s counted %d, the answer: %d\n", how, counted, heard)
}

// short is a time with two digits or three: 12 ns, 3.4 µs.
func short(ns float64) string {
	value, unit := ns, "ns"
	switch {
	case ns >= 1e6:
		value, unit = ns/1e6, "ms"
	case ns >= 1e3:
		value, unit = ns/1e3, "µs"
	}
	if value < 10 {
		return fmt.Sprintf("%.1f %s", value, unit)
	}
	return fmt.Sprintf("%.0f %s", value, unit)
}

// grouped is a whole number with a comma behind each thousand.
func grouped(value float64) string {
	digits := fmt.Sprintf("%.0f", value)
	text := ""
	for at, digit := range digits {
		if at > 0 && (len(digits)-at)%3 == 0 {
			text += ","
		}
		text += string(digit)
	}
	return text
}
