#!/usr/bin/env python3
"""The report with DuckDB: by its Python module, or else by its command line.

Called as `with-duckdb.py LOG TABLE THREADS [--keep]`; prints the rows, separated by tabs. With `--keep` it puts the columns
of the log into the database `LOG.duckdb` when it is called first, and asks them from then on. Tried, each with each:

- the line: `read_csv` with blanks as delimiter and quoted fields; with the quote as delimiter; a line as
  one column and `regexp_extract`; and `string_split`. The last is the fastest here by far.
- the holder: an ASOF join of all lines with the ranges; of the distinct clients only; a hash join by the
  first octet, before or after counting. To count by octet and route first is the fastest. It relies on
  each range of this table being one whole octet, which our own steps do not know.
"""

import shutil
import subprocess
import sys

HITS = r"""
SELECT split_part(w[1], '.', 1) AS octet,
       split_part(split_part(w[7], '?', 1), '#', 1) AS route,
       CASE WHEN length(w[9]) = 3 THEN TRY_CAST(w[9] AS USMALLINT) END AS status,
       CASE WHEN w[10] = '-' THEN 0 ELSE TRY_CAST(w[10] AS UBIGINT) END AS bytes
FROM (
    SELECT string_split(line, ' ') AS w
    FROM read_csv('{log}', columns = {{'line': 'VARCHAR'}}, header = false, auto_detect = false,
                  delim = '\x01', quote = '', escape = '', max_line_size = 8388608)
)
"""

REPORT = r"""
COPY (
    WITH counted AS (
        SELECT octet, route, status IS NULL OR bytes IS NULL AS malformed,
               count(*) AS hits, sum(bytes) AS bytes, count_if(status >= 500) AS errors
        FROM {hits} GROUP BY ALL
    ), holders AS (
        SELECT split_part(first, '.', 1) AS octet, holder FROM read_csv('{table}', header = true)
    )
    SELECT CASE WHEN malformed THEN '' ELSE coalesce(holder, 'unknown') END AS holder,
           CASE WHEN malformed THEN '' ELSE route END AS route,
           sum(hits)::BIGINT AS hits, coalesce(sum(bytes), 0)::HUGEINT AS bytes,
           coalesce(sum(errors), 0)::BIGINT AS errors
    FROM counted LEFT JOIN holders USING (octet)
    GROUP BY ALL ORDER BY hits DESC, holder, route
) TO '/dev/stdout' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '');
"""


def quoted(path):
    return path.replace("'", "''")


def main():
    try:
        import duckdb
    except ImportError:
        duckdb = None
    program = shutil.which("duckdb")
    if duckdb is None and program is None:
        sys.exit("there is neither a Python module duckdb nor a program duckdb")
    if sys.argv[1:] == ["--version"]:
        version = duckdb.__version__ if duckdb else subprocess.check_output(
            [program, "--version"], text=True).split()[0].lstrip("v")
        print("DuckDB", version)
        return
    log, table, threads, *keep = sys.argv[1:]
    hits, kept, query = HITS.format(log=quoted(log)), ":memory:", ""
    if keep:
        kept, query = log + ".duckdb", f"CREATE TABLE IF NOT EXISTS hits AS {hits};"
    query = (f"SET threads = {int(threads)}; SET preserve_insertion_order = false; {query}"
             + REPORT.format(hits="hits" if keep else f"({hits})", table=quoted(table)))
    if duckdb:
        duckdb.connect(kept).execute(query)
    else:
        subprocess.run([program, "-init", "/dev/null", kept, "-c", query], check=True)


main()
