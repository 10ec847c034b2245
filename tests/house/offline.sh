# the offline page is filled in by keyboard in each language without a network; openssl and we open what it sealed, and nothing that was altered; what is typed is on no disk
#
# Chromium, and Firefox where it is installed: tests/npm/offline.mjs, firefox.mjs.
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
at() {
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --lang en "$@" > "$T/said" 2>&1
}
told() { echo "$1"; cat "$T/said"; exit 1; }
at init --committee MA --training
at instrument page rapid -o "$T/rapid.html"
at request page -o "$T/ask.html"
at keys export --private --as forms -o "$T/key.pem"
node tests/npm/offline.mjs "$T"
saved="saved-ar saved-fr saved-en saved-stopped"
if command -v firefox-esr > /dev/null; then
	node tests/npm/firefox.mjs "$T"
	saved="$saved saved-firefox"
fi
for one in $saved asked-ar asked-fr asked-en; do
	openssl cms -decrypt -inform DER -in "$T/$one.p7m" -recip "$T/key.pem" -inkey "$T/key.pem" \
	    -passin file:"$T/pass" -out "$T/$one.xml" || told "$one: openssl does not open it"
	case $one in saved-*) schema=answers ;; *) schema=request ;; esac
	xmllint --noout --nonet --relaxng xml/schema/$schema.rng "$T/$one.xml" 2> "$T/said" || told "$one: not as the schema has it"
done
# what was typed arrives, in all three languages alike
for one in ar fr en; do
	grep -q '<answer item="age"><value>25</value>' "$T/saved-$one.xml" || { echo "saved-$one: the age is lost"; exit 1; }
	grep -q 'Personne Exemple &#60;&#38;&#62; &#34;سين&#34;' "$T/saved-$one.xml" || { echo "saved-$one: a text is lost"; exit 1; }
done
grep -q 'stopped="true"' "$T/saved-stopped.xml"
# one bit, and one byte less: refused by both, and nothing is taken in
for place in 40 300 700 -20; do
	python3 - "$T/saved-ar.p7m" "$T/bent.p7m" $place <<-'P'
	import sys
	b = bytearray(open(sys.argv[1], 'rb').read())
	b[int(sys.argv[3])] ^= 1
	open(sys.argv[2], 'wb').write(b)
	P
	! at import page "$T/bent.p7m" || told "a bent file is taken in"
	! openssl cms -decrypt -inform DER -in "$T/bent.p7m" -recip "$T/key.pem" -inkey "$T/key.pem" \
	    -passin file:"$T/pass" -out "$T/bent.xml" 2> /dev/null || [ ! -s "$T/bent.xml" ] || { echo "openssl opens a bent file"; exit 1; }
done
head -c -1 "$T/saved-ar.p7m" > "$T/short.p7m"
! at import page "$T/short.p7m" || told "a short file is taken in"
at intake list --format xml
! grep -q '<interview ' "$T/said" || told "something of a bent file was taken in"
# and all of the others are
for one in $saved asked-ar asked-fr asked-en; do
	at import page "$T/$one.p7m" || told "$one is not taken in"
done
at import page "$T/saved-clear.xml" || told "a file in clear is not taken in"
grep -q 'came unsealed' "$T/said" || told "a file in clear is not told"
at intake list --format xml
[ "$(grep -c '<interview ' "$T/said")" = "$(echo $saved clear | wc -w)" ] || told "what is listed is not what was saved"
