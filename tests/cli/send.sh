# ihala send: signed, sealed for its addressee, and for nobody else.
. tests/cli/prelude.inc
offices MA TN
quietly EG init --committee EG --training
code=$(opened MA xml/example/01-*.xml)
at MA send "$code" --to TN -o "$T/early.p7m"
quietly MA refer "$code" --to TN
at MA send "$code" --to EG -o "$T/eg.p7m"
at MA send "$code" --to TN -o "$T/out.p7m"
openssl cms -cmsout -print -inform DER -in "$T/out.p7m" 2>/dev/null | grep -E 'contentType|algorithm: aes' | sed 's/^ *//'
grep -ac 'Personne Exemple' "$T/out.p7m"
at MA send "$code" --to TN
at MA send "$code" --to TN -o "$T/again.p7m"
at MA case list | sed 's/  *$//'
ls "$T" | grep p7m
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
	quietly $1 trust add "$T/$2.trust" --fingerprint "$($IHALA --registry "$T/$2" --passphrase-file "$T/pass" \
	    keys show --format xml 2>/dev/null | sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')"
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
