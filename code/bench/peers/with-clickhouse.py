#!/usr/bin/env python3
"""The report with ClickHouse, embedded as chDB.

Called as `with-clickhouse.py LOG TABLE THREADS`; prints the rows, separated by tabs. Tried for the line: the
format `Regexp`; `LineAsString` with `extractGroups`; and with `splitByChar`. The last, stopped after the
eleventh word, is the fastest here. The holder is joined by the first octet, after counting, as in the
report with DuckDB and for the same reason.
"""

import sys

QUERY = """
SELECT if(malformed, '', if(t.holder = '', 'unknown', t.holder)) AS holder, if(malformed, '', g.route) AS route,
       sum(g.hits) AS hits, sum(g.bytes) AS bytes, sum(g.errors) AS errors
FROM (
    SELECT octet, route, length(word) != 3 OR isNull(status) OR isNull(size) AS malformed,
           count() AS hits, sum(toUInt128(ifNull(size, 0))) AS bytes, countIf(status >= 500) AS errors
    FROM (
        SELECT splitByChar(' ', line, 11) AS w, substring(w[1], 1, position(w[1], '.') - 1) AS octet,
               cutQueryStringAndFragment(w[7]) AS route, w[9] AS word, toUInt16OrNull(word) AS status,
               if(w[10] = '-', 0, toUInt64OrNull(w[10])) AS size
        FROM file('{log}', 'LineAsString', 'line String')
    )
    GROUP BY octet, route, malformed
) AS g
LEFT JOIN (
    SELECT splitByChar('.', first)[1] AS octet, holder FROM file('{table}', 'CSVWithNames')
) AS t ON g.octet = t.octet
GROUP BY holder, route
ORDER BY hits DESC, holder, route
SETTINGS max_threads = {threads}
"""


def quoted(path):
    return path.replace("\\", "\\\\").replace("'", "\\'")


def main():
    import chdb

    if sys.argv[1:] == ["--version"]:
        print("chDB", chdb.__version__, "with ClickHouse", chdb.engine_version)
        return
    log, table, threads = sys.argv[1:]
    query = QUERY.format(log=quoted(log), table=quoted(table), threads=int(threads))
    sys.stdout.buffer.write(chdb.query(query, "TSVRaw").bytes())


main()
