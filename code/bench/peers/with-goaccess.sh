#!/bin/sh
# GoAccess, as near to the report as it comes: it knows no table of holders, so it counts by route only.
#
# Called as `with-goaccess.sh LOG TABLE THREADS`; prints its own JSON. A route's hits are in three panels: of
# pages, of static files, and of what was not found. All other panels are switched off, and so are the method
# and the protocol, which would part a route's hits; with them it takes about half as long again.
set -eu
# The status of a pipe is that of its end, so a program that is missing must be noticed before.
command -v goaccess >/dev/null || { echo "goaccess is not installed" >&2; exit 127; }
if [ "$1" = --version ]; then
    goaccess --version | sed -n '1s/ - / /; 1s/\.$//; 1p'
    exit
fi
others='VISITORS HOSTS OS BROWSERS VISIT_TIMES VIRTUAL_HOSTS REFERRERS REFERRING_SITES KEYPHRASES STATUS_CODES
    REMOTE_USER CACHE_STATUS GEO_LOCATION MIME_TYPE TLS_TYPE'
LC_ALL=C exec goaccess "$1" --no-global-config --log-format=COMBINED --no-query-string --http-method=no \
    --http-protocol=no --no-progress --max-items=1000000 --output=json \
    $(printf -- '--ignore-panel=%s ' $others)
