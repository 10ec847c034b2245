# agree.sh - is the engine's word on generated interviews that of the oracle?
#
#	BUILD=build PROGRAM=build/ihala sh tests/assess/agree.sh \
#	    COUNT SEED INSTRUMENT FRAMEWORK...
#
# Prints nothing where both agree line for line, and where a batch by each
# framework, which reads a stream and no tree, says so too.
. tests/assess/frameworks.inc
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=$1 seed=$2 instrument=$3
shift 3
"$BUILD/tests/bench/generate" "$count" "$seed" "$instrument" > "$work/stream" || exit 1
oracle "$work/stream" "$@" > "$work/oracle" || exit 1
"$BUILD/tests/assess/judge" "$work/stream" "$@" > "$work/engine" || exit 1
lines=$(wc -l < "$work/oracle")
if [ "$lines" != $((count * $#)) ]; then
	echo "$instrument: $lines lines of $((count * $#))"
	exit 1
fi
diff "$work/oracle" "$work/engine" > "$work/diff" || {
	echo "$instrument, seed $seed, <oracle >engine:"
	head -n 8 "$work/diff"
	exit 1
}
for framework in "$@"; do
	"$PROGRAM" assess --batch --framework "$framework" "$work/stream" \
	    > "$work/batch" 2> "$work/errors" || { cat "$work/errors"; exit 1; }
	awk -v framework="$framework" '$2 == framework { print $1, $3, $4, $5, $7 }' \
	    "$work/oracle" | diff - "$work/batch" > "$work/diff" || {
		echo "$framework, seed $seed, <oracle >batch:"
		head -n 8 "$work/diff"
		exit 1
	}
done
