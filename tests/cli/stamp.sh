# ihala stamp: a request and a reply as files; what was stamped holds after its key was replaced.
. tests/cli/prelude.inc
now=	# an authority has the time of the machine, so everybody has
offices MA TN
authority="sh $(pwd)/tests/exchange/authority.sh"
(cd "$T" && $authority init P-256 30 2>/dev/null)
quietly MA return --period "$(date +%Y)" -o "$T/return"
say --lang en stamp request "$T/return" -o "$T/query"
openssl ts -query -in "$T/query" -text 2>/dev/null | grep -E 'Hash Algorithm|Certificate'
(cd "$T" && $authority answer query reply 2>/dev/null)
say --lang en stamp add "$T/return" "$T/reply" -o "$T/stamped"
say --lang en stamp request "$T/stamped" -o "$T/no"
say --lang en stamp add "$T/return" "$T/query" -o "$T/no"
quietly TN return --period "$(date +%Y)" -o "$T/other"
say --lang en stamp add "$T/other" "$T/reply" -o "$T/no"
say --lang en stamp request "$T/pass" -o "$T/no"
say --lang en stamp add "$T/return" "$T/reply"
# believed once the sender's list names the authority
verdict() { # FILE
	say --registry "$T/TN" --lang en verify "$1" | grep -E '^(no|valid|invalid|indet|status)'
}
verdict "$T/stamped"
print=$(openssl x509 -in "$T/tsa.crt" -noout -fingerprint -sha256 | sed 's/.*=//')
at MA keys add "$T/tsa.crt" --fingerprint "$print"
at MA keys show | sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/'
quietly MA keys export -o "$T/new.trust"
quietly TN trust add "$T/new.trust"
verdict "$T/stamped"
verdict "$T/return"
# openssl knows it, too
unzip -qq "$T/stamped" META-INF/signature001.p7s META-INF/ASiCManifest001.xml -d "$T/open"
openssl cms -verify -noverify -binary -inform DER -in "$T/open/META-INF/signature001.p7s" \
    -content "$T/open/META-INF/ASiCManifest001.xml" -out /dev/null 2>&1 | sed 's/.*successful/successful/'
