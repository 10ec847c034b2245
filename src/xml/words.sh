# words.sh - the catalogue becomes C.
#
#	sh src/xml/words.sh BUILD/gen xml/words/*.xml
#
# Each file is held against xml/schema/words.rng, then src/xml/words.awk
# checks every text and writes words_keys.h (one macro a key, so that a key
# that is not there fails the build), words_table.inc and words_tags.inc.  A
# file that would not change is left alone, and nothing is built anew for it.
set -e
export LC_ALL=C
gen=$1
shift
mkdir -p "$gen"
work=$(mktemp -d "$gen/words.XXXXXX")
trap 'rm -rf "$work"' EXIT
: > "$work/lines"
for file in "$@"; do
	[ -e "$file" ] || continue
	xmllint --noout --nonet --relaxng xml/schema/words.rng "$file" \
	    2> "$work/why" || { cat "$work/why" >&2; exit 1; }
	xsltproc --nonet --stringparam file "$file" src/xml/words.xsl "$file" \
	    >> "$work/lines"
done
sort "$work/lines" > "$work/sorted"
awk -v keys="$work/words_keys.h" -v table="$work/words_table.inc" \
    -v tags="$work/words_tags.inc" -f src/xml/words.awk "$work/sorted"
for made in words_keys.h words_table.inc words_tags.inc; do
	cmp -s "$work/$made" "$gen/$made" || mv "$work/$made" "$gen/$made"
done
