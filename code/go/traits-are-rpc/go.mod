module traits-are-rpc

go 1.25
