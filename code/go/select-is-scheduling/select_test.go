package main

import (
	"reflect"
	"testing"
	"time"
)

const never = time.Hour

func TestChanceIsFairInTurns(t *testing.T) {
	for source, turns := range serve(policy{kind: random}, 100_000, [sources]uint64{1, 1, 1, 1}).turns {
		if turns < 23_500 || turns > 26_500 {
			t.Errorf("queue %d had %d turns", source, turns)
		}
	}
}

func TestTheWrittenOrderStarves(t *testing.T) {
	turns := serve(policy{kind: written}, 1000, [sources]uint64{1, 1, 1, 1}).turns
	if turns != [sources]uint64{1000, 0, 0, 0} {
		t.Error(turns)
	}
}

func TestSharesAreKept(t *testing.T) {
	shares := policy{kind: byShares, shares: [sources]uint64{4, 3, 2, 1}}
	turns := serve(shares, 1000, [sources]uint64{1, 1, 1, 1}).turns
	if turns != [sources]uint64{400, 300, 200, 100} {
		t.Error(turns)
	}
}

func TestWhoWasIdleDoesNotGetTheTimeBack(t *testing.T) {
	stride := newStride([]uint64{1, 1})
	for range 100 {
		stride.charge(stride.choose(func(client int) bool { return client == 0 }), 1)
	}
	var turns [2]int
	for range 10 {
		client := stride.choose(func(int) bool { return true })
		stride.charge(client, 1)
		turns[client]++
	}
	if turns[0] < 4 {
		t.Error("the late one shut out the other:", turns)
	}
}

func TestPatience(t *testing.T) {
	if got := serveTwo(1000, 1<<64-1); got != (waited{1000, 0, 1000}) {
		t.Error(got)
	}
	if got := serveTwo(1000, 9); got != (waited{900, 100, 9}) {
		t.Error(got)
	}
}

func TestTheFirstAnswerCountsAndTheOthersStop(t *testing.T) {
	if number, told := ask([]time.Duration{never, 10 * time.Millisecond, never}, never); number != 1 || told != 2 {
		t.Error(number, told)
	}
	if number, told := ask([]time.Duration{never, never}, 10*time.Millisecond); number != tooLate || told != 2 {
		t.Error(number, told)
	}
}

func TestEveryJobIsGivenOnceByShares(t *testing.T) {
	given, done := run([]uint64{3, 2, 1}, 100, 4)
	if len(given) != 300 || done != 300 {
		t.Fatal(len(given), done)
	}
	seen := map[job]bool{}
	var turns [3]int
	for place, job := range given {
		if seen[job] {
			t.Error("twice:", job)
		}
		seen[job] = true
		if place < 60 {
			turns[job.tenant]++
		}
	}
	if turns != [3]int{30, 20, 10} {
		t.Error(turns)
	}
}

func TestItStopsWhenItIsTold(t *testing.T) {
	submitted := make(chan job, 1)
	submitted <- job{}
	stop := make(chan struct{})
	close(stop)
	if given := schedule([]uint64{1}, submitted, nil, stop); len(given) != 0 {
		t.Error(given)
	}
}

// The cases of `go/select-is-scheduling`. What one costs is the time of an operation.
func BenchmarkCosts(b *testing.B) {
	b.Run("recv", func(b *testing.B) {
		queue := make(chan struct{}, 1)
		for range b.N {
			queue <- struct{}{}
			<-queue
		}
	})
	for name, choose := range map[string]func(*queues) int{
		"select[ways=4]": (*queues).random,
		"biased[ways=4]": (*queues).written,
	} {
		b.Run(name, func(b *testing.B) {
			q := newQueues()
			for range b.N {
				q.fill(choose(q))
			}
		})
	}
	b.Run("select[ways=64]", func(b *testing.B) {
		queues := make([]chan int, 64)
		cases := make([]reflect.SelectCase, 64)
		for source := range queues {
			queues[source] = make(chan int, 1)
			queues[source] <- 7
			cases[source] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(queues[source])}
		}
		for range b.N {
			source, item, _ := reflect.Select(cases)
			if item.Int() != 7 {
				b.Fatal("a wrong item")
			}
			queues[source] <- 7
		}
	})
	b.Run("stride[ways=4]", func(b *testing.B) {
		stride := newStride([]uint64{4, 3, 2, 1})
		for range b.N {
			stride.charge(stride.choose(func(int) bool { return true }), 1)
		}
	})
	b.Run("deadline", func(b *testing.B) {
		answers := make(chan int, 1)
		for range b.N {
			answers <- 1
			if first(answers, never) != 1 {
				b.Fatal("a wrong answer")
			}
		}
	})
	b.Run("dispatch", func(b *testing.B) {
		given, done := run([]uint64{1}, b.N, 1)
		if len(given) != b.N || done != b.N {
			b.Fatal(len(given), done)
		}
	})
}
