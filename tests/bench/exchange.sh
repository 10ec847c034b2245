# exchange.sh - what a letter costs, beside the raw signatures in it.
#
#	sh tests/bench/exchange.sh BUILD
#
# A sealed file of 50 KB with two signatures: a referral's case and its
# documents, and an annex that does not pack.  CPU time, confined children
# included, in alternation with the peer, all on one processor: the median of
# nine rounds.  Exit 1 where a line falls short.
build=${1:-build}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
first=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
ihala() {
	"$build/ihala" --registry "$work/office" --passphrase-file \
	    "$work/passphrase" --lang en "$@" 2>> "$work/log" || {
		tail -n 5 "$work/log" >&2
		exit 1
	}
}
echo "an invented passphrase" > "$work/passphrase"
ihala init --committee MA --training
code=$(ihala case open xml/example/01-indicated-fr.xml) || exit 1
ihala refer "$code" --to TN
ihala send "$code" --to TN --preview > "$work/case.xml"
for lang in ar fr; do
	ihala document referral "$code" --lang $lang -o "$work/$lang.html"
done
taskset -c "$first" "$build/tests/bench/exchange" "$work" > "$work/rounds" ||
    exit 1
sort -k1,1 -k2,2n "$work/rounds" | awk '
	function line(what, value, aim, note) {
		printf "%-52s %7.2f  aim: at most %-6s %s (%s)\n", what, value,
		    aim, value <= aim ? "reached" : "short", note
		short += value > aim
	}
	$1 == "open" || $1 == "seal" {
		n = ++count[$1]; ratio[$1, n] = $2; ours[$1, n] = $3; raw[$1, n] = $4
	}
	$1 == "child" { child = $2 }
	$1 == "memory" { memory[$2] = $3; bytes[$2] = $4 }
	END {
		o = int((count["open"] + 1) / 2)
		line("opening 50 KB, 2 signatures / P-256 verification",
		    ratio["open", o], 14,
		    sprintf("%.0f / %.0f microseconds", ours["open", o], raw["open", o]))
		line("sealing it / (25 signatures + 4 verifications)",
		    ratio["seal", o], 1,
		    sprintf("%.0f microseconds, a signature %.0f", ours["seal", o], raw["seal", o]))
		for (w = 1; w <= 2; w++) {
			what = w == 1 ? "open" : "seal"
			line("memory at the peak of " what "ing it / its size",
			    memory[what], 4,
			    sprintf("%.0f KB allocated beyond the desk, children included", bytes[what] / 1024))
		}
		printf "one confined child, started and ended: %.0f microseconds; " \
		    "those of a desk serve all its letters and are counted above\n", child
		exit short > 0
	}'
