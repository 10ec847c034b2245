# ihala receive: every check, a receipt; nothing stored of a file that fails.
. tests/cli/prelude.inc
offices MA TN EG
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
# consent is taken back after it was sent: who has it is told, and answers
there=$($IHALA --registry "$T/TN" case list --format xml | sed -n 's/.*code="\([^"]*\)".*/\1/p')
due() { # OFFICE [OPTION]: what a withdrawal makes due
	at "$1" work --format xml | grep -o '<[^>]*ithdrawal[^>]*>' | sed 's/ code="[^"]*"//'
}
at MA send "$code" --to TN --as withdrawal -o "$T/back.p7m"
at MA consent withdraw "$code" --purpose referral
at MA case list | sed 's/  *$//'
due MA
at MA send "$code" --to TN -o "$T/none.p7m"
at MA send "$code" --to EG --as withdrawal -o "$T/none.p7m"
at MA send "$code" --to TN --as withdrawal --preview | sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/'
at MA send "$code" --to TN --as withdrawal -o "$T/back.p7m"
at MA send "$code" --to TN --as withdrawal -o "$T/none.p7m"
due MA
at TN send "$there" --to MA --as reply --mode stopped -o "$T/none.p7m"
at TN receive "$T/back.p7m" --receipt "$T/receipt2.p7m" 2>&1 | grep -v '^  [ 0-9][0-9]  '
at TN receive "$T/back.p7m"
at TN case list | sed 's/  *$//'
due TN
at TN consent list "$there" | sed 's/  *$//'
at TN refer "$there" --to MA
at MA receive "$T/receipt2.p7m" 2>&1 | grep -v '^  [ 0-9][0-9]  '
due MA
at TN send "$there" --to MA --as reply -o "$T/none.p7m"
at TN send "$there" --to MA --as reply --mode erased -o "$T/none.p7m"
at TN send "$there" --to MA --as reply --mode stopped -o "$T/reply.p7m"
at TN send "$there" --to MA --as reply --mode stopped -o "$T/none.p7m"
due TN
at MA receive "$T/reply.p7m" --receipt "$T/receipt3.p7m" 2>&1 | grep -v '^  [ 0-9][0-9]  '
at TN receive "$T/receipt3.p7m" 2>&1 | grep -v '^  [ 0-9][0-9]  '
due MA
# another, which is erased there; an answer that stays out is overdue here
code=$(opened MA xml/example/02-indicated-ar.xml)
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
there=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" $now receive "$T/out.p7m" 2>/dev/null)
quietly MA case move "$code" referral revoke
quietly MA refer "$code" --to EG
quietly MA send "$code" --to EG -o "$T/eg.p7m"
# both who have it are to be told
at MA consent withdraw "$code" --purpose abroad
quietly MA send "$code" --to TN --as withdrawal -o "$T/back.p7m"
due MA
quietly MA send "$code" --to EG --as withdrawal -o "$T/eg.p7m"
due MA
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en --now 2026-12-20T10:00:00Z work --overdue --awaiting | grep -o 'withdrawal-answer.*'
quietly TN receive "$T/back.p7m"
for event in open finalise no-indication destroy; do
	quietly TN case move "$there" file $event
done
at TN send "$there" --to MA --as reply --mode kept -o "$T/none.p7m"
at TN send "$there" --to MA --as reply --mode erased -o "$T/reply.p7m"
at MA receive "$T/reply.p7m" 2>&1 | grep -v '^  [ 0-9][0-9]  '
ls "$T" | grep -c none.p7m
