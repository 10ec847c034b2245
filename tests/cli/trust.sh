# ihala trust: nobody is believed before two people compared a fingerprint; a list only rolls forward; a key can be withdrawn.
. tests/cli/prelude.inc
for one in MA TN; do
	quietly $one init --committee $one --training
	quietly $one keys export -o "$T/$one.trust"
done
fingerprint_of() { # FILE: of the key that signed it, without the words
	$IHALA trust aloud "$1" | awk '{ printf "%s", $2 }'
}
echo "# the first list: one proposes, another confirms"
printf 'another passphrase' > "$T/second"
quietly MA user register second --role committee --new-passphrase-file "$T/second"
quietly MA user admit second
quietly MA --user office user register clerk --role case-worker --new-passphrase-file "$T/second"
quietly MA --user second --passphrase-file "$T/second" user admit clerk
first() { at MA --user office "$@" | sed 's/  *$//'; }
second() { at MA --user second --passphrase-file "$T/second" "$@" | sed 's/  *$//'; }
clerk() { at MA --user clerk --passphrase-file "$T/second" "$@" | sed 's/  *$//'; }
f=$(fingerprint_of "$T/TN.trust")
first trust list
first trust add "$T/TN.trust" | sed -E 's/^( ?[0-9]+)  [0-9a-f]{4} .*/\1  HEXA  four words/'
first trust add "$T/TN.trust" --fingerprint "0000 0000"
clerk trust add "$T/TN.trust" --fingerprint "$f"
first trust confirm TN --fingerprint "$f"
first trust add "$T/TN.trust" --fingerprint "$f"
first trust list
first trust confirm TN --fingerprint "$f"
clerk trust confirm TN --fingerprint "$f"
second trust confirm TN
second trust confirm TN --fingerprint "$(fingerprint_of "$T/MA.trust")"
first send 7KQF-3XMT-R --to TN -o "$T/none"
second trust confirm TN --fingerprint "$(echo "$f" | tr a-f A-F)"
second trust list
first trust show TN
first trust show EG
# known by now: the same list again, or a newer one, needs no comparing
first trust add "$T/TN.trust"
first trust add "$T/absent.trust"
echo nonsense > "$T/bad.trust"
first trust add "$T/bad.trust"

echo "# to be read aloud, in any of our languages"
for lang in ar fr en; do
	$IHALA trust aloud "$T/TN.trust" --lang $lang > "$T/aloud.$lang"
	awk '{ print NF }' "$T/aloud.$lang" | uniq -c | sed 's/^ */words: /'
done
[ "$(awk '{ print $2 }' "$T/aloud.ar")" = "$(awk '{ print $2 }' "$T/aloud.en")" ] && echo "the same key"
quietly TN trust publish -o "$T/TN-2.trust"
at TN trust aloud | sed -E 's/^( ?[0-9]+)  [0-9a-f]{4} .*/\1  HEXA  four words/' | tail -n 1
at EG trust aloud

echo "# a list only rolls forward"
cp -r "$T/TN" "$T/fork"
quietly TN trust publish -o "$T/TN-3.trust"
quietly fork --now 2026-11-21T10:01:00Z trust publish -o "$T/TN-3-fork.trust"
quietly fork trust publish -o "$T/TN-4-fork.trust"
first trust add "$T/TN-3.trust"
first trust add "$T/TN-2.trust"
first trust add "$T/TN-3-fork.trust"
first trust add "$T/TN-4-fork.trust"
first --now 2027-12-01T10:00:00Z trust add "$T/TN-3.trust"
first --now 2027-12-01T10:00:00Z trust list
first --now 2026-11-20T10:00:00Z trust add "$T/TN-3.trust"

echo "# an authority of time"
authority="sh $(pwd)/tests/exchange/authority.sh"
(cd "$T" && $authority init P-256 3650 2> /dev/null)
stamper=$(openssl x509 -in "$T/tsa.crt" -noout -fingerprint -sha256 | sed 's/.*=//')
quietly TN keys add "$T/tsa.crt" --fingerprint "$stamper"
at TN trust publish -o "$T/TN-4.trust"
first trust add "$T/TN-4.trust"
first trust show TN | sed -E 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}/DAY/g'
openssl cms -verify -noverify -inform DER -in "$T/TN-4.trust" 2> /dev/null |
    grep -o ' \(sequence\|previous\)="[^"]*"' | mask

