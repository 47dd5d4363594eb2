package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// What fails, and what is done at the end in any case.

func errorValues() string {
	// ANCHOR: errors
	total := func(numbers []string) (int, error) {
		total := 0
		for _, number := range numbers {
			value, err := strconv.Atoi(number)
			if err != nil {
				return 0, err
			}
			total += value
		}
		return total, nil
	}
	outcome := "not a number"
	if sum, err := total([]string{"1", "2", "many"}); err == nil {
		outcome = strconv.Itoa(sum)
	}
	// ANCHOR_END: errors
	return outcome
}

// ANCHOR: wrapped
type unknownError struct{ name string }

func (e unknownError) Error() string {
	return "nothing is known of " + e.name
}

func start(name string) error {
	if err := find(name); err != nil {
		return fmt.Errorf("cannot start: %w", err)
	}
	return nil
}

func find(name string) error {
	return unknownError{name}
}

func wrapped() string {
	err := start("ada")
	var cause unknownError
	unknown := errors.As(err, &cause) // looks through what wraps it
	return fmt.Sprintf("%v; unknown: %t", err, unknown)
}

// ANCHOR_END: wrapped

func defers() string {
	var log []string
	line, there := "", false
	// ANCHOR: defer
	read := func() {
		defer func() { log = append(log, "closed") }() // however this function is left
		log = append(log, "read")
		if !there {
			return
		}
		log = append(log, line)
	}
	// ANCHOR_END: defer
	read()
	return strings.Join(log, ", ")
}
