package main

// A scheduler in one loop: tenants submit jobs, workers say that they are free, and shares decide.

// job is a piece of work, and for whom.
type job struct {
	tenant, number int
}

// ANCHOR: schedule

// schedule gives jobs to free workers until all are given, or until stop ends. It
// returns them in that order.
func schedule(
	shares []uint64,
	submitted <-chan job,
	idle <-chan chan<- job,
	stop <-chan struct{},
) []job {
	waiting := make([][]job, len(shares))
	stride := newStride(shares)
	var given []job
	total := 0
	receive := func(one job, isOpen bool) {
		if !isOpen {
			// It has ended, and is always ready. From now on we listen to none.
			submitted = nil
			return
		}
		waiting[one.tenant] = append(waiting[one.tenant], one)
		total++
	}
	hasWork := func(tenant int) bool { return len(waiting[tenant]) > 0 }
	for submitted != nil || total > 0 {
		// The order is a policy, each step a select of its own: whether to go on ...
		select {
		case <-stop:
			return given
		default:
		}
		// ... then who is new ...
		select {
		case one, isOpen := <-submitted:
			receive(one, isOpen)
			continue
		default:
		}
		// ... then who is served. A guard: without work we have nothing for a free
		// worker, and a channel that is nil is never ready.
		free := idle
		if total == 0 {
			free = nil
		}
		select {
		case <-stop:
			return given
		case one, isOpen := <-submitted:
			receive(one, isOpen)
		case worker := <-free:
			tenant := stride.choose(hasWork)
			one := waiting[tenant][0]
			waiting[tenant] = waiting[tenant][1:]
			stride.charge(tenant, 1)
			total--
			given = append(given, one)
			worker <- one
		}
	}
	return given
}

// ANCHOR_END: schedule

// ANCHOR: worker

// work says that it is free, waits for a job, does it, until there is no scheduler.
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
