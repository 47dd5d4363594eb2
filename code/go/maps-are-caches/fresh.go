package main

// ANCHOR: rule

// Rule is how a cache gets rid of what is not true any more.
type Rule struct {
	// After so many questions a copy is not used any more; 0 for never.
	timeToLive int
	// The writer that changes the original tells the cache, if this is not nil.
	told *Told
}

// Told is how well the cache is told of changes.
type Told struct {
	// A message is under way for so many questions.
	late int
	// Of so many messages one does not arrive; with 0 all do.
	losesOneIn uint64
}

// ANCHOR_END: rule

// Outcome is what became of the questions.
type Outcome struct {
	// Answered from the cache.
	hits int
	// Of those, answered with what was not true any more.
	stale int
}

// ANCHOR: play

// Play asks all questions of a cache that starts empty; the original of one key changes after each
// changeEvery of them, at least one.
func Play(rule Rule, zipf Zipf, questions []uint32, changeEvery int) Outcome {
	original := newOriginal(zipf, rule.told)
	// Which version was fetched, and when.
	type copied struct{ version, since int }
	copies := make(map[uint32]copied)
	var outcome Outcome
	for now, key := range questions {
		if now%changeEvery == 0 {
			original.change(now)
		}
		for _, key := range original.messages(now) {
			delete(copies, key)
		}
		version := original.versions[key]
		known, isKnown := copies[key]
		if isKnown && (rule.timeToLive == 0 || now-known.since < rule.timeToLive) {
			outcome.hits++
			if known.version != version {
				outcome.stale++
			}
		} else {
			copies[key] = copied{version, now}
		}
	}
	return outcome
}

// ANCHOR_END: play

// original is the truth, and the messages about it that are under way.
type original struct {
	zipf Zipf
	dice Dice
	told *Told
	// How often each key has changed.
	versions map[uint32]int
	// When a message is due, and about which key.
	underWay []message
}

type message struct {
	due int
	key uint32
}

func newOriginal(zipf Zipf, told *Told) *original {
	// Not the dice of the questions: what changes has nothing to do with who asks.
	return &original{zipf: zipf, dice: 0xc0ffee, told: told, versions: make(map[uint32]int)}
}

// change changes one key, and tells the cache if it is to be told.
func (o *original) change(now int) {
	key := o.zipf.Draw(&o.dice)
	o.versions[key]++
	// Thrown in any case: under all rules the same keys change.
	lot := o.dice.Below(1 << 32)
	if o.told == nil || o.told.losesOneIn > 0 && lot%o.told.losesOneIn == 0 {
		return
	}
	o.underWay = append(o.underWay, message{now + o.told.late, key})
}

// messages are the keys of the messages that have arrived.
func (o *original) messages(now int) []uint32 {
	var keys []uint32
	for len(o.underWay) > 0 && o.underWay[0].due <= now {
		keys = append(keys, o.underWay[0].key)
		o.underWay = o.underWay[1:]
	}
	return keys
}
