module composition

go 1.25
