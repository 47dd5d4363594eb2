package main

import (
	"bytes"
	"os"
	"testing"
)

// The twin prints the same.
func TestItPrintsWhatTheChapterShows(t *testing.T) {
	expected, err := os.ReadFile("../../mapping/select-is-scheduling/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	report(&printed, options{
		turns: 200_000, heavy: 10, patience: 9, deadlineMs: 2000,
		shares: []uint64{3, 2, 1}, jobs: 8, workers: 2,
	})
	if printed.String() != string(expected) {
		t.Errorf("it printed\n%s\nand should print\n%s", printed.String(), expected)
	}
}
