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
# a letter is signed, stamped and then sealed: said twice, it leaves once
key_file() { # OFFICE: what opens its letters without the program
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" keys export --private -o "$T/$1.pem" 2> /dev/null
}
stamped() { # FILE: is there a token in the office's signature, say others
	rm -rf "$T/in"
	openssl cms -decrypt -binary -inform DER -in "$1" -inkey "$T/TN.pem" -passin file:"$T/pass" -recip "$T/TN.pem" -out "$T/in.asice" 2> /dev/null
	unzip -qq "$T/in.asice" META-INF/signature001.p7s -d "$T/in"
	openssl cms -cmsout -print -inform DER -in "$T/in/META-INF/signature001.p7s" 2> /dev/null |
	    grep -o 'id-smime-aa-timeStampToken' | head -n 1
}
taken() { # OFFICE WORDS...
	at "$@" 2>&1 | grep -v '^  [ 0-9][0-9]  '
}
state() {
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" case list --format xml 2> /dev/null | grep -o 'referral="[^"]*"'
}
key_file TN
code=$(opened MA xml/example/01-*.xml)
quietly MA refer "$code" --to TN
at MA send "$code" --to TN --stamp-reply "$T/reply" -o "$T/none"
at MA send "$code" --to TN --stamp-request "$T/query"
state
(cd "$T" && $authority answer query fresh 2>/dev/null)
# not with the reply about another signature, nor where something has changed
at MA send "$code" --to TN --stamp-reply "$T/reply" -o "$T/none"
cp -R "$T/MA" "$T/changed"
quietly changed consent give "$code" --purpose abroad --to TN --read-in fr
at changed send "$code" --to TN --stamp-reply "$T/fresh" -o "$T/none"
cp -R "$T/MA" "$T/overtaken"
quietly overtaken send --to TN --as trust-list -o "$T/list"
at overtaken send "$code" --to TN --stamp-reply "$T/fresh" -o "$T/none"
at MA send "$code" --to TN --stamp-reply "$T/fresh" -o "$T/out"
state
stamped "$T/out"
at MA send --to TN --as trust-list --stamp-reply "$T/fresh" -o "$T/none"
there=$($IHALA --registry "$T/TN" --passphrase-file "$T/pass" receive "$T/out" 2> /dev/null)
# any kind of letter, and a stamp of nobody who is believed is refused
at TN send "$there" --to MA --as acceptance --stamp-request "$T/query"
(cd "$T" && $authority answer query fresh 2>/dev/null)
at TN send "$there" --to MA --as acceptance --stamp-reply "$T/fresh" -o "$T/yes"
taken MA receive "$T/yes"
quietly TN keys add "$T/tsa.crt" --fingerprint "$print"
quietly TN trust publish -o "$T/tn.trust"
quietly MA trust add "$T/tn.trust"
taken MA receive "$T/yes"
ls "$T" | grep -cx none
