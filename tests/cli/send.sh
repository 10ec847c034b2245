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
