# summary.sh - what counting and rounding cost beside their peers, in the same
# run.
#
#	sh tests/bench/summary.sh BUILD [CASES]
#
# Rounding: the median of the ratios of CPU time: ours forks and confines a
# child, solves twice for a table that is unique, and checks it again; GLPK
# solves the first of both programmes and no more.
#
# Counting: from what a registry keeps sealed, with the entry in its ledger, all
# tables of a year; SQLite groups the same rows, in the clear, by five variables.
build=${1:-build}
cases=${2:-1000000}
runs=${RUNS:-25}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
short=0
line() { # WHAT VALUE AIM
	awk -v what="$1" -v value="$2" -v aim="$3" 'BEGIN {
		good = value <= aim
		printf "%-52s %7.2f  aim: at most %-6s %s\n", what, value, aim,
		    good ? "reached" : "short"
		exit !good
	}' || short=1
}
ratio=$("$build/tests/summary/oracle" time "$runs" 2> /dev/null) || exit 1
line "rounding of 455 cells / GLPK, bare" "$ratio" 3
"$build/tests/bench/count" "$work" "$cases" > "$work/rounds" || exit 1
line "count of $cases cases / SQLite, GROUP BY 5" "$(sort -n "$work/rounds" |
    awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }')" 0.10
sort -n "$work/rounds" | awk '{ o[NR] = $2; g[NR] = $3; n = $4 } END {
	m = int((NR + 1) / 2)
	printf "%.0f and %.0f milliseconds, %d groups\n", o[m], g[m], n
}'
exit $short
