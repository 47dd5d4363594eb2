package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestADeathStaysAlone(t *testing.T) {
	s := supervise(3, false, 1)
	s.work(10)
	s.nodes[1].send(nonsense{})
	if o := s.attend(); o.givenUp || o.lastWords.Error() != "cannot handle this message" {
		t.Errorf("outcome %v", o)
	}
	for number, want := range []uint64{10, 0, 10} {
		if total := s.totals()[number]; total != want {
			t.Errorf("node %d has counted %d", number, total)
		}
	}
}

func TestASupervisorGivesUpInTheEnd(t *testing.T) {
	s := supervise(3, true, 1)
	s.nodes[2].send(nonsense{})
	if o := s.attend(); o.givenUp {
		t.Error("given up at once")
	}
	s.work(10)
	s.nodes[0].send(nonsense{})
	if o := s.attend(); !o.givenUp || o.total != 20 {
		t.Errorf("outcome %v", o)
	}
}

func TestPrintsTheSameTwice(t *testing.T) {
	var one, two bytes.Buffer
	report(plan{nodes: 4, messages: 100}, &one)
	report(plan{nodes: 4, messages: 100}, &two)
	if one.String() != two.String() {
		t.Error("two runs differ")
	}
}

// The whole process ends, so it has to be another one than the test's.
func TestAPanicThatNobodyRecoversFromEndsTheProcess(t *testing.T) {
	const inside = "TASKS_ARE_NODES_UNWATCHED"
	if os.Getenv(inside) != "" {
		reportUnwatched(plan{nodes: 4}, os.Stdout)
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	again.Env = append(os.Environ(), inside+"=1")
	told, err := again.CombinedOutput()
	if err == nil {
		t.Errorf("it lives:\n%s", told)
	}
	if !strings.Contains(string(told), "panic: cannot handle this message") {
		t.Errorf("it died of something else:\n%s", told)
	}
}
