package main

// A scheduler in one loop: tenants submit jobs, workers say that they are free, and shares decide.

// job is a piece of work, and for whom.
type job struct {
	tenant, number int
}

// ANCHOR: schedule

// schedule gives jobs to free workers until all are given, or until stop ends. It returns them in that order.
func schedule(shares []uint64, submitted <-chan job, idle <-chan chan<- job, stop <-chan struct{}) []job {
	waiting := make([][]job, len(shares))
	next := newStride(shares)
	var given []job
	total := 0
	for submitted != nil || total > 0 {
		// The order is a policy, and each step of it a select of its own: first whether to go on ...
		select {
		case <-stop:
			return given
		default:
		}
		// ... then who is new ...
		select {
		case job, isOpen := <-submitted:
			submitted, total = receive(job, isOpen, submitted, waiting, total)
			continue
		default:
		}
		// ... then who is served. A guard: a channel that is nil is never ready, and without work there is
		// nothing to say to a free worker.
		free := idle
		if total == 0 {
			free = nil
		}
		select {
		case <-stop:
			return given
		case job, isOpen := <-submitted:
			submitted, total = receive(job, isOpen, submitted, waiting, total)
		case worker := <-free:
			tenant := next.choose(func(tenant int) bool { return len(waiting[tenant]) > 0 })
			job := waiting[tenant][0]
			waiting[tenant] = waiting[tenant][1:]
			next.charge(tenant, 1)
			total--
			given = append(given, job)
			worker <- job
		}
	}
	return given
}

// receive puts a job where it waits. A channel that has ended is always ready: from then on, none is listened to.
func receive(new job, isOpen bool, submitted <-chan job, waiting [][]job, total int) (<-chan job, int) {
	if !isOpen {
		return nil, total
	}
	waiting[new.tenant] = append(waiting[new.tenant], new)
	return submitted, total + 1
}

// ANCHOR_END: schedule

// ANCHOR: worker

// work says that it is free, waits for a job, does it. Until there is no scheduler any more.
func work(idle chan<- chan<- job, over <-chan struct{}, do func(job)) {
	for {
		// A mailbox for one letter.
		mailbox := make(chan job, 1)
		select {
		case idle <- mailbox:
		case <-over:
			return
		}
		do(<-mailbox)
	}
}

// ANCHOR_END: worker

// run has every tenant submit so many jobs, and so many workers do them.
func run(shares []uint64, jobs, workers int) ([]job, int) {
	submitted := make(chan job, jobs*len(shares))
	for number := range jobs {
		for tenant := range shares {
			submitted <- job{tenant, number}
		}
	}
	close(submitted)
	idle := make(chan chan<- job)
	over := make(chan struct{})
	counts := make(chan int)
	for range workers {
		go func() {
			done := 0
			work(idle, over, func(job) { done++ })
			counts <- done
		}()
	}
	given := schedule(shares, submitted, idle, nil)
	close(over)
	done := 0
	for range workers {
		done += <-counts
	}
	return given, done
}
