# names.sh - what looking for a person costs, beside a bare indexed query.
#
#	sh tests/bench/names.sh BUILD [CASES]
#
# CPU time of a search by marks over CPU time of an SQLite query on the same
# names in the clear that finds the same cases; the median of five rounds.
build=${1:-build}
cases=${2:-100000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/names" "$work" "$cases" 400 > "$work/rounds" || exit 1
tell() { # WHAT
	sort -n | awk -v what="$1" -v cases="$cases" '
		{ ratio[NR] = $1; ours[NR] = $2; found[NR] = $4 }
		END {
			m = int((NR + 1) / 2)
			printf "name search, %s: ratio %.2f (aim: 3 at most)\n", what, ratio[m]
			printf "%.0f microseconds, %.0f of %d cases found\n", ours[m], found[m], cases
		}'
}
grep -v any "$work/rounds" | tell "with a year of birth"
grep any "$work/rounds" | cut -d' ' -f2- | tell "without one"
