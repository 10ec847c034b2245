# ihala init: a folder is made once, for a committee there is.
. tests/cli/prelude.inc
at MA init --committee MA --training
at MA init --committee MA --training
at XX init --committee XX --training
say init --committee MA --training --passphrase-file "$T/pass" --lang en
echo short > "$T/pass"
at TN init --committee TN --training
ls "$T"
# with keys of each kind that the profile allows: they write to each other
echo "an invented passphrase" > "$T/pass"
at TN init --committee TN --training --as p521
for pair in MA:rsa TN:p384 EG:rsa; do
	rm -rf "$T/${pair%:*}"
	quietly ${pair%:*} init --committee ${pair%:*} --training --as ${pair#*:}
	quietly ${pair%:*} keys export -o "$T/${pair%:*}.trust"
	openssl cms -verify -noverify -inform DER -in "$T/${pair%:*}.trust" 2> /dev/null |
	    grep -o 'use="[a-z]*"'
	$IHALA --registry "$T/${pair%:*}" --passphrase-file "$T/pass" keys export --private 2> /dev/null |
	    openssl x509 -noout -text 2> /dev/null | grep -oE '(id-ecPublicKey|rsaEncryption|\((384|3072) bit\))' | sort -u
done
for pair in MA:TN TN:MA MA:EG EG:MA; do
	f=$($IHALA trust aloud "$T/${pair#*:}.trust" | awk '{ printf "%s", $2 }')
	quietly ${pair%:*} trust add "$T/${pair#*:}.trust" --fingerprint "$f"
	quietly ${pair%:*} trust confirm ${pair#*:} --fingerprint "$f"
done
for to in TN EG; do
	quietly MA send --to $to --as trust-list -o "$T/list"
	at $to receive "$T/list" --receipt "$T/receipt" | grep -v '^  [ 0-9][0-9]'
	at MA receive "$T/receipt" | tail -n 1
done
