# words.sh - every key that a stylesheet or C asks for is in the catalogue.
#
#	sh tests/words.sh BUILD/gen/words_keys.h
#
# In stylesheets: ih:word('key') and ih:say('key', ...), where the key is a
# literal.  In C a macro W_... that is not there already fails to compile;
# keys put together at run time cannot be seen here.  Keys that nothing names
# are counted, which is no failure.
keys=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
sed -n 's/^#define W_[^ ]* "\(.*\)"$/\1/p' "$keys" | LC_ALL=C sort > "$work/there"
for sheet in xslt/*.xsl; do
	[ -e "$sheet" ] || continue
	tr '\n' ' ' < "$sheet" |
	    grep -oE "ih:(word|say)\( *('[^']*'|\"[^\"]*\"|&quot;[^&]*&quot;) *[,)]" |
	    sed -E "s/^[^(]*\( *('|\"|&quot;)//; s/('|\"|&quot;) *[,)]\$//; s|\$| $sheet|"
done | LC_ALL=C sort -u > "$work/asked"
missing=$(LC_ALL=C join -v 1 "$work/asked" "$work/there")
if [ -n "$missing" ]; then
	echo "$missing" | while read -r key sheet; do
		echo "$sheet: key $key is not in xml/words" >&2
	done
	exit 1
fi
grep -ohE '\bW_[A-Z0-9_]+\b' src/*/*.c | LC_ALL=C sort -u > "$work/macros"
sed -n 's/^#define \(W_[^ ]*\) "\(.*\)"$/\1 \2/p' "$keys" | LC_ALL=C sort |
    LC_ALL=C join -v 1 - "$work/macros" | cut -d ' ' -f 2 | LC_ALL=C sort |
    LC_ALL=C join -v 1 - "$work/asked" > "$work/unnamed"
# A key that stands as a whole literal, or whose first part is put together
# with the rest at run time ("code.%s"), is in use.
while read -r key; do
	grep -qF "\"$key\"" src/*/*.c || echo "$key"
done < "$work/unnamed" > "$(dirname "$keys")/words_unnamed"
exit 0
