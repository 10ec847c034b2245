# ihala send: signed, sealed for its addressee, and for nobody else.
. tests/cli/prelude.inc
offices MA TN
quietly EG init --committee EG --training
code=$(opened MA xml/example/01-*.xml)
at MA send "$code" --to TN -o "$T/early.p7m"
quietly MA refer "$code" --to TN
at MA send "$code" --to EG -o "$T/eg.p7m"
at MA send "$code" --to TN --preview | sed -n 's/.*<case /<case /p' | cut -c 1-20
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now send "$code" --to TN --preview > "$T/preview.xml" 2> "$T/.said"
at MA send "$code" --to TN -o "$T/out.p7m"
# what the addressee opens, by hand, is what was shown
quietly TN keys export --private -o "$T/tn.pem"
openssl cms -decrypt -binary -inform DER -in "$T/out.p7m" -inkey "$T/tn.pem" -passin file:"$T/pass" -out "$T/out.zip" && unzip -p "$T/out.zip" case.xml | cmp - "$T/preview.xml" && echo the same bytes
grep -c "$code" "$T/preview.xml"
# who may read the case knows by which code it is known there
at MA case names "$code" | sed 's/  *$//'
there=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" case names --format xml | sed -n 's/.*there="\([^"]*\)".*/\1/p')
grep -c "<case .* code=\"$there\"" "$T/preview.xml"
openssl cms -cmsout -print -inform DER -in "$T/out.p7m" 2>/dev/null | grep -E 'contentType|algorithm: aes' | sed 's/^ *//'
grep -ac 'Personne Exemple' "$T/out.p7m"
at MA send "$code" --to TN
at MA send "$code" --to TN -o "$T/again.p7m"
at MA case list | sed 's/  *$//'
ls "$T" | grep p7m
# an adult who refuses a referral: a notification that holds nobody
sed -E 's/^(<answers .* id=")[0-9a-f]{8}/\1dead0001/' \
    xml/example/01-indicated-fr.xml > "$T/refused.xml"
grown=$(opened MA "$T/refused.xml")
at MA consent refuse "$grown" --purpose referral --read-in fr
at MA send "$grown" --to TN --as notification -o "$T/note.p7m"
quietly MA case move "$grown" file finalise
at MA case move "$grown" file refuse
at MA send "$grown" --to TN --as case -o "$T/note.p7m"
at MA send "$grown" --to TN --as notification --preview
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now send "$grown" --to TN --as notification --preview > "$T/preview.xml" 2> "$T/.said"
at MA document notification "$grown" --lang en -o "$T/note.html"
at MA send "$grown" --to TN --as notification -o "$T/note.p7m"
at TN receive "$T/note.p7m" --receipt "$T/note-receipt.p7m"
at MA receive "$T/note-receipt.p7m"
openssl cms -decrypt -binary -inform DER -in "$T/note.p7m" -inkey "$T/tn.pem" -passin file:"$T/pass" -out "$T/note.zip" && unzip -q -o "$T/note.zip" -d "$T/note"
ls "$T/note" | cat
cmp "$T/note/notification.xml" "$T/preview.xml" && echo the same bytes
# nothing that was written or said of the person is in any file of it
for item in name name-latin birth-date phone contact-note own-words; do
	xmllint --xpath "//*[@item='$item']/*/text()" "$T/refused.xml"
done > "$T/values"
wc -l < "$T/values"
grep -rlF -f "$T/values" "$T/note" | wc -l
grep -rlE "$grown|dead0001|MA-04|1998" "$T/note" | wc -l
sed -E -e 's/committee="EG"/committee="MA"/' -e 's/area="EG-C"/area="MA-04"/' xml/example/17-age-doubt-ar.xml > "$T/17-age-doubt-ar.xml"
for file in xml/example/07-child-ar "$T/17-age-doubt-ar"; do
	child=$(opened MA $file.xml)
	at MA case move "$child" file refuse
	at MA send "$child" --to TN --as notification --preview
	at MA document notification "$child" --lang ar -o "$T/child.html"
done
# where the mechanism asks for two, an officer signs beside the office
mkdir "$T/data"
cp -R xml xslt "$T/data"
sed -i 's/purpose="referral" count="1"/purpose="referral" count="2"/' "$T/data/xml/mechanism/MA.xml"
export IHALA_DATA="$T/data"
mkdir "$T/two" && one=$T && T=$T/two
cp "$one/pass" "$one/wrong" "$T"
quietly MA init --committee MA --training
quietly TN init --committee TN --training
for officer in rsa p256; do
	echo "passphrase of $officer" > "$T/$officer.pass"
	quietly MA keys make --as $officer -o "$T/$officer.pem" --new-passphrase-file "$T/$officer.pass"
done
add() { # OFFICER
	quietly MA keys add "$T/$1.pem" --fingerprint \
	    "$(openssl x509 -in "$T/$1.pem" -noout -fingerprint -sha256 | sed 's/.*=//')"
}
believe() { # OFFICE of OFFICE
	quietly $2 keys export -o "$T/$2.trust"
	f=$($IHALA --registry "$T/$2" --passphrase-file "$T/pass" \
	    keys show --format xml 2>/dev/null | sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')
	quietly $1 trust add "$T/$2.trust" --fingerprint "$f"
	quietly $1 trust confirm ${2%2} --fingerprint "$f"
}
add rsa
believe MA TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
at MA send "$code" --to TN -o "$T/lone.p7m"
at MA send "$code" --to TN --with "$T/p256.pem" --pin-file "$T/p256.pass" -o "$T/unknown.p7m"
at MA send "$code" --to TN --with "$T/rsa.pem" --pin-file "$T/p256.pass" -o "$T/denied.p7m"
at MA send "$code" --to TN --with "$T/pass" --pin-file "$T/p256.pass" -o "$T/none.p7m"
at MA send "$code" --to TN --with "$T/rsa.pem" --pin-file "$T/rsa.pass" -o "$T/out.p7m"
# the partner has the list of before: whoever signed second is not known there
believe TN MA
quietly TN open "$T/out.p7m" --format json
add p256
believe TN MA
at TN open "$T/out.p7m" | grep -E '^no|Signed|valid'
# one officer with a program of their own takes the second signature out
quietly TN keys export --private -o "$T/key.pem"
openssl cms -decrypt -binary -inform DER -in "$T/out.p7m" -inkey "$T/key.pem" \
    -passin "file:$T/pass" -recip "$T/key.pem" -out "$T/out"
unzip -qql "$T/out" | sed 's/.* //'
code=$(opened MA xml/example/02-*.xml)
quietly MA refer "$code" --to TN
cat "$T/rsa.pass" "$T/p256.pass" > "$T/both"
at MA send "$code" --to TN --with "$T/rsa.pem,$T/p256.pem" --pin-file "$T/both" -o "$T/three.p7m"
cat "$T/rsa.pass" "$T/rsa.pass" > "$T/twice"
at MA send "$code" --to TN --with "$T/rsa.pem,$T/rsa.pem" --pin-file "$T/twice" -o "$T/same.p7m"
# whoever receives goes by its own pack: one signature is not enough there, whatever the sender's says
quietly EG init --committee EG --training
unset IHALA_DATA
mv "$T/EG" "$one/EG2"
T=$one
believe MA EG2
believe EG2 MA
code=$(opened MA xml/example/03-*.xml)
quietly MA refer "$code" --to EG
at MA send "$code" --to EG -o "$T/eg.p7m"
at EG2 receive "$T/eg.p7m" 2>&1 | tail -n 2
# an officer's key on a token: it stays there, and its PIN is on no command line
mkdir "$T/token" && export SOFTHSM2_CONF="$T/token.conf"
echo "directories.tokendir = $T/token" > "$SOFTHSM2_CONF"
softhsm2-util --init-token --free --label "MA officers" --so-pin 87654321 --pin 123456 > /dev/null
echo 123456 > "$T/pin" && echo 654321 > "$T/wrong-pin"
id=1
for kind in "RSA -pkeyopt rsa_keygen_bits:3072" "EC -pkeyopt ec_paramgen_curve:P-384"; do
	openssl genpkey -algorithm $kind -out "$T/raw.pem" 2> /dev/null
	softhsm2-util --import "$T/raw.pem" --token "MA officers" --label officer-$id --id 0$id --pin 123456 > /dev/null
	id=$((id + 1))
done
rm "$T/raw.pem"
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2> /dev/null | head -n 1)
on() { # OBJECT
	echo "pkcs11:token=MA%20officers;object=$1?module-path=$module"
}
for id in 1 2; do
	at MA keys make --with "$(on officer-$id)" --pin-file "$T/pin" -o "$T/token-$id.pem"
	add token-$id
done
believe EG2 MA
at MA keys make --with "$(on officer-1)" --pin-file "$T/wrong-pin" -o "$T/no.pem"
at MA keys make --with "$(on officer-3)" --pin-file "$T/pin" -o "$T/no.pem"
at MA keys make --with "$(on officer-1)&pin-value=123456" --pin-file "$T/pin" -o "$T/no.pem"
code=$(opened MA xml/example/02-*.xml)
quietly MA refer "$code" --to EG
printf '123456\n123456\n' > "$T/pins"
at MA send "$code" --to EG --with "$(on officer-1),$(on officer-2)" --pin-file "$T/pins" -o "$T/token.p7m"
at EG2 open "$T/token.p7m" | grep -E '^no|Signed|valid'
