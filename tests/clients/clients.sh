# clients.sh PROGRAM BUILD - the programs that people fill our forms in with, in
# Debian's Chromium: Enketo and ODK Web Forms load every form, ask what our
# engine asks, and what they hand in is taken in, sealed by Enketo too.
#
# `make check-clients` runs it.  ENKETO names a checkout of Enketo
# (github.com/enketo/enketo, or enketo-express), whose encryptor is on no
# registry of packages; without it that part is left to tests/key/enketo, which
# holds what its code made.
set -e
PROGRAM=$1 BUILD=$2
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
at() {
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --lang en "$@" > "$T/said" 2>&1
}
told() { echo "$1"; cat "$T/said"; exit 1; }
at init --committee MA --training
mkdir "$T/sent"
for one in rapid:40 adult:10 child:10; do
	id=${one%:*}
	at instrument page $id -o "$T/$id.html"
	at instrument odk $id -o "$T/$id.xml"
	at instrument fhir $id -o "$T/$id.json"
	node tests/npm/evaluators.mjs "$T" "$BUILD/tests/instrument/asked" $id ${one#*:} 9 > "$T/said" || told "$id: no interviews"
	node tests/clients/enketo.mjs "$T" "$BUILD/tests/instrument/asked" $id
	node tests/clients/webforms.mjs "$T" "$BUILD/tests/instrument/asked" $id
	for sent in "$T/$id"/*.enketo.xml "$T/$id".webforms-*.xml; do
		cp "$sent" "$T/sent/$id-$(basename "$sent")"
	done
	mkdir -p "$BUILD/clients-seen"
	cp "$T/$id".*.png "$BUILD/clients-seen"
done

# sealed by Enketo's own code: taken in as the plain one is, and not when a bit
# of it is another
bend() { # FILE PLACE
	python3 - "$@" <<-'P'
	import sys
	b = bytearray(open(sys.argv[1], 'rb').read())
	b[int(sys.argv[2])] ^= 1
	open(sys.argv[1], 'wb').write(b)
	P
}
encryptor=$(ls "$ENKETO"/public/js/src/module/encryptor.js \
    "$ENKETO"/packages/enketo-express/public/js/src/module/encryptor.js 2> /dev/null | head -n 1 || true)
sealed=0
if [ -z "$encryptor" ]; then
	echo "Enketo's encryptor: not run, no checkout of it was named (ENKETO=FOLDER)"
else
	for id in rapid adult child; do
		clear=$T/sent/$id-1.enketo.xml
		node tests/clients/encryptor.mjs "$encryptor" "$T/$id.xml" "$clear" "$T/sealed"
		key=$(grep -bo '<base64EncryptedKey>' "$T/sealed/submission.xml" | cut -d: -f1)
		for place in submission.xml.enc:0 submission.xml.enc:500 submission.xml.enc:-1 "submission.xml:$((key + 40))"; do
			cp -R "$T/sealed" "$T/bent"
			bend "$T/bent/${place%:*}" ${place#*:}
			! at import odk "$T/bent" || told "$id: taken in though a bit is another ($place)"
			rm -r "$T/bent"
		done
		at import odk "$T/sealed" || told "$id: what Enketo sealed is not taken in"
		! at import odk "$clear" || told "$id: the plain one is another"
		grep -q E_INTAKE_SAME "$T/said" || told "$id: what was sealed is not what was said"
		rm "$clear"
		sealed=$((sealed + 1))
	done
	echo "Enketo's encryptor: $sealed files taken in, $((4 * sealed)) bent ones refused"
fi
at import odk "$T/sent" || told "something that was sent is not taken in"
grep 'Taken in' "$T/said"
