package main

// ANCHOR: absent

// PlayAbsent asks so many questions, one in ten of them for what is not there, of a cache that has no
// limit: for one of so many names, or with 0 for a new one each time. It says how often the original was
// asked, and how many entries the cache has at the end.
func PlayAbsent(names uint64, keepsAbsence bool, zipf Zipf, dice Dice, questions int) (asked, entries int) {
	exists := make(map[uint32]bool)
	absent := make(map[uint64]bool)
	for number := range questions {
		if dice.Below(10) > 0 {
			key := zipf.Draw(&dice)
			if !exists[key] {
				asked++
				exists[key] = true
			}
			continue
		}
		name := uint64(number)
		if names > 0 {
			name = dice.Below(names)
		}
		if !absent[name] {
			asked++
		}
		if keepsAbsence {
			absent[name] = true
		}
	}
	return asked, len(exists) + len(absent)
}

// ANCHOR_END: absent
