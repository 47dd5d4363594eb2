module tasks-are-nodes

go 1.25
