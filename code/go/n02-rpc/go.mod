module n02-rpc

go 1.25
