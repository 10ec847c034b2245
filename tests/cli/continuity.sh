# ihala case compare: a case from elsewhere, its result there and here.
. tests/cli/prelude.inc
cp -R xml xslt "$T"
export IHALA_DATA="$T"
offices MA TN EG

# Answers changed: refused, not known, none; and one through the interpreter.
python3 - xml/example/01-indicated-fr.xml "$T/person.xml" <<'P'
import re, sys
text = open(sys.argv[1], encoding='utf-8').read()
def instead(item, state):
    global text
    made = f'<answer item="{item}" state="{state}"/>' if state else ''
    text, n = re.subn(rf'<answer item="{item}"[^>]*>.*?</answer>', made, text, flags=re.S)
    assert n == 1, item
instead('citizenship', 'refused')
instead('age-doubt', 'unknown')
instead('exploitation-form', '')
text = text.replace('item="needs" by="person"', 'item="needs" by="interpreter"')
open(sys.argv[2], 'w', encoding='utf-8').write(text)
P
received() { # FROM TO FILE: the code there
	$IHALA --registry "$T/$2" --passphrase-file "$T/pass" $now receive "$3" 2>/dev/null
}
sent() { # FROM TO INTERVIEW: the code there
	code=$(opened $1 "$3")
	quietly $1 refer "$code" --to $2
	quietly $1 send "$code" --to $2 -o "$T/$1-$2.p7m"
	received $1 $2 "$T/$1-$2.p7m"
}
raw() { # OFFICE WORDS...
	office=$1
	shift
	$IHALA --registry "$T/$office" --passphrase-file "$T/pass" $now "$@" 2>/dev/null
}

echo "# Morocco to Tunisia"
ours=$(opened MA xml/example/05-*.xml)
there=$(sent MA TN "$T/person.xml")
at TN case compare $there | sed 's/  *$//'
echo "# the same after the listing"
at TN case compare $there > "$T/compared"
at TN case show $there | tail -n +3 | cmp - "$T/compared" && echo the same
for lang in fr ar; do
	at TN --lang $lang case compare $there | head -n 16 | sed 's/  *$//'
done
echo "# what was not sent is not sent, for programs too"
raw TN case compare $there --format xml > "$T/compared.xml"
xmllint --noout --relaxng xml/schema/comparison.rng "$T/compared.xml" 2>&1 | sed 's|.*/||'
grep -o 'had="[a-z-]*"' "$T/compared.xml" | sort | uniq -c | sed 's/^ *//'
grep -o 'ask="[a-z-]*"' "$T/compared.xml" | sort | uniq -c | sed 's/^ *//'
raw TN case compare $there --format json | python3 -c '
import json, sys
said = json.load(sys.stdin)
for rules in said["rules"]:
    print(rules["framework"], rules["there"]["outcome"], rules["here"]["outcome"], rules["unsent"])
print(sum(q["had"] == "not-sent" for q in said["questions"]), "not sent")'
echo "# nothing of it was stored anew, and each reading is in the ledger"
raw TN ledger list $there | grep -c read

echo "# Tunisia to Egypt"
sed 's/committee="MA"/committee="TN"/; s/area="MA-[0-9A-Z]*"//' xml/example/21-*.xml > "$T/tn.xml"
elsewhere=$(sent TN EG "$T/tn.xml")
at EG case compare $elsewhere | sed -n '/^A case/,/^Indicators/p' | sed 's/  *$//'
at EG case compare $elsewhere | grep -A 3 "law-eg"

echo "# a case of our own has no other side"
at MA case compare "$ours"
at MA case compare nonsense

echo "# another version of the questionnaire and of the rules is in force here"
sed -i '0,/ version="1.0.0"/s// version="1.1.0"/' "$T/xml/instrument/adult.xml"
sed -i '0,/code="female"/s//code="woman"/' "$T"/xml/instrument/*.xml
sed -i '0,/ version="1.0.0"/s// version="1.2.0"/' "$T/xml/framework/ilo-adult-labour.xml"
sed -i 's/"female"/"woman"/' "$T"/xml/framework/*.xml
sed -i 's/codes="female /codes="woman /' "$T"/xml/mechanism/*.xml
quietly TN pack make -o "$T/2.asice"
at TN pack load "$T/2.asice" | tail -n 1
at TN case compare $there | sed -n '/^Questionnaire/,/^Indicators/p' | sed 's/  *$//'
at TN case compare $there | grep -c "What is your sex"
