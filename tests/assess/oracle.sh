# oracle.sh - the oracle's line for each example, in the order of their names.
#
#	sh tests/assess/oracle.sh
for file in xml/example/*.xml; do
	xsltproc --nonet tests/assess/oracle.xsl "$file" || exit 1
done