echo "# a list key that is kept apart"
echo "a passphrase for the key apart" > "$T/apart"
at TN trust root --new-passphrase-file "$T/apart"
at TN trust root -o "$T/root.pem" --new-passphrase-file "$T/apart"
stat -c %a "$T/root.pem"
at TN trust publish --root "$T/root.pem" --new-passphrase-file "$T/apart" -o "$T/none"
at TN trust publish -o "$T/TN-5.trust"
at TN trust publish --root "$T/root.pem" --new-passphrase-file "$T/second" -o "$T/none"
at TN trust publish --root "$T/root.pem" --new-passphrase-file "$T/apart" -o "$T/TN-6.trust"
at TN trust publish -o "$T/none"
# without the list that announced it nobody knows the new key
first trust add "$T/TN-6.trust"
first trust add "$T/TN-5.trust"
first trust add "$T/TN-6.trust"
first trust list

echo "# a revocation list, made with openssl"
signing=$(first trust show TN --format xml | sed -n 's/.*use="signing".*fingerprint="\([^"]*\)".*/\1/p')
sed -n '/BEGIN CERT/,/END CERT/p' "$T/root.pem" > "$T/root.crt"
openssl pkey -in "$T/root.pem" -passin "file:$T/apart" -out "$T/root.key" 2> /dev/null
openssl cms -verify -noverify -inform DER -in "$T/TN-6.trust" 2> /dev/null |
    tr -d '\n' | sed 's/<certificate/\n<certificate/g' |
    sed -n '/use="signing"/s/.*>\([A-Za-z0-9+\/=]*\)<\/certificate>.*/\1/p' | openssl base64 -d -A > "$T/signing.der"
serial=$(openssl x509 -inform DER -in "$T/signing.der" -noout -serial | sed 's/.*=//')
printf '[ca]\ndefault_ca = x\n[x]\ndatabase = %s\ncrlnumber = %s\ndefault_md = sha256\ncrl_extensions = e\n[e]\nauthorityKeyIdentifier = keyid\n' \
    "$T/index" "$T/number" > "$T/ca.cnf"
crl_of() { # NUMBER FROM UNTIL KEY OUT
	echo "$1" > "$T/number"
	openssl ca -gencrl -config "$T/ca.cnf" -keyfile "$T/$4.key" -cert "$T/$4.crt" \
	    -crl_lastupdate "$2" -crl_nextupdate "$3" -out "$T/$5" 2> "$T/.why" || cat "$T/.why"
}
: > "$T/index"
crl_of 01 20261121090000Z 20261128090000Z root 1.crl
printf 'R\t291120000000Z\t261121093000Z,keyCompromise\t%s\tunknown\t/CN=TN signing\n' "$serial" > "$T/index"
crl_of 02 20261121093000Z 20261128093000Z root 2.crl
openssl ecparam -name prime256v1 -genkey -noout -out "$T/thief.key"
openssl req -x509 -key "$T/thief.key" -subj "/CN=TN list" -out "$T/thief.crt" -days 30 2> /dev/null
crl_of 03 20261121093000Z 20261128093000Z thief thief.crl
openssl crl -inform PEM -in "$T/2.crl" -outform DER -out "$T/2.der"
first trust crl TN "$T/1.crl"
first trust show TN --format xml | grep -c 'state="withdrawn"'
first trust crl TN "$T/thief.crl"
first trust crl TN "$T/bad.trust"
clerk trust crl TN "$T/2.der"
first trust crl TN "$T/2.der"
first trust show TN --format xml | grep -o 'use="signing" state="[a-z]*" since="[^"]*"'
first trust crl TN "$T/1.crl"
first --now 2026-12-21T10:00:00Z trust crl TN "$T/2.crl"
first --now 2026-12-21T10:00:00Z trust list

