# ihala interview: question by question to a case, in Arabic; stopped and taken up again; nothing lost, nothing of it in clear.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
ask() { # WORDS...: as they are printed
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now interview "$@"
}
# answered FILE ITEM: what the completed questionnaire says there, as options
answered() {
	xmllint --xpath "//*[local-name()='answer'][@item='$2']/@*[name()!='item']" "$1" 2> /dev/null |
	    sed -n 's/.*by="\([^"]*\)".*/--mode \1/p; s/.*state="\([^"]*\)".*/--as \1/p' | tr '\n' ' '
}
values() {
	xmllint --xpath "//*[local-name()='answer'][@item='$2']/*[local-name()='value']/text()" "$1" 2> /dev/null
}
# Whoever holds the interview sees only what is asked: the file plays the person.
whole() { # ID FILE
	next=$(ask ask "$1" --format xml | sed -n 's/.*<item id="\([^"]*\)" type="\([a-z]*\)".*/\1 \2/p')
	while [ -n "$next" ]; do
		item=${next% *}
		said=$(values "$2" $item)
		how=$(answered "$2" $item)
		case "$next:$said:$how" in
		*::*--as*) ask answer "$1" $item $how > /dev/null ;;
		*::*) ask answer "$1" $item --as blank > /dev/null ;;
		*\ choice*) ask answer "$1" $item $said $how > /dev/null ;;
		*) echo "$said" | ask answer "$1" $item $how --from - > /dev/null ;;
		esac || return
		next=$(ask ask "$1" --format xml | sed -n 's/.*<item id="\([^"]*\)" type="\([a-z]*\)".*/\1 \2/p')
	done
}
echo "== one question after another"
id=$(ask begin adult --as ngo --read-in ar --area MA-04 --lang fr)
at MA interview ask "$id" --lang fr
at MA interview answer "$id" alone yes
at MA interview answer "$id" safe-now no
at MA interview ask "$id"
at MA interview ask "$id" --lang ar
at MA interview answer "$id" danger-now person-near place
ask ask "$id" danger-now --format xml > "$T/page.xml"
xmllint --noout --relaxng xml/schema/interview.rng "$T/page.xml" 2>&1 | sed "s|$T|T|"
sed -n '2,35p' "$T/page.xml" | mask
echo "== a later answer sets another aside, and takes it up again"
at MA interview answer "$id" safe-now yes
at MA interview answer "$id" danger-now place
at MA interview ask "$id" danger-now
at MA interview review "$id" | tail -n 3
at MA interview answer "$id" safe-now no
at MA interview ask "$id" danger-now | tail -n 1
echo "== no answer is an answer"
at MA interview answer "$id" urgent-medical --as refused
at MA interview answer "$id" interpreter-needed --as unknown
at MA interview ask "$id" interpreter-needed | tail -n 1
at MA interview answer "$id" consent-interview yes
printf '\331\243\331\244' | at MA interview answer "$id" age --from -
at MA interview ask "$id" age | tail -n 1
printf '1998-05\n' > "$T/date"
at MA interview answer "$id" birth-date --from "$T/date"
at MA interview ask "$id" birth-date | tail -n 1
echo "== what is refused"
at MA interview answer "$id" alone perhaps
at MA interview answer "$id" alone yes no
at MA interview answer "$id" alone
at MA interview answer "$id" alone yes --as refused
at MA interview answer "$id" alone --as not-asked
at MA interview answer "$id" alone yes --mode rumour
at MA interview answer "$id" nothing yes
printf 200 | at MA interview answer "$id" age --from -
printf 'a\001b' | at MA interview answer "$id" own-words --from -
printf '\377' | at MA interview answer "$id" own-words --from -
printf '  \n ' | at MA interview answer "$id" own-words --from -
at MA interview begin adult
at MA interview begin adult --as market
at MA interview begin nothing --as ngo
at MA interview ask 0000-0000-0
at MA interview ask "$id" --format json
echo "== stopped: what it supports so far, whom to call; then a case"
at MA interview assess "$id" --lang fr | head -n 12
ask assess "$id" --format xml > "$T/assessed.xml"
ask review "$id" --format xml > "$T/review.xml"
xmllint --noout --relaxng xml/schema/interview.rng "$T/assessed.xml" "$T/review.xml" 2>&1 | sed "s|$T|T|"
sed -n '/<urgent>/,/<\/urgent>/p' "$T/assessed.xml"
at MA interview list
at MA interview finish "$id" --stopped
at MA interview ask "$id"
echo "== a whole one in Arabic, and the same from a file"
id=$(ask begin adult --as border --read-in ar --lang ar)
whole "$id" xml/example/02-indicated-ar.xml
at MA interview ask "$id" --lang ar
code=$(ask finish "$id" 2> /dev/null)
quietly TN init --committee MA --training
other=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" $now case open xml/example/02-indicated-ar.xml 2> /dev/null)
facts() { # OFFICE CODE: what was concluded
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" $now case show "$2" --format xml |
	    sed -n '/<assessment/,$p' | sed -E 's/ (answers|interview|date)="[^"]*"//g; s/[0-9a-f]{64}/DIGEST/g'
}
facts MA "$code" > "$T/ours"
facts TN "$other" > "$T/theirs"
cmp "$T/ours" "$T/theirs" && echo "the same conclusions, $(grep -c '<indicator' "$T/ours") indicators"
echo "== declined: it ends there"
id=$(ask begin adult --as ngo)
whole "$id" xml/example/09-declined-ar.xml
at MA interview ask "$id"
at MA interview discard "$id"
at MA interview review "$id"
echo "== another questionnaire comes into force meanwhile: it goes on by the one it was begun with"
mkdir "$T/data"
cp -R xml xslt "$T/data"
sed -i 's/id="adult" version="1.0.0"/id="adult" version="1.0.1"/' "$T/data/xml/instrument/adult.xml"
id=$(ask begin adult --as ngo)
quietly MA interview answer "$id" alone yes
export IHALA_DATA="$T/data"
quietly MA pack make -o "$T/pack"
at MA pack load "$T/pack" 2>&1 | tail -n 1
at MA interview answer "$id" safe-now yes
code=$(ask finish "$id" --stopped 2> /dev/null)
id=$(ask begin adult --as ngo)
at MA interview answer "$id" alone yes
quietly MA interview discard "$id"
unset IHALA_DATA
at MA case show "$code" --format xml | grep -o 'instrument="adult" version="[^"]*"' | sort -u
echo "== it is its author's; the office sees that it is there"
quietly MA user register accounts --role administrator --new-passphrase-file "$T/pass"
quietly MA user admit accounts
for one in amina:screener nadia:supervisor; do
	quietly MA --user accounts user register ${one%:*} --role ${one#*:} --new-passphrase-file "$T/pass"
	quietly MA --user office user admit ${one%:*}
done
at MA --user amina interview begin rapid --as hotline > "$T/id"
id=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now --user amina interview list --format xml |
    sed -n 's/.*code="\([^"]*\)".*/\1/p')
echo "Personne Exemple Trente" > "$T/words"
at MA --user amina interview answer "$id" consent-interview yes
at MA --user nadia interview list
at MA --user nadia interview ask "$id"
at MA --user office interview discard "$id"
at MA --user amina interview list --lang fr
echo "== after its days it is destroyed"
now='--now 2026-12-05T10:00:00Z'
at MA --user amina interview list
now='--now 2026-12-06T10:00:00Z'
at MA --user amina interview list
at MA --user office registry verify
at MA --user office ledger list | grep ' draft ' | sed -E 's/^[0-9]+ +//; s/ +/ /g'
