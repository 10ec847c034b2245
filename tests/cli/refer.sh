# ihala refer: only where the person agreed, and does not fear.
. tests/cli/prelude.inc
offices MA TN
yes=$(opened MA xml/example/01-*.xml)
at MA refer "$yes" --to TN
at MA refer "$yes"
at MA refer "$yes" --to MA
at MA refer "$yes" --to QQ
at MA refer "$yes" --to IOM
at MA refer 2222-2222-2 --to TN
for file in $(grep -l 'committee="MA"' xml/example/*.xml); do
	[ "$file" = xml/example/01-indicated-fr.xml ] && continue
	echo "$(basename $file)"
	at MA refer "$(opened MA $file)" --to TN
done
at MA case list --format xml | grep -c 'referral="consent-checked"'
# a body of the country: services by the referral, the prosecution by a
# disclosure, which takes a consent of its own
sed -E 's/^(<answers .* id=")[0-9a-f]{8}/\1dead0001/' xml/example/01-indicated-fr.xml > "$T/other.xml"
other=$(opened MA "$T/other.xml")
at MA refer "$other" --to court-support-unit
at MA document referral "$other" --lang fr -o "$T/unit.html"
grep -c 'Cellule de prise en charge des femmes et des enfants' "$T/unit.html" | sed 's/^[1-9].*/it names the unit/'
at MA send "$other" --to court-support-unit -o "$T/unit.p7m"
at MA refer "$other" --to prosecution
quietly MA consent flag "$other" asylum no
quietly MA consent flag "$other" fear no
quietly MA consent flag "$other" contact no
at MA consent give "$other" --purpose referral --to prosecution --read-in fr
at MA consent give "$other" --purpose justice --read-in fr
at MA consent give "$other" --purpose justice --to prosecution --read-in fr
quietly MA case move "$other" referral revoke
at MA refer "$other" --to prosecution
at MA document referral "$other" --to prosecution --lang en -o "$T/court.html"
grep -c 'Public prosecution' "$T/court.html" | sed 's/^[1-9].*/it names the prosecution/'
at MA refer "$other" --to cndp
