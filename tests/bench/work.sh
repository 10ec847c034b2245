# work.sh - what the worklist costs, beside a bare indexed query.
#
#	sh tests/bench/work.sh BUILD [CASES]
#
# CPU time of the worklist over CPU time of an SQLite query on a table kept in
# its order that returns the same rows; the median of seven rounds.
build=${1:-build}
cases=${2:-100000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/work" "$work" "$cases" > "$work/rounds" || exit 1
tell() { # WHAT
	sort -n | awk -v what="$1" -v cases="$cases" '
		{ ratio[NR] = $1; ours[NR] = $2; rows = $4 }
		END {
			m = int((NR + 1) / 2)
			printf "worklist, %s: ratio %.2f (aim: 3 at most)\n", what, ratio[m]
			printf "%.1f milliseconds, %d rows of %d cases\n", ours[m], rows, cases
		}'
}
grep -v week "$work/rounds" | tell "all that is due"
grep week "$work/rounds" | cut -d' ' -f2- | tell "due within a week"
