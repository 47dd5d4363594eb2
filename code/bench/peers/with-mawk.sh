#!/bin/sh
# The report with mawk, in its one thread; sort puts the rows in order.
#
# Called as `with-mawk.sh LOG TABLE THREADS`; prints the rows, separated by tabs. Tried: blanks as separators;
# blanks and quotes, as an expression; and the quote alone, with `index` for the rest, which is the fastest
# here by a little, since nothing behind the request is split into words. The holder is found by the first
# octet, after counting, as in the report with DuckDB and for the same reason.
set -eu
# The status of a pipe is that of its end, so a program that is missing must be noticed before.
command -v mawk >/dev/null || { echo "mawk is not installed" >&2; exit 127; }
if [ "$1" = --version ]; then
    mawk -W version 2>&1 </dev/null | head -n 1
    exit
fi
LC_ALL=C exec mawk -v table="$2" '
BEGIN {
    FS = "\""; OFS = "\t"
    while ((getline row < table) > 0) {
        octet = substr(row, 1, index(row, ".") - 1)
        sub(/^[^,]*,[^,]*,/, "", row)
        if (sub(/^"/, "", row)) sub(/".*/, "", row); else sub(/,.*/, "", row)
        holder[octet] = row
    }
}
substr($3, 1, 5) !~ /^ [0-9][0-9][0-9] $/ || substr($3, 6) !~ /^([0-9]+|-)( |$)/ { malformed++; next }
{
    route = substr($2, index($2, " ") + 1)
    if (match(route, /[ ?#]/)) route = substr(route, 1, RSTART - 1)
    key = substr($1, 1, index($1, ".") - 1) OFS route
    hits[key]++
    bytes[key] += substr($3, 6)
    if (substr($3, 2, 3) >= 500) errors[key]++
}
END {
    for (key in hits) {
        at = index(key, OFS)
        octet = substr(key, 1, at - 1)
        row = ((octet in holder) ? holder[octet] : "unknown") substr(key, at)
        all_hits[row] += hits[key]; all_bytes[row] += bytes[key]; all_errors[row] += errors[key]
    }
    sort = "sort -t \"" OFS "\" -k 3,3nr -k 1,1 -k 2,2"
    for (row in all_hits)
        printf "%s\t%.0f\t%.0f\t%.0f\n", row, all_hits[row], all_bytes[row], all_errors[row] | sort
    if (malformed) printf "\t\t%.0f\t0\t0\n", malformed | sort
}' "$1"
