# each framework fits its instrument, and the ILO list has its 67 indicators
bad=0
for file in xml/framework/*.xml; do
	xmllint --nonet --noout --relaxng xml/schema/framework.rng "$file" \
	    2>&1 | grep -v ' validates$' && bad=1
	faults=$(xsltproc --nonet tests/house/framework.xsl "$file") || bad=1
	[ -z "$faults" ] || { echo "$file:"; echo "$faults"; bad=1; }
done

# The list of 2009: dimension, indicators, strong, medium, weak.
expected='deceptive-recruitment 10 1 8 1
coercive-recruitment 10 1 9 0
vulnerability-recruitment 16 0 14 2
exploitation 9 1 7 1
coercion-destination 15 4 10 1
vulnerability-destination 7 0 5 2'
census=$(xsltproc --nonet --stringparam census yes tests/house/framework.xsl \
    xml/framework/ilo-adult-labour.xml)
if [ "$census" != "$expected" ]; then
	echo "xml/framework/ilo-adult-labour.xml: expected"
	echo "$expected"
	echo "but found"
	echo "$census"
	bad=1
fi
exit $bad
