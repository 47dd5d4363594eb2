module where-the-analogy-breaks

go 1.25
