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
