# each framework fits its instrument, and the ILO lists have their 67 and 65 indicators
bad=0
for file in xml/framework/*.xml; do
	xmllint --nonet --noout --relaxng xml/schema/framework.rng "$file" \
	    2>&1 | grep -v ' validates$' && bad=1
	faults=$(xsltproc --nonet tests/house/framework.xsl "$file") || bad=1
	[ -z "$faults" ] || { echo "$file:"; echo "$faults"; bad=1; }
done

# Of the frameworks of an instrument one is the main one, and it alone says
# what is urgent and which answers do not agree.
for instrument in $(sed -n 's/^<framework .* instrument="\([^"]*\)".*/\1/p' xml/framework/*.xml | sort -u); do
	main=$(grep -l "^<framework .* instrument=\"$instrument\" main=\"true\"" xml/framework/*.xml)
	if [ "$(echo "$main" | wc -w)" != 1 ]; then
		echo "instrument $instrument: one main framework is expected, not: $main"
		bad=1
	fi
	for file in $(grep -l "^<framework .* instrument=\"$instrument\"" xml/framework/*.xml); do
		[ "$file" = "$main" ] || ! grep -qE '<(urgency|contradictions)>' "$file" ||
		    { echo "$file: urgency and contradictions belong in $main"; bad=1; }
	done
done

# A law says whose it is, and a country that has one has a mechanism too: a
# country that joins is data.
for file in xml/framework/*.xml; do
	name=$(basename "$file" .xml)
	country=$(sed -n 's/^<framework .* country="\([A-Z]*\)".*/\1/p' "$file")
	case $name in
	law-*) [ "$name" = "law-$(echo "$country" | tr A-Z a-z)" ] ||
	    { echo "$file: is the law of \"$country\""; bad=1; } ;;
	*) ! grep -q '<indicator .* code="' "$file" ||
	    { echo "$file: elements of a law stand in a file law-*"; bad=1; } ;;
	esac
	[ -z "$country" ] || [ -e "xml/mechanism/$country.xml" ] ||
	    { echo "$file: there is no xml/mechanism/$country.xml"; bad=1; }
done

census() { # FRAMEWORK, and on standard input what it holds
	expected=$(cat)
	found=$(xsltproc --nonet --stringparam census yes \
	    tests/house/framework.xsl "xml/framework/$1.xml")
	[ "$found" = "$expected" ] && return
	echo "xml/framework/$1.xml: expected"
	echo "$expected"
	echo "but found"
	echo "$found"
	bad=1
}
# The lists of 2009: dimension, indicators, strong, medium, weak.
census ilo-adult-labour <<'X'
deceptive-recruitment 10 1 8 1
coercive-recruitment 10 1 9 0
vulnerability-recruitment 16 0 14 2
exploitation 9 1 7 1
coercion-destination 15 4 10 1
vulnerability-destination 7 0 5 2
X
census ilo-child-labour <<'X'
deceptive-recruitment 10 2 8 0
coercive-recruitment 10 4 6 0
vulnerability-recruitment 15 0 15 0
exploitation 8 1 7 0
coercion-destination 15 8 7 0
vulnerability-destination 7 0 7 0
X
# Unweighted, and never more than a reason for a full interview.
census rapid-signs <<'X'
signs 17 0 0 0
X
if grep -q 'level="indicated"' xml/framework/rapid-signs.xml; then
	echo "xml/framework/rapid-signs.xml: a short interview indicates nothing"
	bad=1
fi
for file in xml/instrument/*.xml; do
	id=$(basename "$file" .xml)
	grep -q " instrument=\"$id\"" xml/framework/*.xml ||
	    { echo "$file: no framework speaks of it"; bad=1; }
done
exit $bad
