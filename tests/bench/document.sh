# document.sh - what a paper costs, beside xsltproc and beside a browser.
#
#	sh tests/bench/document.sh BUILD
#
# HTML: the referral of one case of 10 KB in two languages, many times in one
# process, its stylesheets compiled once; beside one process of xsltproc for each
# of the same two stylesheets, given all the cases, with the words of the paper
# in a key.  Both write the same bytes.  We read country, questionnaire and
# framework once, and xsltproc with each case, for it has no other way; what
# it is without that is told apart.
# PDF: a rights sheet of two pages; beside headless Chromium, where there is one, that
# prints the HTML of the same blocks.
# CPU time, in alternation: the median of the ratios.  Exit 1 where a line
# falls short.
build=${1:-build}
times=${2:-100}
runs=${RUNS:-5}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
measure=$build/tests/bench/measure
first=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
: > "$work/short"
: > "$work/case.xml"

ihala() {
	"$build/ihala" --registry "$work/office" --passphrase-file \
	    "$work/passphrase" --lang ar --now 2026-11-21T10:00:00Z "$@" \
	    2>> "$work/log" || { tail -n 5 "$work/log" >&2; exit 1; }
}
alone() { # COMMAND...: seconds of CPU on one processor
	taskset -c "$first" "$measure" "$@" | cut -d ' ' -f 1
}
ratio() { # OURS PEER: the median of one over the other, and of each
	for run in $(seq "$runs"); do
		peer=$($2) || exit 1
		ours=$($1) || exit 1
		echo "$ours $peer"
	done | awk '{ print $1 / $2, $1, $2 }' | sort -n |
	    awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'
}
# line WHAT AIM UNITS, for "RATIO OURS PEER"
line() {
	read -r value ours peer
	awk -v what="$1" -v aim="$2" -v units="$3" -v value="$value" \
	    -v ours="$ours" -v peer="$peer" 'BEGIN {
		good = value <= aim
		printf "%-52s %7.2f  aim: at most %-6s %s (%.1f and %.1f ms)\n",
		    what, value, aim, good ? "reached" : "short",
		    1000 * ours / units, 1000 * peer / units
		exit !good
	}' || echo "$1" >> "$work/short"
}
body() { # FILE: without its declaration and comments
	xmllint --nonet --c14n "$1"
}

echo "an invented passphrase" > "$work/passphrase"
ihala init --committee MA --training
code=$(ihala case open xml/example/01-indicated-fr.xml) || exit 1
ihala refer "$code" --to TN
for format in html xml; do
	ihala document rights --format $format -o "$work/two.$format"
done
# a case of 10 KB, as one is in which consent was asked for again and again
until [ "$(wc -c < "$work/case.xml")" -ge 10000 ]; do
	for n in 1 2 3 4 5; do
		ihala consent give "$code" --purpose referral --to TN --read-in ar --mode oral
	done
	ihala send "$code" --to TN --preview > "$work/case.xml"
done
echo "a case of $(wc -c < "$work/case.xml") bytes"

# ---- HTML
{
	echo '<sources xmlns="urn:ihala:sources:1"><tongue tag="ar-MA" lang="ar"/><tongue tag="fr-MA" lang="fr"/>'
	while read -r name file; do
		echo "<$name>"
		body "$file"
		echo "</$name>"
	done <<M
record $work/case.xml
sender xml/mechanism/MA.xml
recipient xml/mechanism/TN.xml
instrument xml/instrument/adult.xml
framework xml/framework/ilo-adult-labour.xml
M
	echo '</sources>'
} > "$work/sources.xml"
# the words of the paper, inside the stylesheet: no file to read for each case
{
	sed '/<xsl:key/,$d' tests/bench/words.xsl
	echo "<xsl:import href=\"$PWD/xslt/referral.xsl\"/>"
	echo '<w:words>'
	for room in document common; do
		body "xml/words/$room.xml"
	done
	echo '</w:words>'
	sed -n '/<xsl:key/,$p' tests/bench/words.xsl
} > "$work/referral.xsl"
cases=$(yes "$work/sources.xml" | head -n "$times")
papers=$(yes "$work/blocks.xml" | head -n "$times")
xslt() {
	xsltproc --nonet --stringparam made 2026-11-21 "$work/referral.xsl" "$@"
}
xslt "$work/sources.xml" > "$work/blocks.xml"
xsltproc --nonet xslt/print.xsl "$work/blocks.xml" > "$work/theirs.html"
"$build/tests/bench/document" "$work/sources.xml" "$work/case.xml" 1 \
    > "$work/ours.html"
cmp "$work/ours.html" "$work/theirs.html" || {
	echo "xsltproc says something else"
	exit 1
}
ours() {
	alone "$build/tests/bench/document" "$work/sources.xml" \
	    "$work/case.xml" "$times"
}
reading_all() {
	alone "$build/tests/bench/document" "$work/sources.xml" "$times"
}
theirs() {
	# shellcheck disable=SC2086 # one word a file
	{
		alone xsltproc --nonet --stringparam made 2026-11-21 \
		    "$work/referral.xsl" $cases
		alone xsltproc --nonet xslt/print.xsl $papers
	} | awk '{ all += $1 } END { print all }'
}
ratio ours theirs | line "HTML of a case / xsltproc, CPU" 0.80 "$times"
ratio reading_all theirs | awk '{
	printf "%-52s %7.2f\n", "the same, where we read all with each case", $1
}'

# ---- PDF
"$build/tests/document/set" < "$work/two.xml" > "$work/two.pdf" || exit 1
grep -aq '/Count 2' "$work/two.pdf" || { echo "it is not of two pages"; exit 1; }
browser=$(command -v chromium || command -v chromium-browser)
[ -n "$browser" ] || {
	echo "PDF / headless Chromium: not judged: there is no Chromium"
	[ ! -s "$work/short" ]
	exit
}
cat > "$work/set" <<M
exec "$build/tests/document/set" < "$work/two.xml"
M
pdf() { alone sh "$work/set"; }
printed() {
	alone "$browser" --headless --no-sandbox --disable-gpu \
	    --user-data-dir="$work/profile" --no-pdf-header-footer \
	    --print-to-pdf="$work/printed.pdf" "file://$work/two.html"
}
ratio pdf printed | line "PDF of two pages / headless Chromium, CPU" 0.10 1
[ -s "$work/printed.pdf" ] || { echo "Chromium printed nothing"; exit 1; }
[ ! -s "$work/short" ]
