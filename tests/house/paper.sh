# each paper as a PDF is sound, tagged, looks as it did, and gives back every word in order, to Poppler and to MuPDF, in each language and country
#
# Alone it prints how many words: by the tags, letter by letter and as a page
# (Poppler), and as MuPDF reads it.  Each language alone for the first country,
# two side by side for all; IHALA_FEW: two side by side for the first.
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
IHALA=$PROGRAM
bad=0
. tests/cli/prelude.inc
. tests/document/every.inc
wrong() { # WHAT: of the paper at hand
	echo "$paper: $1"
	bad=1
}
# tagged: its structure has a tag for each sort of block it is made of
tagged() {
	pdfinfo -struct "$pdf" > "$T/structure"
	while read -r block tags; do
		grep -qE "<$block[ >]" "$T/$paper.xml" || continue
		for tag in $tags; do
			grep -qE "^ *$tag( |\$)" "$T/structure" || wrong "has no $tag"
		done
	done <<B
doc H1
h H2
p P
list L LI Lbl LBody
fields Table TR TH TD
table Table TR TH TD
B
}
# sound: $paper.pdf, made of $paper.xml
sound() {
	pdf=$T/$paper.pdf
	qpdf --check "$pdf" > "$T/said" 2>&1 || wrong "qpdf finds a fault"
	pdfinfo "$pdf" > "$T/info"
	grep -q '^Tagged: *yes' "$T/info" || wrong "is not tagged"
	# its program, a neutral title, and no more
	grep -E '^(Author|Subject|Keywords|CreationDate|ModDate):|^Metadata Stream: *yes' "$T/info" &&
	    wrong "tells more than its title"
	title=$(sed -n 's/^Title: *//p' "$T/info")
	grep -qF " title=\"$title\"" "$T/$paper.xml" || wrong "has another title"
	pdffonts "$pdf" | tail -n +3 |
	    awk '{ if ($(NF - 4) != "yes" || $1 !~ /^[A-Z]+\+(Noto|Amiri)/) exit 1 }' ||
	    wrong "has a font that is not in it"
	tagged
	pdfinfo -struct-text "$pdf" > "$T/by-tags"
	pdftotext -raw "$pdf" "$T/letters"
	pdftotext "$pdf" "$T/page"
	mutool draw -q -F txt "$pdf" > "$T/others" 2> /dev/null
	counts=$(python3 tests/document/words.py "$T/$paper.xml" order="$T/by-tags" \
	    letters="$T/letters" any="$T/page" order="$T/others") || bad=1
	echo "$paper: $counts"
}
paper() { # OFFICE KIND WORDS...: in each of $languages
	for lang in $languages; do
		paper=$1-$2-$lang
		for format in pdf xml; do
			printed "$@" --lang $lang --format $format -o "$T/$paper.$format"
		done
		sound
	done
}
paper=mixed
"$BUILD/tests/document/set" < tests/document/mixed.xml > "$T/mixed.pdf"
cp tests/document/mixed.xml "$T/mixed.xml"
sound
# and it looks as it did when somebody looked at it
pdftoppm -r 60 -gray "$T/mixed.pdf" "$T/mixed"
for page in 1 2; do
	python3 tests/document/picture.py tests/document/mixed-$page.png \
	    "$T/mixed-$page.pgm" || bad=1
done

offices MA EG TN
between MA TN 7
between TN EG 8
between EG MA 9
for office in MA EG TN; do
	languages="ar fr en ar,fr"
	[ $office = MA ] && [ -z "$IHALA_FEW" ] || languages=ar,fr
	whole $office
	papers_of $office
	[ -z "$IHALA_FEW" ] || break
done
exit $bad
