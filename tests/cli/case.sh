# ihala case: interviews become sealed cases, once, and only invented ones here.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
at MA case open xml/example/01-*.xml
at MA case open xml/example/01-*.xml
sed 's/ training="true"//' xml/example/02-*.xml > "$T/real.xml"
at MA case open "$T/real.xml"
other=$(grep -l 'committee="EG"' xml/example/*.xml | head -n 1)
at MA case open "$other"
at MA case list | sed 's/  *$//'
at MA case list --format json
at MA case list --format xml
code=$($IHALA --registry "$T/MA" case list --format xml | sed -n 's/.*code="\([^"]*\)".*/\1/p')
at MA case show "$code" | head -n 12
# under every framework it was judged by, the main one first
at MA case show "$code" | grep '^Under'
# as it may be typed
at MA case show "$(echo "$code" | tr 'A-Z-' 'a-z ')" | head -n 2
at MA case show 2222-2222-2
at MA case show nonsense
# the registry of real people takes no invented ones
printf 'a passphrase of a real office\n' > "$T/pass"
say --registry "$T/real" --passphrase-file "$T/pass" --lang en init --committee MA
say --registry "$T/real" --passphrase-file "$T/pass" --lang en case open xml/example/01-*.xml
say --registry "$T/real" --lang en case list | sed 's/  *$//'
say --registry "$T/MA" --passphrase-file "$T/wrong" --lang en case show "$code"
say --registry "$T/nowhere" --passphrase-file "$T/pass" --lang en case list
