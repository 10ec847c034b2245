# oracle.sh - the oracle's line for each example, in the order of their names,
# by the first framework that speaks of the example's instrument.
#
#	sh tests/assess/oracle.sh
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	framework=$(grep -l " instrument=\"$id\"" xml/framework/*.xml | head -n 1)
	xsltproc --nonet --stringparam framework "../../$framework" \
	    tests/assess/oracle.xsl "$file" || exit 1
done
