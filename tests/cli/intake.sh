# ihala intake: what was held elsewhere waits for somebody who vouches for it.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
held() { # FILE ID-START [SED]: an interview as it was typed in from paper
	sed -e "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$2/" -e "${3:-}" xml/example/01-indicated-fr.xml > "$T/$1.xml"
}
coded() { # the code of the one that waits
	$IHALA --registry "$T/MA" intake list --format xml 2> /dev/null | sed -n 's/.* code="\([^"]*\)".*/\1/p' | head -n 1
}
at MA intake list
held first ee01
at MA import paper "$T/first.xml"
code=$(coded)
at MA intake list
at MA intake show "$code" | head -n 20
at MA intake show "$code" --format xml | head -n 17
# it is a request for help too, due as one, and no case: nothing can be done with it
at MA request list
at MA work | head -n 5
at MA case list
at MA refer "$code" --to TN
at MA case show "$code"
at MA document referral "$code" --to TN
# a second entry of the same sheet: alike; an answer differs; another questionnaire
held second ee02
at MA intake compare "$code" "$T/second.xml"
held third ee03 's/<value>27<\/value>/<value>72<\/value>/'
at MA intake compare "$code" "$T/third.xml"
at MA intake compare "$code" xml/example/36-rapid-signs-fr.xml
at MA intake compare "$code" "$T/absent.xml"
# confirmed: a case, linked with what it came of; and not again
at MA intake confirm "$code"
at MA intake list
at MA intake confirm "$code"
case=$($IHALA --registry "$T/MA" case list --format xml 2> /dev/null | sed -n 's/.* code="\([^"]*\)".*/\1/p')
at MA case show "$case" | head -n 4
at MA case copy "$case" --lang en -o "$T/copy.html"
grep -c 'Paper form' "$T/copy.html"
at MA import paper "$T/first.xml"
# refused, for a reason, which is told; destroyed in its time
held other ee04
at MA import paper "$T/other.xml"
other=$(coded)
echo "Exemple : la feuille est illisible." > "$T/reason"
echo "x" > "$T/short"
at MA intake refuse "$other"
at MA intake refuse "$other" --reason-file "$T/short"
at MA intake refuse "$other" --reason-file "$T/reason"
at MA intake refuse "$other" --reason-file "$T/reason"
at MA intake confirm "$other"
at MA request show "$other" | head -n 4
at MA request destroy "$other" -o "$T/receipt"
now="--now 2027-05-23T10:00:00Z"
at MA request destroy "$other" -o "$T/receipt"
at MA intake show "$other"
# what was destroyed can come again: no mark of it is left
at MA import paper "$T/other.xml"
at MA registry verify
# who takes it off the list behind the program's back is found out
at MA import paper "$T/second.xml"
python3 - "$T/MA/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM intake WHERE origin = 'paper' AND code = (SELECT max(code) FROM intake)")
db.commit()
P
at MA registry verify | grep -v ^ok
at MA intake show X
at MA intake show 7KQF-3XMT-M
at MA intake
