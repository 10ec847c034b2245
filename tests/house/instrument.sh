# each instrument fits its schema, opens and closes alike, looks back only, and tells no purpose
bad=0
for file in xml/instrument/*.xml; do
	xmllint --nonet --noout --relaxng xml/schema/instrument.rng "$file" \
	    2>&1 | grep -v ' validates$' && bad=1
	faults=$(xsltproc --nonet tests/house/instrument.xsl "$file") || bad=1
	[ -z "$faults" ] || { echo "$file:"; echo "$faults"; bad=1; }
done

# Under five minutes: a quarter of a minute for each question that is put to
# the person, and nothing to be told at length but a name.
asked=$(grep -c '<item .* how="ask"' xml/instrument/rapid.xml)
[ "$asked" -le 20 ] ||
    { echo "xml/instrument/rapid.xml: $asked questions are asked; 20 are five minutes"; bad=1; }
if grep '<item .* type="text"' xml/instrument/rapid.xml | grep -v 'part="identity"'; then
	echo "xml/instrument/rapid.xml: a free text takes longer than a short interview has"
	bad=1
fi
exit $bad
