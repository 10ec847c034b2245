# oracle.sh - the oracle's lines for each example, in the order of their
# names, by every framework of the example's instrument, the main one first.
#
#	sh tests/assess/oracle.sh
. tests/assess/frameworks.inc
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	oracle "$file" $(frameworks "$id") || exit 1
done
