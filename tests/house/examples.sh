# each example is valid, plainly invented, and pinned to its instrument
bad=0 count=0
for file in xml/example/*.xml; do
	count=$((count + 1))
	xmllint --nonet --noout --relaxng xml/schema/answers.rng "$file" \
	    2>&1 | grep -v ' validates$' && bad=1
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	digest=$(sha256sum "xml/instrument/$id.xml") || bad=1
	faults=$(xsltproc --nonet --stringparam digest "${digest%% *}" \
	    tests/house/examples.xsl "$file") || bad=1
	[ -z "$faults" ] || { echo "$file:"; echo "$faults"; bad=1; }
done
if [ "$count" -lt 38 ]; then
	echo "$count examples: 38 are expected at least"
	bad=1
fi
for committee in MA EG TN; do
	if [ "$(grep -l "committee=\"$committee\"" xml/example/*.xml | wc -l)" -lt 8 ]; then
		echo "fewer than 8 examples of committee $committee"
		bad=1
	fi
done
for file in xml/instrument/*.xml; do
	id=$(basename "$file" .xml)
	if [ "$(grep -l " instrument=\"$id\"" xml/example/*.xml | wc -l)" -lt 3 ]; then
		echo "fewer than 3 examples of the instrument $id"
		bad=1
	fi
done
twice=$(sed -n 's/.*<answers .* id="\([^"]*\)".*/\1/p' xml/example/*.xml | sort | uniq -d)
[ -z "$twice" ] || { echo "two examples have the id $twice"; bad=1; }
exit $bad
