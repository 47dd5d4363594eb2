// Two leaders at a time: it compiles, and what it prints is anybody's guess. `go run -race .` says where.
package main

import (
	"fmt"
	"sync"
)

func main() {
	visits := 0
	var both sync.WaitGroup
	for range 2 {
		both.Add(1)
		go func() {
			defer both.Done()
			for range 1000 {
				visits++
			}
		}()
	}
	both.Wait()
	fmt.Println(visits)
}
