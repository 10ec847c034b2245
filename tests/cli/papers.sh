# ihala document: every kind of paper, in each language, for each country.
. tests/cli/prelude.inc
. tests/document/every.inc
# counts FILE: how many blocks of each sort
counts() {
	for block in h p alert note list fields table sign; do
		n=$(grep -oE "<$block( |>)" "$1" | wc -l)
		[ "$n" = 0 ] || printf ' %s %s' "$n" "$block"
	done
}
# paper OFFICE KIND WORDS...: side by side, and then in each language
# (IHALA_FEW: the blocks only)
paper() {
	office=$1 kind=$2
	shift 2
	made=
	printed "$office" "$kind" "$@" --lang ar,fr --format xml -o "$T/paper.xml"
	xmllint --noout --relaxng xml/schema/block.rng "$T/paper.xml" 2> "$T/.said" || mask < "$T/.said"
	echo "$office $kind: $(sed -n 's/.*<title>\(.*\)<\/title>.*/\1/; s/<[^>]*><text[^>]*>/ | /; s/<[^>]*>//g; 2p' "$T/paper.xml")$(counts "$T/paper.xml")"
	for lang in $languages; do
		printed "$office" "$kind" "$@" --lang $lang -o "$T/paper.html"
		tidy -q -e "$T/paper.html" > "$T/.said" 2>&1 && made="$made $lang" || mask < "$T/.said"
	done
	[ "$made" = "${languages:+ $languages}" ] || echo "made in:$made"
}
languages="ar fr en ar,fr"
[ -z "$IHALA_FEW" ] || languages=
say document list
say document list --lang ar
say document list --lang fr --format xml
# between offices: a case is sent, something is asked about it, and refused
offices MA EG TN
between MA TN 7
between TN EG 8
between EG MA 9
whole MA
MA=$whole_MA
# what a case lacks is named, and nothing is written
bare=$(interview MA 2 xml/example/12-fears-en.xml)
for kind in notice plan follow-up closure request reply receipt; do
	at MA --user amal document $kind "$bare" --lang fr -o "$T/none.html"
done
at MA --user amal document cross-border $MA --to court-support-unit --lang fr -o "$T/none.html"
at MA --user amal document withdrawal "$bare" --purpose justice --lang ar -o "$T/none.html"
at MA --user amal --lang fr document withdrawal "$bare" --purpose justice -o "$T/none.html"
at MA --user amal document consent "$bare" --lang ar -o "$T/none.html"
at MA --user amal document consent "$bare" --purpose nothing --lang ar -o "$T/none.html"
at MA --user amal document rights "$bare" --lang ar -o "$T/none.html"
at MA --user amal document questionnaire --lang ar -o "$T/none.html"
at MA --user amal document questionnaire nothing --lang ar -o "$T/none.html"
at MA --user amal document copy "$bare" --lang ar -o "$T/none.html"
at MA --user amal document screening "$bare" --lang ar --format json -o "$T/none.html"
at MA --user amal document annual-report --lang ar -o "$T/none.html"
at MA --user amal document annual-report --period 2026-05 --lang ar -o "$T/none.html"
at MA --user amal document annual-report "$bare" --period 2026 --lang ar -o "$T/none.html"
at MA --user amal document nothing "$bare" --lang ar -o "$T/none.html"
[ -e "$T/none.html" ] || echo "nothing was written"
# each of them
whole EG
whole TN
for office in MA EG TN; do
	papers_of $office
done
# a decision is asked of nobody but who may decide: no shelter, no service, no other country
for asked in MA:court-support-unit EG:victim-centre EG:social-defence TN:child-protection TN:MA; do
	office=${asked%:*}
	eval "code=\$whole_$office"
	at $office --user amal document for-determination "$code" --to ${asked#*:} --lang ar -o "$T/none.html"
done
[ -e "$T/none.html" ] || echo "nothing was written"
# the same bytes each time; printing is entered
at MA --user amal document notice $MA --lang ar,fr -o "$T/a.html"
at MA --user amal document notice $MA --lang ar,fr -o "$T/b.html"
cmp "$T/a.html" "$T/b.html" && echo "the same bytes"
# the numbers of an annual report are those that were told last, each rounded; it is known again
as MA amal return --period 2026 --as restatement -o "$T/year.return"
as MA amal document annual-report --period 2026 --lang fr --format xml -o "$T/year.xml"
grep -oE '<cell><same>[0-9]{1,4}</same>' "$T/year.xml" | grep -oE '[0-9]+' | sort -n > "$T/shown"
unzip -p "$T/year.return" return.xml | grep -oE ' total="[0-9]+|<cell [^>]*>[0-9]+' |
    grep -oE '[0-9]+$' | sort -n | cmp - "$T/shown" && echo "the return's $(wc -l < "$T/shown") numbers"
grep -vE '[05]$' "$T/shown"
say --registry "$T/MA" --lang en verify --paper "$(sed -n 's/.* number="\([^"]*\)" short="\([^"]*\)".*/\1 \2/p' "$T/year.xml")" | sed -E 's/([0-9a-f]{4} ){3}[0-9a-f]{4}/SHORT/'
# nobody is named on a paper of the office, nor in what a window is called
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --user amal case copy $MA --lang fr -o "$T/copy.html" 2> /dev/null
grep -o 'Personne Exemple[^<]*' "$T/copy.html" | head -n 1
grep -c 'Personne Exemple' "$T/a.html"
grep -o '<title>[^<]*' "$T/a.html" | mask
