# each instrument fits its schema, opens and closes alike, looks back only, and tells no purpose
bad=0
for file in xml/instrument/*.xml; do
	xmllint --nonet --noout --relaxng xml/schema/instrument.rng "$file" \
	    2>&1 | grep -v ' validates$' && bad=1
	faults=$(xsltproc --nonet tests/house/instrument.xsl "$file") || bad=1
	[ -z "$faults" ] || { echo "$file:"; echo "$faults"; bad=1; }
done
exit $bad
