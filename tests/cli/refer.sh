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
