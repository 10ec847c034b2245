# ihala send --as information-request, information, information-refusal: what is missing in a case is asked of whoever sent it, in closed terms, and answered as consent and law allow.
. tests/cli/prelude.inc
offices MA TN EG
for one in 1 2 3 4 5; do # one interview, many ids
	sed -E "s/^(<answers .* id=\")[0-9a-f]{8}/\\1dead000$one/" xml/example/01-indicated-fr.xml > "$T/$one.xml"
done
taken() { # OFFICE FILE: the words, without the checks
	at "$@" 2>&1 | grep -v '^  [ 0-9][0-9]  '
}
letters() { # what random ids are in
	sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/g; s/  *$//'
}
asked() { # OFFICE CODE: what its record says of it
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" case show "$2" --format xml 2> /dev/null |
	    grep -o '<inquiry [^>]*>' | letters
}
owed() { # OFFICE: what its worklist says of it
	at "$@" work | grep -o 'information-[a-z]*  .*' | sed 's/  *$//'
}
arrive() { # FILE: received at TN, its code there
	there=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" $now receive "$1" 2> /dev/null)
}
ask() { # WORDS...: what TN asks MA
	at TN send "$there" --to MA --as information-request "$@"
}
code=$(opened MA "$T/1.xml")
quietly MA consent withdraw "$code" --purpose referral --to TN --category identity,contact
quietly MA refer "$code" --to TN
at MA send "$code" --to TN --as information-request --category facts --until 2026-12-05 -o "$T/none.p7m"
quietly MA send "$code" --to TN -o "$T/out.p7m"
arrive "$T/out.p7m"
cp -R "$T/TN" "$T/before"
# in closed terms, each of them
ask --until 2026-12-05 -o "$T/none.p7m"
ask --category names --until 2026-12-05 -o "$T/none.p7m"
ask --category identity,identity --until 2026-12-05 -o "$T/none.p7m"
ask --category identity -o "$T/none.p7m"
ask --category identity --until 2026-11-20 -o "$T/none.p7m"
ask --category identity --until soon -o "$T/none.p7m"
ask --category identity --purpose curiosity --until 2026-12-05 -o "$T/none.p7m"
# to police and court nothing goes by way of services
ask --category identity --purpose justice --until 2026-12-05 -o "$T/none.p7m"
# no word of the person
ask --category contact,identity --until 2026-12-05 --preview | letters
ask --category identity,contact --until 2026-12-05 -o "$T/lost.p7m"
# what was lost is asked again, and takes the place of the first
ask --category contact,identity --until 2026-12-05 -o "$T/ask.p7m"
owed TN
at MA send "$code" --to TN --as information -o "$T/none.p7m"
at MA open "$T/ask.p7m" | grep -v '^ok'
taken MA receive "$T/ask.p7m" --receipt "$T/receipt.p7m"
taken TN receive "$T/receipt.p7m"
ask --category identity --until 2026-12-05 -o "$T/none.p7m"
# it is on the list of whoever owes the answer, and late on both
owed MA
asked MA "$code"
for one in MA TN; do owed $one --now 2026-12-14T10:00:00Z; done
# nothing is told that the person did not agree to; that is said
at MA send "$code" --to TN --as information --preview
at MA send "$code" --to TN --as information -o "$T/none.p7m"
at MA send "$code" --to TN --as information-refusal -o "$T/none.p7m"
at MA send "$code" --to TN --as information-refusal --mode no-consent --preview | letters
at MA send "$code" --to TN --as information-refusal --mode no-consent -o "$T/no.p7m"
# said once; the same again while nobody has heard it
at MA send "$code" --to TN --as information -o "$T/none.p7m"
at MA send "$code" --to TN --as information-refusal --mode no-consent -o "$T/again.p7m"
owed MA
taken TN receive "$T/no.p7m" --receipt "$T/receipt.p7m"
owed TN
asked TN "$there"
taken TN receive "$T/no.p7m"
taken TN receive "$T/again.p7m" --receipt "$T/refused.p7m"
taken MA receive "$T/receipt.p7m"
taken MA receive "$T/refused.p7m"
at MA send "$code" --to TN --as information-refusal --mode no-consent -o "$T/none.p7m"
# nobody who asked nothing takes an answer
taken before receive "$T/no.p7m"
# the person agrees: exactly what was asked leaves, and fills what was not sent
quietly MA consent give "$code" --purpose referral --to TN --category identity,contact --read-in fr
ask --category identity --until 2026-12-10 -o "$T/ask.p7m"
taken MA receive "$T/ask.p7m" --receipt "$T/receipt.p7m"
taken TN receive "$T/receipt.p7m"
at MA send "$code" --to TN --as information --preview | letters
at MA send "$code" --to TN --as information -o "$T/yes.p7m"
at TN open "$T/yes.p7m" | grep Contains
taken TN receive "$T/yes.p7m" --receipt "$T/receipt.p7m"
taken MA receive "$T/receipt.p7m"
owed MA
owed TN
at TN case show "$there" | tail -3 | letters
at TN registry verify
# the same again adds nothing
ask --category identity,facts --until 2026-12-10 -o "$T/ask.p7m"
taken MA receive "$T/ask.p7m"
quietly MA send "$code" --to TN --as information -o "$T/yes.p7m"
taken TN receive "$T/yes.p7m"
# by another consent than that of the referral
ask --category identity --purpose transfer --until 2026-12-10 -o "$T/ask.p7m"
taken MA receive "$T/ask.p7m"
at MA send "$code" --to TN --as information -o "$T/none.p7m"
# what a case from elsewhere does not have nobody can tell
at MA send "$code" --to TN --as information-refusal --mode not-held -o "$T/no.p7m"
taken TN receive "$T/no.p7m"
# whoever declined the case has no question about it
code=$(opened MA "$T/2.xml")
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
arrive "$T/out.p7m"
ask --category health --until 2026-12-10 -o "$T/ask.p7m"
quietly TN send "$there" --to MA --as decline --mode unsafe -o "$T/decline.p7m"
ask --category health --until 2026-12-10 -o "$T/none.p7m"
taken MA receive "$T/decline.p7m"
taken MA receive "$T/ask.p7m" --receipt "$T/receipt.p7m"
taken TN receive "$T/receipt.p7m"
owed TN
# of a case that was handed over nothing leaves any more
code=$(opened MA "$T/3.xml")
quietly MA consent give "$code" --purpose transfer --to TN --read-in fr
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN --as transfer -o "$T/out.p7m"
arrive "$T/out.p7m"
quietly TN send "$there" --to MA --as acceptance -o "$T/yes.p7m"
quietly MA receive "$T/yes.p7m"
ask --category health --until 2026-12-10 -o "$T/ask.p7m"
taken MA receive "$T/ask.p7m"
at MA send "$code" --to TN --as information -o "$T/none.p7m"
at MA send "$code" --to TN --as information-refusal --mode not-held -o "$T/no.p7m"
taken TN receive "$T/no.p7m"
# consent that was taken back since answers for itself
code=$(opened MA "$T/4.xml")
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
arrive "$T/out.p7m"
ask --category health --until 2026-12-10 -o "$T/ask.p7m"
quietly MA receive "$T/ask.p7m"
quietly MA consent withdraw "$code" --purpose referral
at MA send "$code" --to TN --as information -o "$T/none.p7m"
quietly MA send "$code" --to TN --as information-refusal --mode no-consent -o "$T/no.p7m"
owed MA
# two offices ask: the clock runs until the last is answered
code=$(opened MA "$T/5.xml")
for one in TN EG; do
	quietly MA refer "$code" --to $one
	quietly MA send "$code" --to $one -o "$T/out.p7m"
	there=$($IHALA --registry "$T/$one" --passphrase-file "$T/pass" $now receive "$T/out.p7m" 2> /dev/null)
	quietly $one send "$there" --to MA --as information-request --category health --until 2026-12-10 -o "$T/ask.p7m"
	taken MA receive "$T/ask.p7m"
	quietly MA case move "$code" referral revoke
	[ $one = EG ] || first=$there
done
at MA send "$code" --to TN --as information-refusal --mode unsafe -o "$T/no.p7m"
owed MA
# while one of them has yet to say whether it takes the case over, no part of it
# goes to the other
quietly MA consent give "$code" --purpose transfer --to EG --read-in fr
quietly MA refer "$code" --to EG
quietly MA send "$code" --to EG --as transfer -o "$T/out.p7m"
there=$first
quietly TN receive "$T/no.p7m"
ask --category health --until 2026-12-10 -o "$T/ask.p7m"
taken MA receive "$T/ask.p7m"
at MA send "$code" --to TN --as information -o "$T/none.p7m"
at MA send "$code" --to TN --as information-refusal --mode confidential -o "$T/no.p7m"
at MA send "$code" --to EG --as information -o "$T/yes.p7m"
owed MA
ls "$T" | grep -c none.p7m
