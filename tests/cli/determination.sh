# ihala case determine, serve, reconsider: by two people, under a law, with reasons; and by others when it is asked again.
. tests/cli/prelude.inc
echo "a first passphrase" > "$T/new"
as() { # USER WORDS...
	who=$1
	shift
	$IHALA --registry "$T/TN" --passphrase-file "$T/new" --user "$who" \
	    --lang en $now "$@" > "$T/.said" 2>&1
	status=$?
	mask < "$T/.said"
	[ $status = 0 ] || echo "status $status"
}
on() { # DAY
	now="--now $1T10:00:00Z"
}
quietly TN init --committee TN --training
for file in xml/example/*-indicated-*.xml; do
	grep -q 'committee="TN"' "$file" || continue
	code=$(opened TN "$file")
	break
done
quietly TN user register keeper --role administrator --new-passphrase-file "$T/new"
quietly TN user admit keeper
for name in amal basma chafik dalila; do
	as keeper user register $name --role committee,supervisor,case-worker --new-passphrase-file "$T/new" > /dev/null
	quietly TN --user office user admit $name
done
# decision STATE ARTICLE [INNER]
decision() {
	echo "<determination xmlns='urn:ihala:determination:1' state='$1' body='inltp' law='law-2016-61' article='$2'>
<grounds>The papers were taken and the
wages kept back for a year.</grounds>$3</determination>" > "$T/$1.xml"
}
differs="<differs>A witness was heard after the interview.</differs>"
decision presumed 5
decision confirmed 5
decision not-confirmed 5
decision upheld 5 "$differs"
as amal case move "$code" file finalise
# what may be decided from here, by whom and under which articles
as amal case choices "$code" | sed 's/  *$//' | cut -c 1-60
# a step that has reasons is not made without them
as amal case move "$code" determination presume
# body, law and article are those of the mechanism
sed "s/inltp/nobody/" "$T/presumed.xml" > "$T/body.xml"
sed "s/law-2016-61/law-1/" "$T/presumed.xml" > "$T/law.xml"
sed "s/article='5'/article='500'/" "$T/presumed.xml" > "$T/article.xml"
sed "s/state=/date='2026-11-22' state=/" "$T/presumed.xml" > "$T/tomorrow.xml"
sed "/<grounds>/,/<.grounds>/c<grounds>no</grounds></determination>" "$T/presumed.xml" > "$T/short.xml"
sed "s/ body='inltp' law='law-2016-61' article='5'//" "$T/presumed.xml" > "$T/unfounded.xml"
for wrong in body law article tomorrow short unfounded missing; do
	as amal case determine "$code" "$T/$wrong.xml"
done
# support waits for nothing
as basma case move "$code" file confirm-possible
as amal case move "$code" file start-support
# nothing is confirmed that was not presumed
as amal case determine "$code" "$T/confirmed.xml"
as amal case determine "$code" "$T/presumed.xml"
as amal case serve "$code" --mode in-person --read-in ar
as amal case determine "$code"
# another outcome than that of the interview needs a reason; then a second signer
as amal case choices "$code" --format xml | grep 'kind="[op]'
on 2026-11-30
as amal case determine "$code" "$T/not-confirmed.xml"
decision not-confirmed 5 "$differs"
as amal case determine "$code" "$T/not-confirmed.xml"
as amal case determine "$code"
as chafik case show "$code" | tail -3
as basma case determine "$code"
as basma case determine "$code"
# the person's time begins when it is served
as amal case clocks "$code" | grep -c reconsideration
on 2026-12-02
as amal case serve "$code" --mode pigeon --read-in ar
as amal case serve "$code" --mode in-person
as amal case serve "$code" --mode in-person --read-in tzm --from 2026-12-03
as amal case serve "$code" --mode in-person --read-in tzm --with interpreter
as amal case clocks "$code" | grep reconsideration
# somebody asks to look again: others than those who decided
on 2026-12-10
echo "Two former colleagues have written down what they saw." > "$T/evidence"
as dalila case reconsider "$code" --as neighbour
as dalila case reconsider "$code" --as advocate --reason-file "$T/evidence"
as amal case determine "$code" "$T/confirmed.xml"
as basma case determine "$code" "$T/upheld.xml"
as chafik case determine "$code" "$T/confirmed.xml"
as basma case determine "$code"
as chafik case determine "$code"
as dalila case determine "$code"
as dalila case show "$code" | tail -8
as dalila case show "$code" --format xml | sed -n '/<proposed number="2"/,/<\/proposed>/p; /<served/p; /<determination number="7"/,/<\/determination>/p'
# the person is told all of it, but for who decided
as dalila case copy "$code" --lang en -o "$T/copy.html"
sed 's/<[^>]*>/\n/g' "$T/copy.html" | grep . | sed -n '/^Decisions of/,/^Fears, asylum/p; /^Consents$/q' | sed '/^Fears, asylum/d; /^Consents$/d'
grep -c -e amal -e basma -e chafik -e dalila "$T/copy.html"
as dalila case list
as dalila work
as amal --lang fr case determine "$code" "$T/presumed.xml"
as amal --lang ar case determine "$code" "$T/presumed.xml"
as amal registry verify
