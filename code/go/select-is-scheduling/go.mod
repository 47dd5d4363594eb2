module select-is-scheduling

go 1.25