echo "# a key that is withdrawn here, and what had come from it"
key_of() { # OFFICE COMMITTEE: that it signs letters with, says OFFICE
	$IHALA --registry "$T/$1" trust show $2 --format xml |
	    sed -n 's/.*use="signing".*fingerprint="\([^"]*\)".*/\1/p'
}
letters() { # what random ids are in
	sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/; s/  *$//'
}
last() { tail -n "${1:-1}"; }
quietly ma init --committee MA --training
quietly tn init --committee TN --training
for pair in ma:tn tn:ma; do
	quietly ${pair#*:} keys export -o "$T/${pair#*:}.trust"
	f=$(fingerprint_of "$T/${pair#*:}.trust")
	quietly ${pair%:*} trust add "$T/${pair#*:}.trust" --fingerprint "$f"
	quietly ${pair%:*} trust confirm $(echo ${pair#*:} | tr a-z A-Z) --fingerprint "$f"
done
one=$(opened ma xml/example/01-*.xml)
two=$(opened ma xml/example/02-*.xml)
for code in $one $two; do
	quietly ma refer $code --to TN
done
at ma send $one --to TN -o "$T/one"
at ma --now 2026-11-23T10:00:00Z send $two --to TN -o "$T/two"
quietly tn receive "$T/one"
at tn trust withdraw MA
at tn trust withdraw MA --since 2026-12-01
at tn trust withdraw MA "$(fingerprint_of "$T/TN-6.trust")" --since 2026-11-01
at tn trust withdraw EG --since 2026-11-01
# from the day after the first letter: that one still holds, the next does not
at tn --now 2026-11-23T11:00:00Z trust withdraw MA "$(key_of tn MA)" --since 2026-11-22
at tn --now 2026-11-23T11:00:00Z receive "$T/one" | last 2
at tn --now 2026-11-23T11:00:00Z receive "$T/two" | last 2
at tn --now 2026-11-23T11:00:00Z work | sed 's/  *$//'
# from before it: its case is on the worklist until somebody has looked
at tn --now 2026-11-23T11:00:00Z trust withdraw MA "$(key_of tn MA)" --since 2026-11-21 | letters
at tn --now 2026-11-23T11:00:00Z receive "$T/one" | last 2
at tn --now 2026-11-23T11:00:00Z work | sed 's/  *$//'
there=$($IHALA --registry "$T/tn" --passphrase-file "$T/pass" $now case list --format xml 2> /dev/null |
    sed -n 's/.*code="\([^"]*\)".*/\1/p')
at tn case move $there file vouch-origin
at tn --now 2026-11-23T11:00:00Z work | last 1
at tn trust list
# all of it: what is in the list, and the key that signed it
at tn --now 2026-11-23T11:00:00Z trust withdraw MA --since 2026-11-20 --format json | letters
at tn trust list
at tn trust add "$T/ma.trust" --fingerprint "$(fingerprint_of "$T/ma.trust")"
# our own: the next list says so
at ma trust withdraw MA "$(key_of tn MA)" --since 2026-11-20
quietly ma trust publish -o "$T/ma-2.trust"
openssl cms -verify -noverify -inform DER -in "$T/ma-2.trust" 2> /dev/null |
    grep -o 'use="signing" status="[a-z]*" since="[^"]*"'
# a list that an older version took in, and nobody has confirmed since, stands
# in the way of its own letters, not of those of others
quietly eg init --committee EG --training
for pair in eg:tn tn:eg; do
	quietly ${pair#*:} keys export -o "$T/${pair#*:}.trust"
	f=$(fingerprint_of "$T/${pair#*:}.trust")
	quietly ${pair%:*} trust add "$T/${pair#*:}.trust" --fingerprint "$f"
	quietly ${pair%:*} trust confirm $(echo ${pair#*:} | tr a-z A-Z) --fingerprint "$f"
done
three=$(opened eg xml/example/11-*.xml)
quietly eg refer $three --to TN
quietly eg send $three --to TN -o "$T/three"
before() { # OFFICE: as it was when one person was enough for the list of $2
	cp -R "$T/tn" "$T/$1"
	python3 - "$T/$1/registry.db" $2 <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM partner_pin WHERE committee = ?", sys.argv[2:])
db.commit()
P
}
before old EG
at old receive "$T/three" --receipt "$T/none" | last 4
at old open "$T/three" | last 5
before other MA
at other trust list
at other receive "$T/three" --receipt "$T/receipt" | last 2
at eg receive "$T/receipt" | last 1
# and what somebody does to the database by hand is found
python3 - "$T/MA/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE partner SET sequence = 99")
db.commit()
P
first trust crl TN "$T/1.crl"
$IHALA --registry "$T/tn" ledger list --format xml |
    grep -oE 'act="(propose|trust|untrust|revoke)" subject="[^"]*"' | mask
