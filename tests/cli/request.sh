# ihala request: help is asked for, and nothing of it is shown that was not said to be safe.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
# file NAME HEAD INNER
file() {
	echo "<request xmlns='urn:ihala:request:1' training='true' $2>$3</request>" > "$T/$1.xml"
}
added() { # FILE: its code
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now request add "$T/$1.xml" 2> /dev/null
}
who="<identity><name>Personne Exemple Sept</name><phone>+000 12345</phone><place>Lieu Exemple Trois</place></identity>"
file unsafe "channel='hotline' danger='yes' received='2026-11-20T22:15:00Z' language='tzm' asks='relative'" \
    "<contact safe='no' how='phone' when='never at home'/><about>Her sister calls: the papers were taken
and the door is locked.</about>$who"
file safe "channel='body' danger='no' received='2026-11-12T09:00:00Z' through='prosecution' asks='professional'" \
    "<contact safe='yes' how='phone through-service' when='mornings, Tuesday'/>$who"
file short "channel='self' danger='unknown'" ""
file wrong "channel='hotline'" ""
file nobody "channel='body' danger='no' through='nobody'" ""
at MA request add "$T/unsafe.xml"
at MA request add "$T/unsafe.xml"
at MA request add "$T/wrong.xml"
at MA request add "$T/nobody.xml"
at MA request add "$T/missing.xml"
safe=$(added safe)
short=$(added short)
unsafe=$($IHALA --registry "$T/MA" $now request list --format json | tr '{' '\n' | sed -n 's/.*"code": *"\([^"]*\)".*hotline.*/\1/p')
at MA request list
at MA request list --format json
at MA work
# not said to be safe: no way of contact, whatever is asked for
at MA request show "$unsafe"
at MA request show "$unsafe" --reveal
at MA request show "$short" --reveal
at MA request show "$safe" --reveal
at MA request show "$safe" --reveal --lang fr
at MA request show "$safe" --reveal --format json
# it becomes a case, which tells where it came from
at MA request open "$unsafe" xml/example/01-indicated-fr.xml
at MA request open "$unsafe" xml/example/02-indicated-ar.xml
code=$($IHALA --registry "$T/MA" $now case list --format json | tr '{' '\n' | sed -n 's/.*"code": *"\([^"]*\)".*/\1/p')
at MA case show "$code" | sed -n 1,3p
at MA case list
# or the person is shown the way to somebody else
echo "Papers only; the social service of the court helps with those." > "$T/reason"
echo "x" > "$T/none"
at MA request redirect "$short" --to court-support-unit
at MA request redirect "$short" --reason-file "$T/reason"
at MA request redirect "$short" --to nobody --reason-file "$T/reason"
at MA request redirect "$short" --to court-support-unit --reason-file "$T/none"
at MA request redirect "$short" --to court-support-unit --reason-file "$T/reason"
at MA request redirect "$short" --to court-support-unit --reason-file "$T/reason"
at MA request show "$short"
at MA request list
at MA work
# not before its day; then nothing is left to read
at MA request destroy "$short" -o "$T/receipt"
now="--now 2027-05-21T10:00:00Z"
at MA request destroy "$short" -o "$T/receipt"
at MA request show "$short"
at MA request list
at MA registry verify
at MA request open "$code" xml/example/02-indicated-ar.xml
at MA request show X
at MA request lost
