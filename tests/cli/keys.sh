# ihala keys: three certificates, a signed list, a key under the passphrase.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
at MA keys show
at MA keys show --format json | sed 's/DIGEST/FINGERPRINT/g'
at MA keys export -o "$T/MA.trust"
at MA keys export -o "$T/again.trust"
cmp "$T/MA.trust" "$T/again.trust" && echo "the same list"
openssl cms -verify -noverify -inform DER -in "$T/MA.trust" 2>/dev/null | grep -c '<certificate'
at MA keys export --private -o "$T/key.pem"
openssl pkey -in "$T/key.pem" -passin file:"$T/pass" -noout && echo "openssl reads the key"
openssl pkey -in "$T/key.pem" -passin file:"$T/wrong" -noout 2>/dev/null || echo "not with another passphrase"
stat -c %a "$T/key.pem" "$T/MA.trust"
# an officer's key: a file of the officer's own; its certificate is admitted once two people have compared it
echo "an officer's passphrase" > "$T/officer-pass"
at MA keys make --as p521 -o "$T/no.pem"
at MA keys make --as p384 -o "$T/officer.pem" --new-passphrase-file "$T/officer-pass"
openssl pkey -in "$T/officer.pem" -passin file:"$T/officer-pass" -noout && echo "openssl reads the key"
stat -c %a "$T/officer.pem"
at MA keys add "$T/officer.pem"
print=$(openssl x509 -in "$T/officer.pem" -noout -fingerprint -sha256 | sed 's/.*=//')
at MA keys add "$T/officer.pem" --fingerprint "${print%?}0${print#?}"
at MA keys add "$T/officer.pem" --fingerprint "$print"
at MA keys add "$T/officer.pem" --fingerprint "$print"
at MA keys add "$T/key.pem" --fingerprint "$print"
at MA keys add README.md --fingerprint "$print"
at MA keys show
at MA keys export -o "$T/more.trust"
openssl cms -verify -noverify -inform DER -in "$T/more.trust" 2>/dev/null | grep -c 'sequence="2".*<certificate\|<certificate'
cmp -s "$T/MA.trust" "$T/more.trust" || echo "another list"
quietly TN init --committee TN --training
at TN keys add "$T/officer.pem" --fingerprint "$print"
