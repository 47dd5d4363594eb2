module phrasebook

go 1.25
