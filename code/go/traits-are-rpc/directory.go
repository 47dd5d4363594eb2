package main

import (
	"errors"
	"net/netip"
	"sync"
)

// ANCHOR: contract

// Directory is a service that knows who holds which address.
type Directory interface {
	// Holder says who holds the client's address. That there is none is an answer, "unknown", and no
	// error. The error is ErrLate, ErrGone or ErrGarbled.
	Holder(client netip.Addr) (string, error)
}

// Why there was no answer.
var (
	// ErrLate: it did not come in time. What was asked for may have been done all the same.
	ErrLate = errors.New("late")
	// ErrGone: the other side is gone and cannot answer.
	ErrGone = errors.New("gone")
	// ErrGarbled: what came is not an answer to this question.
	ErrGarbled = errors.New("garbled")
)

// ANCHOR_END: contract

// rows are the first number of an address, and who holds all addresses that begin with it: five rows of
// the registry of the IPv4 address space, as IANA publishes it.
var rows = map[byte]string{
	1:  "APNIC",
	12: "AT&T Bell Laboratories",
	17: "Apple Computer Inc.",
	19: "Ford Motor Company",
	53: "Daimler AG",
}

// ANCHOR: table

// Table is a directory in our own memory: a place for each first number of an address.
type Table [256]string

// Holder looks into the table.
func (t *Table) Holder(client netip.Addr) (string, error) {
	return t[client.As4()[0]], nil
}

// ANCHOR_END: table

// NewTable makes the table of the rows; every other address is unknown.
func NewTable() *Table {
	table := new(Table)
	for first := range table {
		table[first] = "unknown"
	}
	for first, name := range rows {
		table[first] = name
	}
	return table
}

// ANCHOR: lock

// Locked is a directory that several goroutines share: who wants to ask takes the lock.
type Locked struct {
	mutex     sync.Mutex
	directory Directory
}

// Holder asks under the lock.
func (l *Locked) Holder(client netip.Addr) (string, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.directory.Holder(client)
}

// ANCHOR_END: lock
