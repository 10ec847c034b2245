# oracle.sh - the oracle's line for each example, in the order of their names,
# by the main framework of the example's instrument.
#
#	sh tests/assess/oracle.sh
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	framework=$(grep -l " instrument=\"$id\" main=\"true\"" xml/framework/*.xml)
	xsltproc --nonet --stringparam framework "../../$framework" \
	    tests/assess/oracle.xsl "$file" || exit 1
done
