# an interview of a batch takes no more instructions than it did
#
# Counted by callgrind over two streams of different length on one processor:
# the difference is what the interviews take, without the start.  The limit is
# what was measured (gcc 12, -O2, libxml2 2.9.14, x86-64) and 15 percent.
limit=274000
few=100
many=600
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Under a sanitizer or gcov the count would be of their instructions.
if grep -qE '__(asan|tsan|gcov)_' "$PROGRAM"; then
	exit 0
fi
command -v valgrind > /dev/null || {
	echo "valgrind is missing: make check installs it"
	exit 1
}
processor=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
# The child that opens files tells its count too; it is the lesser.
count() { # INTERVIEWS: instructions
	"$BUILD/tests/bench/generate" "$1" 1 > "$work/stream.xml" || exit 1
	taskset -c "$processor" valgrind --tool=callgrind --dump-instr=no \
	    --callgrind-out-file=/dev/null "$PROGRAM" assess --batch \
	    "$work/stream.xml" 2>&1 > /dev/null |
	    sed -n 's/.*Collected : *\([0-9]*\).*/\1/p' | sort -n | tail -n 1
}
each=$((($(count $many) - $(count $few)) / (many - few)))
echo "$each instructions for an interview, at most $limit" |
    tee "$BUILD/instructions"
[ "$each" -gt 0 ] && [ "$each" -le "$limit" ]
