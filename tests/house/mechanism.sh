# every mechanism fits its schema, cites what it says, and no country is C
#
# The codes are the names of the files, so that a country that joins is
# looked for in C from the day its file is there.
status=0
refuse() { echo "$1"; status=1; }
count() { # FILE XPATH, with m: for the namespace left out
	xmllint --xpath "count($2)" "$1"
}
el() { echo "*[local-name()='$1']"; }

for file in xml/mechanism/*.xml; do
	code=$(basename "$file" .xml)
	xmllint --noout --relaxng xml/schema/mechanism.rng "$file" 2>/dev/null ||
	    refuse "$file: does not fit xml/schema/mechanism.rng"
	[ "$(count "$file" "/*[@code='$code']")" = 1 ] ||
	    refuse "$file: code is not that of the file name"
	[ "$(count "$file" "//$(el hotline)[not($(el source)[@checked and string-length() > 0])]")" = 0 ] ||
	    refuse "$file: a hotline without a source and the day it was checked"
	[ "$(count "$file" "//$(el element)[@article = '' or not($(el source)[string-length() > 0])]")" = 0 ] ||
	    refuse "$file: an element of the law without article or source"
	[ "$(count "$file" "//$(el source)[string-length(normalize-space()) = 0]")" = 0 ] ||
	    refuse "$file: an empty source"
	[ "$(count "$file" "//$(el profile)[not($(el refuse)[@code='E_FEARS']) or not($(el require)[@code='E_FEARS_UNKNOWN']) or @purpose='referral' and not($(el require)[@code='E_CONSENT']) or @anonymous and not($(el require)[@code='E_CHILD'])]")" = 0 ] ||
	    refuse "$file: a release profile without its gates"
	[ "$(count "$file" "//$(el allow)/*[starts-with(@id, 'fears-')]")" = 0 ] ||
	    refuse "$file: what a person fears is named in an allow list"
	if grep -nF "\"$code\"" src/*/*.c; then
		refuse "$code is a string literal in C: a country is data"
	fi
done
exit $status
