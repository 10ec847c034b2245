# summary.sh - what rounding costs beside another solver, in the same run.
#
#	sh tests/bench/summary.sh BUILD
#
# The median of the ratios of CPU time: ours forks and confines a
# child, solves twice for a table that is unique, and checks it again; GLPK
# solves the first of both programmes and no more.
build=${1:-build}
runs=${RUNS:-25}
ratio=$("$build/tests/summary/oracle" time "$runs" 2> /dev/null) || exit 1
awk -v value="$ratio" 'BEGIN {
	good = value <= 3
	printf "%-52s %7.2f  aim: at most 3      %s\n", "rounding of 455 cells / GLPK, bare",
	    value, good ? "reached" : "short"
	exit !good
}'
