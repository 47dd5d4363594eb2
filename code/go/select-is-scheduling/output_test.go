package main

import (
	"os"
	"strings"
	"testing"
)

// The twin prints the same.
func TestItPrintsWhatTheChapterShows(t *testing.T) {
	options, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		expected, err := os.ReadFile("../../mapping/select-is-scheduling/output/" + part.name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if printed := part.of(options); printed != string(expected) {
			t.Errorf("it printed\n%s\nand should print\n%s", printed, expected)
		}
	}
}

func TestWhatIsOutOfRangeIsRefused(t *testing.T) {
	for _, wrong := range []string{
		"--turns 99", "--turns 10000001", "--turns -1", "--heavy 0", "--patience 0", "--deadline-ms 0",
		"--deadline-ms 10000", "--jobs 0", "--workers 0", "--workers 65", "--shares 3,0", "--shares 11",
		"--shares 1,,2", "--shares 1,1,1,1,1,1,1,1,1", "--shares three", "--unknown", "more",
	} {
		if _, err := parse(strings.Fields(wrong)); err == nil {
			t.Error("accepted", wrong)
		}
	}
}
