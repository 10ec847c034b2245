# ihala receive: every check, a receipt; nothing stored of a file that fails.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
# one bit, at three places
for at in 30 3000 -20; do
	python3 - "$T/out.p7m" "$T/bent.p7m" $at <<'P'
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[int(sys.argv[3])] ^= 1
open(sys.argv[2], 'wb').write(b)
P
	at TN receive "$T/bent.p7m" --receipt "$T/no.p7m"
done
head -c 1000 "$T/out.p7m" > "$T/cut.p7m"
at TN receive "$T/cut.p7m"
at MA receive "$T/out.p7m"
at TN receive "$T/absent.p7m"
at TN case list | sed 's/  *$//'
at TN receive "$T/out.p7m" --receipt "$T/receipt.p7m"
at TN receive "$T/out.p7m"
at TN case list | sed 's/  *$//'
at MA receive "$T/receipt.p7m"
at MA case list | sed 's/  *$//'
say --registry "$T/TN" --passphrase-file "$T/wrong" --lang en receive "$T/out.p7m"
ls "$T" | grep p7m
