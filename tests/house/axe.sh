# each paper as a page has no fault that axe knows, on a screen and in print, in each language
#
# Each language for the first country, and two of them side by side for the others; IHALA_FEW: the first.
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
IHALA=$PROGRAM
. tests/cli/prelude.inc
. tests/document/every.inc
mkdir "$T/pages"
paper() { # OFFICE KIND WORDS...
	for lang in $languages; do
		printed "$@" --lang $lang -o "$T/pages/$1-$2-$lang.html"
	done
}
offices MA EG TN
between MA TN 7
between TN EG 8
between EG MA 9
languages="ar fr en ar,fr"
for office in MA EG TN; do
	whole $office
	eval "paper $office copy \$whole_$office"
	papers_of $office
	[ -z "$IHALA_FEW" ] || break
	languages=ar,fr
done > "$T/said"
cat "$T/said"
[ ! -s "$T/said" ] && node tests/npm/pages.mjs "$T/pages"
