# bench.sh - what a whole assessment costs, beside merely reading the XML.
#
#	sh tests/bench/bench.sh BUILD [INTERVIEWS]
#
# CPU time of `ihala assess --batch` over CPU time of `xmllint --stream`, on
# the same stream, in alternation: the median of five ratios, so that a busy
# machine slows both.
build=${1:-build}
count=${2:-20000}
aim=0.60
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/generate" "$count" 1 > "$work/stream.xml" || exit 1

cpu() { # COMMAND...: seconds of user and system time
	bash -c 'TIMEFORMAT="%U %S"; { time "$@" > /dev/null 2>&1; } 2>&1' \
	    cpu "$@" | awk '{ print $1 + $2 }'
}

"$build/ihala" assess --batch "$work/stream.xml" > "$work/out" || exit 1
[ "$(wc -l < "$work/out")" = "$count" ] || {
	echo "expected $count lines"
	exit 1
}
for run in 1 2 3 4 5; do
	peer=$(cpu xmllint --stream --noout "$work/stream.xml")
	ours=$(cpu "$build/ihala" assess --batch "$work/stream.xml")
	echo "$ours $peer" | awk '{ print $1 / $2, $1, $2 }'
done | sort -n | awk -v aim="$aim" -v count="$count" '
	{ ratio[NR] = $1; ours[NR] = $2 }
	END {
		m = int((NR + 1) / 2)
		printf "ratio %.2f (aim %s)\n", ratio[m], aim
		printf "%d interviews in %.2f s of CPU\n", count, ours[m]
	}'
