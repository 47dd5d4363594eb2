// Two leaders at a time: both write to one map until they are caught.
package main

func main() {
	visits := map[string]int{}
	go func() {
		for {
			visits["one leader"]++
		}
	}()
	for {
		visits["another"]++
	}
}
