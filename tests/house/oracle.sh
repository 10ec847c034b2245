# the engine agrees with the oracle, a stylesheet that shares no code with it
#
# tests/assess/expected.txt holds the oracle's line for each example: id,
# outcome, at least, at most, and whether each dimension is positive.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	framework=$(grep -l " instrument=\"$id\" main=\"true\"" xml/framework/*.xml)
	"${PROGRAM:-build/ihala}" assess --batch "$file" \
	    --framework "$(basename "$framework" .xml)" 2>> "$work/errors"
done | awk '{
	line = $1 " " $2 " " $3 " " $4
	for (i = 1; i <= length($5); i++) {
		c = substr($5, i, 1)
		line = line " " (c == "t" ? "true" : c == "f" ? "false" : "undetermined")
	}
	print line
}' > "$work/engine"
diff -u tests/assess/expected.txt "$work/engine" || {
	cat "$work/errors"
	exit 1
}
