# ihala open: every check by name, what fails by its code; nothing is stored.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
quietly MA return --period 2026 -o "$T/return"
python3 - "$T/out.p7m" "$T/bent.p7m" <<'P'
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[3000] ^= 1
open(sys.argv[2], 'wb').write(b)
P
masked() {
	sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/g; s/"size":[0-9]+/"size":N/g; s/ size="[0-9]+"/ size="N"/'
}
entries() { at TN ledger list --format xml | grep -o '<entry ' | wc -l; }
before=$(entries)
at TN open "$T/out.p7m"
at TN open "$T/out.p7m" --format json | masked
at TN open "$T/bent.p7m"
at TN open "$T/bent.p7m" --format json
at MA open "$T/out.p7m"
at TN open "$T/return"
at TN open "$T/absent.p7m"
at TN open "$T/out.p7m" --format xml | masked
say --registry "$T/TN" --passphrase-file "$T/pass" $now --lang fr open "$T/bent.p7m"
say --registry "$T/TN" --passphrase-file "$T/pass" $now --lang ar open "$T/bent.p7m"
say --registry "$T/TN" --passphrase-file "$T/wrong" --lang en open "$T/out.p7m"
echo "stored: $(($(entries) - before)) entries"
at TN case list | sed 's/  *$//'
# taken in, it is seen again
quietly TN receive "$T/out.p7m"
at TN open "$T/out.p7m" | tail -n 2
