# ihala case view, letters, show --reveal: a case as a screen has it; whoever changes what was changed since is told.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
MA() {
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en $now "$@"
}
MA case view "$code" --format xml > "$T/view.xml"
xmllint --noout --relaxng xml/schema/view.rng "$T/view.xml" 2>&1 | sed "s|$T|T|"
# where it stands, what may be done, and the first lines of why
sed -n '2,/<holder\|<reasoning/p' "$T/view.xml" | mask
grep '<line depth="0"' "$T/view.xml"
# nobody is named in it
grep -c 'Personne Exemple' "$T/view.xml"
# who it is: asked for, and entered
MA case show "$code" --reveal | grep -A1 'item="name"' | mask
MA ledger list "$code" --format xml 2>/dev/null | grep -o 'act="read"' | wc -l
at MA case view "$code"
# letters, and the receipt of one that came
at MA case letters
quietly MA refer "$code" --to TN
quietly MA send "$code" --to TN -o "$T/out.p7m"
at MA case letters "$code" | sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/g; s/  *$//'
quietly TN receive "$T/out.p7m"
letter=$($IHALA --registry "$T/TN" case letters --format xml | sed -n 's/.*direction="received".* message="\([^"]*\)".*/\1/p')
at TN send --to MA --as receipt --from "$letter" -o "$T/receipt.p7m"
at TN send --to MA --as receipt -o "$T/receipt.p7m"
at TN send --to MA --as receipt --from 00000000-0000-0000-0000-000000000000 -o "$T/receipt.p7m"
at MA send --to TN --as receipt --from "$letter" -o "$T/receipt2.p7m" | sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/g'
at MA receive "$T/receipt.p7m" | tail -n 1
# two at once: the second is told what changed
version=$(sed -n 's/.* version="\([0-9]*\)" opened.*/\1/p' "$T/view.xml")
at MA case move "$code" file finalise --since "$version"
at MA case move "$code" file finalise --since nothing
version=$(MA case view "$code" --format xml | sed -n 's/.* version="\([0-9]*\)" opened.*/\1/p')
at MA consent flag "$code" fear no --since "$version"
at MA consent flag "$code" asylum no --since "$version"
# what a screen offers to choose from, as it was signed
MA pack show consent | grep -o '<purpose id="[a-z]*"'
at MA pack show nothing
