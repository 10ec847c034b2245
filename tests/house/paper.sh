# each paper as a PDF is sound, tagged, looks as it did, and gives back every word in order, to Poppler and to MuPDF, in each language and country
#
# Alone it prints how many words: by the tags, letter by letter and as a page
# (Poppler), and as MuPDF reads it.  IHALA_FEW: one country.
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
IHALA=$PROGRAM
bad=0
. tests/cli/prelude.inc
wrong() { # WHAT: of the paper at hand
	echo "$paper: $1"
	bad=1
}
held() { # HOW: the words of standard input
	python3 tests/document/words.py "$1" "$T/$paper.xml" || bad=1
}
# tagged TAG...: the structure has each of them
tagged() {
	pdfinfo -struct "$T/$paper.pdf" > "$T/structure"
	for tag in "$@"; do
		grep -qE "^ *$tag( |\$)" "$T/structure" || wrong "has no $tag"
	done
}
# sound TAG...: $paper.pdf, made of $paper.xml
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
	tagged "$@"
	echo "$paper: $(pdfinfo -struct-text "$pdf" | held order);" \
	    "$(pdftotext -raw "$pdf" - | held letters);" \
	    "$(pdftotext "$pdf" - | held any);" \
	    "$(mutool draw -q -F txt "$pdf" 2> /dev/null | held order)" \
	    > "$T/counts"
	cat "$T/counts"
	grep -q without "$T/counts" && bad=1
}
papers() { # OFFICE KIND CODE TAG...: in each language
	office=$1 kind=$2 code=$3
	shift 3
	for languages in ar fr en ar,fr; do
		paper=$office-$kind-$languages
		for format in pdf xml; do
			at $office document $kind $code --lang $languages \
			    --format $format -o "$T/$paper.$format" > "$T/at" ||
			    wrong "$(cat "$T/at")"
		done
		sound "$@"
	done
}
paper=mixed
"$BUILD/tests/document/set" < tests/document/mixed.xml > "$T/mixed.pdf"
cp tests/document/mixed.xml "$T/mixed.xml"
sound H1 H2 P L LI Lbl LBody Table TR TH TD
# and it looks as it did when somebody looked at it
pdftoppm -r 60 -gray "$T/mixed.pdf" "$T/mixed"
for page in 1 2; do
	python3 tests/document/picture.py tests/document/mixed-$page.png \
	    "$T/mixed-$page.pgm" || bad=1
done

offices MA EG TN
while read -r office to refers refuses goes; do
	code=$(opened $office xml/example/$refers-*.xml)
	quietly $office refer $code --to $to
	papers $office referral $code H1 H2 P Table TR TH TD
	papers $office consent "$code --purpose referral" H1 H2 P L LI Table
	code=$(opened $office xml/example/$refuses-*.xml)
	quietly $office consent refuse $code --purpose referral --read-in fr
	quietly $office case move $code file finalise
	quietly $office case move $code file refuse
	quietly $office refer $code --to $to
	papers $office notification $code H1 P Table TR TH TD
	code=$(opened $office xml/example/$goes-*.xml)
	quietly $office case move $code file finalise
	quietly $office case move $code file no-indication
	quietly $office case destroy $code -o "$T/receipt"
	papers $office erasure $code H1 P
	[ -z "$IHALA_FEW" ] || break
done <<M
MA TN 01 02 05
EG MA 11 12 15
TN EG 21 22 25
M
exit $bad
