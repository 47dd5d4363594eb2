package main

import (
	"flag"
	"fmt"
	"net/netip"
	"time"
)

// arguments are what can be said to the program.
type arguments struct {
	client                          netip.Addr
	region, country, patience, time time.Duration
	server, listen                  netip.AddrPort
}

// parse reads the command line, and says how far each of it may go.
func parse() (*arguments, error) {
	a := new(arguments)
	client := flag.String("client", "17.0.0.1", "the `ADDRESS` whose holder is asked for; 1, 12, 17, 19 and 53 at its front are known")
	server := flag.String("server", "", "asks a server of yours at `ADDRESS:PORT`, too: this program with --listen")
	listen := flag.String("listen", "", "is that server, at `ADDRESS:PORT`, and asks nothing")
	flag.DurationVar(&a.region, "region", 500*time.Microsecond, "how far another machine of the region is: the server waits so long before it answers")
	flag.DurationVar(&a.country, "country", 20*time.Millisecond, "how far another country is; 150ms is across an ocean")
	flag.DurationVar(&a.patience, "patience", 100*time.Millisecond, "how long a caller waits for an answer that comes too late")
	flag.DurationVar(&a.time, "time", 200*time.Millisecond, "for about how long to ask at each distance; longer is steadier")
	flag.Parse()
	if flag.NArg() > 0 {
		return nil, fmt.Errorf("nothing is known of %q", flag.Arg(0))
	}
	var err error
	if a.client, err = netip.ParseAddr(*client); err != nil || !a.client.Is4() {
		return nil, fmt.Errorf("--client %q is not an address such as 17.0.0.1", *client)
	}
	for _, limit := range []struct {
		name            string
		value, from, to time.Duration
	}{
		// Who waits gives up after twice as long.
		{"region", a.region, 0, time.Second},
		{"country", a.country, 0, time.Second},
		// Without any patience there is nothing to show.
		{"patience", a.patience, 10 * time.Millisecond, time.Second},
		{"time", a.time, 0, 2 * time.Second},
	} {
		if limit.value < limit.from || limit.value > limit.to {
			return nil, fmt.Errorf("--%s %v is not from %v to %v", limit.name, limit.value, limit.from, limit.to)
		}
	}
	if a.server, err = place("server", *server); err != nil {
		return nil, err
	}
	a.listen, err = place("listen", *listen)
	return a, err
}

func place(name, text string) (netip.AddrPort, error) {
	if text == "" {
		return netip.AddrPort{}, nil
	}
	place, err := netip.ParseAddrPort(text)
	if err != nil {
		return place, fmt.Errorf("--%s %q is not a place such as 127.0.0.1:7070", name, text)
	}
	return place, nil
}
