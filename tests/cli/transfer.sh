# ihala send --as transfer, acceptance, decline, revocation: who has the case is
# decided once, by whoever got it, whatever is lost or comes again.
. tests/cli/prelude.inc
offices MA TN EG
for one in 1 2 3 4 5 6 7; do # one interview, many ids
	sed -E "s/^(<answers .* id=\")[0-9a-f]{8}/\\1dead000$one/" xml/example/01-indicated-fr.xml > "$T/$one.xml"
done
axes() { # OFFICE CODE: file and referral
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" case list --format xml |
	    grep -o "<case code=.$2.[^>]*>" | sed -E 's/.* file="([^"]*)".* referral="([^"]*)".*/\1 \2/'
}
taken() { # OFFICE FILE: the words, without the checks
	at "$@" 2>&1 | grep -v '^  [ 0-9][0-9]  '
}
ready() { # FILE: opened at MA, with consent to a transfer, referred to TN
	code=$(opened MA "$1")
	quietly MA consent give "$code" --purpose transfer --to TN --read-in fr
	quietly MA refer "$code" --to TN
}
arrive() { # FILE: received at TN, its code there
	there=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" $now receive "$1" --receipt "$T/receipt.p7m" 2>/dev/null)
}
# a referral is accepted
code=$(opened MA "$T/1.xml")
quietly MA refer "$code" --to TN
at MA send "$code" --to TN --as transfer --preview
cp -R "$T/MA" "$T/before"
quietly MA send "$code" --to TN -o "$T/out.p7m"
at TN send "$code" --to MA --as acceptance -o "$T/none.p7m"
arrive "$T/out.p7m"
at TN send "$there" --to MA --as acceptance --preview | sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/'
at TN send "$there" --to MA --as acceptance -o "$T/yes.p7m"
# what was accepted cannot be declined any more
at TN send "$there" --to MA --as decline --mode unsafe -o "$T/none.p7m"
taken MA receive "$T/yes.p7m"
axes MA "$code"
# who never sent it takes no acceptance
taken before receive "$T/yes.p7m"
# the receipt comes later, and sets nothing back
taken MA receive "$T/receipt.p7m"
axes MA "$code"
# another is declined, with a reason
code=$(opened MA "$T/2.xml")
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
arrive "$T/out.p7m"
at TN send "$there" --to MA --as decline -o "$T/none.p7m"
at TN send "$there" --to MA --as decline --mode no-capacity -o "$T/no.p7m"
taken MA receive "$T/no.p7m"
axes MA "$code"
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" case show "$code" --format xml 2> /dev/null |
    grep -o '<referral[^>]*>' | sed -E 's/ id="[^"]*"//'
at MA send "$code" --to TN --as revocation -o "$T/none.p7m"
# a transfer needs a consent of its own
code=$(opened MA "$T/3.xml")
quietly MA refer "$code" --to TN
at MA send "$code" --to TN --as transfer -o "$T/none.p7m"
at MA consent give "$code" --purpose transfer --to TN --read-in fr
at MA send "$code" --to TN --as transfer -o "$T/lost.p7m"
axes MA "$code"
# it is lost, and sent again
at MA send "$code" --to TN --as transfer -o "$T/out.p7m"
arrive "$T/out.p7m"
taken TN receive "$T/lost.p7m"
taken MA receive "$T/receipt.p7m"
axes MA "$code"
at TN send "$there" --to MA --as acceptance -o "$T/yes.p7m"
at TN send "$there" --to MA --as acceptance -o "$T/second.p7m"
taken MA receive "$T/yes.p7m" --receipt "$T/receipt.p7m"
axes MA "$code"
taken TN receive "$T/receipt.p7m"
# no hand moves it, and the same file, or a second one, changes nothing
moves() { $IHALA --registry "$T/MA" --passphrase-file "$T/pass" ledger list "$code" 2>/dev/null | grep -c ' move '; }
was=$(moves)
at MA case move "$code" file transfer
taken MA receive "$T/yes.p7m"
taken MA receive "$T/second.p7m"
axes MA "$code"
[ "$(moves)" = "$was" ] && echo nothing moved
# neither side takes it back
at MA send "$code" --to TN --as revocation -o "$T/none.p7m"
# what is left is a copy: it is read, and nothing of it leaves
at MA case show "$code" > /dev/null
at MA refer "$code" --to EG
echo '<changes xmlns="urn:ihala:plan:1" case="'"$code"'" version="1"><add id="home" need="shelter" service="shelter"/></changes>' > "$T/plan.xml"
at MA plan apply "$code" "$T/plan.xml"
at MA case determine "$code"
at MA case serve "$code" --mode in-person --read-in ar
echo '<rectification xmlns="urn:ihala:rectification:1" asked-by="person"><refuse item="age"><asked>12</asked><why>No paper</why></refuse></rectification>' > "$T/right.xml"
at MA case rectify "$code" "$T/right.xml"
# taken back in time: it stands once the receipt is here
ready "$T/4.xml"
quietly MA send "$code" --to TN --as transfer -o "$T/out.p7m"
arrive "$T/out.p7m"
at MA send "$code" --to TN --as revocation -o "$T/back.p7m"
axes MA "$code"
taken TN receive "$T/back.p7m" --receipt "$T/receipt.p7m"
at TN send "$there" --to MA --as acceptance -o "$T/none.p7m"
taken MA receive "$T/receipt.p7m"
axes MA "$code"
# nobody else is asked while one has yet to answer
ready "$T/7.xml"
quietly MA send "$code" --to TN --as transfer -o "$T/out.p7m"
quietly MA case move "$code" referral revoke
quietly MA refer "$code" --to EG
at MA send "$code" --to EG -o "$T/none.p7m"
# the two cross: what was accepted before stands
ready "$T/5.xml"
quietly MA send "$code" --to TN --as transfer -o "$T/out.p7m"
arrive "$T/out.p7m"
quietly TN send "$there" --to MA --as acceptance -o "$T/yes.p7m"
at MA send "$code" --to TN --as revocation -o "$T/back.p7m"
taken TN receive "$T/back.p7m" --receipt "$T/receipt.p7m"
taken MA receive "$T/yes.p7m"
axes MA "$code"
taken MA receive "$T/receipt.p7m"
axes MA "$code"
# what was taken back before it came does not come in any more
ready "$T/6.xml"
quietly MA send "$code" --to TN --as transfer -o "$T/late.p7m"
quietly MA send "$code" --to TN --as revocation -o "$T/back.p7m"
taken TN receive "$T/back.p7m" --receipt "$T/receipt.p7m"
taken TN receive "$T/late.p7m"
taken MA receive "$T/receipt.p7m"
axes MA "$code"
ls "$T" | grep -c none.p7m
