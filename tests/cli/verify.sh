# ihala verify: signatures without a key or a passphrase, by the partners or by one list whose fingerprint was compared.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
quietly MA return --period 2026 -o "$T/return"
locked() { # WORDS...
	say --registry "$T/TN" --lang en $now "$@"
}
locked verify "$T/return"
# sealed, it is for its receiver; opened by hand, anybody may look
locked verify "$T/out.p7m"
quietly TN keys export --private -o "$T/key.pem"
openssl cms -decrypt -binary -inform DER -in "$T/out.p7m" -inkey "$T/key.pem" \
    -passin "file:$T/pass" -recip "$T/key.pem" -out "$T/out"
locked verify "$T/out"
# a wrong checksum, in both places that tell it: a bit of the packed bytes would
# now end the unpacking and now change the text, as the bytes fall
python3 - "$T/out" "$T/bent" <<'P'
import struct, sys, zipfile
crc = struct.pack('<I', zipfile.ZipFile(sys.argv[1]).getinfo('META-INF/signature001.p7s').CRC)
b = open(sys.argv[1], 'rb').read()
assert b.count(crc) == 2
open(sys.argv[2], 'wb').write(b.replace(crc, bytes([crc[0] ^ 1]) + crc[1:]))
P
locked verify "$T/bent"
locked verify "$T/bent" --format json
# without a registry: a list, and the fingerprint that was compared
print() { # OFFICE: the fingerprint of its list
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" keys show --format xml 2>/dev/null |
	    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p'
}
say --lang en verify "$T/return" --from "$T/MA.trust"
say --lang en verify "$T/return" --from "$T/MA.trust" --fingerprint "$(print TN)"
say --lang en verify "$T/return" --from "$T/TN.trust" --fingerprint "$(print TN)"
say --lang en verify "$T/return" --from "$T/MA.trust" --fingerprint "$(print MA)" | tail -n 7
say --lang en verify "$T/return"
