package main

import (
	"hash/fnv"
	"maps"
	"sync"
)

// What may be asked of a count of words, and three things that answer.

// counted is words and how often they came.
type counted map[string]uint64

// ANCHOR: trait

// counts is a count of words. The interface: it says what may be asked, and nothing
// about where the map is.
type counts interface {
	// add adds one more of this word.
	add(word string)
	// counted returns how often each word has come. What was added before by
	// the one that asks is in it.
	counted() counted
}

// ANCHOR_END: trait

// ANCHOR: locked

// locked is a map that all share, one at a time.
type locked struct {
	lock sync.Mutex
	all  counted
}

func newLocked() *locked {
	return &locked{all: counted{}}
}

func (l *locked) add(word string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.all[word]++
}

func (l *locked) counted() counted {
	l.lock.Lock()
	defer l.lock.Unlock()
	// A copy. Without it this compiles, and the caller reads the map while others
	// write to it.
	return maps.Clone(l.all)
}

// ANCHOR_END: locked

// ANCHOR: owned

// owned is a map that is not shared: a goroutine owns it, and has a mailbox for
// words and one for questions.
type owned struct {
	words     chan string
	questions chan chan<- counted
}

func newOwned() *owned {
	o := &owned{words: make(chan string, 1024), questions: make(chan chan<- counted)}
	go o.own()
	return o
}

// own serves each worker that comes, until the mailbox is closed.
func (o *owned) own() {
	all := counted{}
	for {
		select {
		case word, isOpen := <-o.words:
			if !isOpen {
				return
			}
			all[word]++
		case answer := <-o.questions:
			// Chance may have taken the question before words that were sent
			// earlier: first those.
			for len(o.words) > 0 {
				all[<-o.words]++
			}
			answer <- maps.Clone(all)
		}
	}
}

func (o *owned) add(word string) {
	o.words <- word
}

func (o *owned) counted() counted {
	answer := make(chan counted, 1)
	o.questions <- answer
	return <-answer
}

// ANCHOR_END: owned

// end ends the owner. Go does not do it for us: without this line the goroutine stays for ever.
func (o *owned) end() {
	close(o.words)
}

// ANCHOR: sharded

// sharded is many counts, each for a part of the words. It is a count itself, so
// whatever takes one takes many.
type sharded []counts

func (s sharded) add(word string) {
	hash := fnv.New32a()
	hash.Write([]byte(word))
	s[hash.Sum32()%uint32(len(s))].add(word)
}

func (s sharded) counted() counted {
	all := counted{}
	for _, part := range s {
		maps.Copy(all, part.counted())
	}
	return all
}

// ANCHOR_END: sharded
