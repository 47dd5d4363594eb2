// Two machines write to one memory: it compiles, and what it prints cannot be foretold. `go run -race .` says where.
package main

func main() {
	visits := 0
	done := make(chan bool)
	for range 2 {
		go func() {
			for range 1000 {
				visits++
			}
			done <- true
		}()
	}
	<-done
	<-done
	println(visits)
}
