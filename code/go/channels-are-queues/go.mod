module channels-are-queues

go 1.25
