module maps-are-caches

go 1.25
