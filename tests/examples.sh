# examples.sh - after an instrument has changed, pin the examples to it again.
#
#	sh tests/examples.sh
#
# Writes version and digest of the instrument into each xml/example/*.xml,
# checks them, and writes tests/assess/expected.txt anew: read its difference
# before keeping it, for it says what the change does to people's results.
for file in xml/example/*.xml; do
	id=$(sed -n 's/.* instrument="\([^"]*\)".*/\1/p' "$file")
	version=$(sed -n '/<instrument /s/.* version="\([^"]*\)".*/\1/p' \
	    "xml/instrument/$id.xml")
	digest=$(sha256sum "xml/instrument/$id.xml") || exit 1
	sed -i -e "s/ digest=\"[0-9a-f]*\"/ digest=\"${digest%% *}\"/" \
	    -e "s/ version=\"[0-9]*\.[0-9]*\.[0-9]*\"/ version=\"$version\"/" \
	    "$file"
done
sh tests/assess/oracle.sh > tests/assess/expected.txt
sh tests/house/examples.sh
