# ihala instrument: what there is, what is wrong with a file, the questions.
. tests/cli/prelude.inc
say instrument list --lang en | sed 's/  *$//'
say instrument list --format json
for id in adult child rapid; do
	say instrument check xml/instrument/$id.xml --lang en
done
sed 's/<item id="alone"/<item id="alone again"/' xml/instrument/adult.xml > "$T/bad.xml"
say instrument check "$T/bad.xml" --lang en
sed '0,/item="consent-interview"/s//item="nobody"/' xml/instrument/adult.xml > "$T/unknown.xml"
say instrument check "$T/unknown.xml" --lang en
# a question that can never be asked
sed '0,/<is item="consent-interview" code="no"\/>/s//<any>&<is item="consent-interview" code="yes"\/><not>&<\/not><\/any>/' \
    xml/instrument/adult.xml > "$T/never.xml"
say instrument check "$T/never.xml" --lang en
say instrument show adult --lang en | head -n 12
say instrument show adult --lang ar | head -n 8
say instrument show child --lang fr | head -n 8
say instrument show rapid --lang en | head -n 8
say instrument show nothing --lang en
# one to another: nothing, only bytes, and what a new version changes
say instrument diff adult adult --lang fr
sed 's|^</instrument>|<!-- a remark --></instrument>|' xml/instrument/adult.xml > "$T/bytes.xml"
say instrument diff adult "$T/bytes.xml" --lang en
sed -e '0,/ version="1.0.0"/s// version="1.1.0"/' -e 's/"stay-status"/"stay"/' \
    -e 's/Do you feel safe here, right now?/Are you safe here, right now?/' \
    -e 's/code="OrganRemoval"/code="Organs"/' -e 's/most="120"/most="130"/' \
    -e 's/id="safe-now" type="choice" choices="\([a-z-]*\)" how="ask"/id="safe-now" type="choice" choices="\1" how="observe"/' \
    xml/instrument/adult.xml > "$T/new.xml"
for lang in ar fr en; do
	say instrument diff adult "$T/new.xml" --lang $lang
done
say instrument diff adult "$T/new.xml" --format json | python3 -m json.tool > "$T/json" && echo JSON
say instrument diff adult child --lang en | grep '^=='
# and the stored interviews it would touch; the reading is in the ledger
quietly MA init --committee MA --training
for one in 01 05 09 31; do
	quietly MA case open xml/example/$one-*.xml
done
at MA ledger verify | sed -E 's/ [0-9]+ / N /; s/^[0-9]+ acts/N acts/' | tail -n 1
at MA instrument diff adult "$T/new.xml" | sed -n '/^== Stored/,$p' | sort | uniq -c | sed 's/^  *//'
at MA instrument diff "$T/new.xml" adult | sed -n '/^== Stored/,$p'
# the same version with other bytes: each is named, the rest goes on
at MA instrument diff "$T/bytes.xml" adult | sort | uniq -c | sed 's/^  *//'
for pair in "adult $T/new.xml" "adult child"; do
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" instrument diff $pair \
	    --format xml > "$T/diff.xml"
	xmllint --noout --relaxng xml/schema/difference.rng "$T/diff.xml" 2>&1 | mask
done
# which choice was made does not come out; nor does a name
at MA instrument diff adult "$T/new.xml" --format xml | grep -c '<value>'
say instrument diff adult "$T/unknown.xml" --lang en
say instrument diff adult "$T/bad.xml" --lang en
say instrument diff adult nothing --lang en
say instrument diff adult "$T/absent.xml" --lang en
say instrument diff adult --lang en
# handed out to be filled in elsewhere: to phones, as a page, to a hospital
say instrument odk adult --committee EG -o "$T/form.xml"
xmllint --noout "$T/form.xml" && grep -o 'bind nodeset' "$T/form.xml" | wc -l
grep -c 'base64RsaPublicKey' "$T/form.xml"
say instrument fhir child -o "$T/form.json" && python3 -m json.tool "$T/form.json" "$T/json" && echo JSON
at MA instrument odk adult -o "$T/form.xml"
grep -c 'base64RsaPublicKey' "$T/form.xml"
at MA instrument page child -o "$T/form.html"
[ "$(wc -c < "$T/form.html")" -lt 60000 ] && echo "under 60 KB"
at MA request page -o "$T/ask.html"
at MA keys export --private --as forms -o "$T/key.pem"
grep -c 'BEGIN' "$T/key.pem"
say instrument page rapid --lang en
say instrument odk rapid --lang en
say instrument odk rapid --committee ZZ --lang en
say instrument fhir nothing --lang en
