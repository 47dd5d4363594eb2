package main

import "sync"

// The program around a count: a reader, a queue, and workers. It is written once.

// batchMax is the words in a message.
const batchMax = 64

// ANCHOR: shape

// count counts so many words with so many workers.
func count(words uint64, workers int, counts counts) counted {
	batches := make(chan []string, 16)
	var working sync.WaitGroup
	for range workers {
		working.Go(func() { work(batches, counts) })
	}
	source := source{state: 1}
	for words > 0 {
		batch := make([]string, min(words, batchMax))
		for place := range batch {
			batch[place] = source.next()
		}
		words -= uint64(len(batch))
		batches <- batch
	}
	// The end of the channel is the end of the work.
	close(batches)
	working.Wait()
	return counts.counted()
}

func work(batches <-chan []string, counts counts) {
	for batch := range batches {
		for _, word := range batch {
			counts.add(word)
		}
	}
}

// ANCHOR_END: shape
