# ihala ledger: every act is there; what an outsider holds is checked without us; one changed letter is found.
. tests/cli/prelude.inc
offices MA TN
at MA ledger checkpoint -o "$T/old"
code=$(opened MA xml/example/01-*.xml)
other=$(opened MA xml/example/02-*.xml)
at MA ledger verify | sed -E 's/^[0-9]+/N/; s/[0-9]+ acts/N acts/'
say --registry "$T/MA" --lang fr ledger verify | sed -E 's/^[0-9]+/N/; s/[0-9]+ actes/N actes/'
at MA ledger list "$code" | sed 's/  *$//'
at MA ledger list --since 13 --format xml
at MA ledger list --since last
# a part of it: up to an entry, the last few
at MA ledger list --since 2 --until 4 --format json | grep -o '"entry":[0-9]*'
at MA ledger list --since -2 --format json | grep -o '"entry":' | wc -l
at MA ledger list --since -999999 --until 1 | tail -n +2 | wc -l
at MA ledger list --until soon
at MA ledger list 7KQF

# What each verb that shows or exports content, or changes it, has entered.
acts() { # OFFICE WORDS...
	had=$($IHALA --registry "$T/$1" ledger list --format xml | grep -o '<entry ' | wc -l)
	$IHALA --registry "$T/$1" --passphrase-file "$T/pass" --lang en $now \
	    $(shift; echo "$@") > /dev/null 2> "$T/.said" < "$T/.typed" ||
	    mask < "$T/.said"
	$IHALA --registry "$T/$1" ledger list --since "$had" --format xml |
	    grep -o 'act="[^"]*" subject="[^"]*"' |
	    awk -F'"' -v verb="$2 $3" '{ s = s (NR > 1 ? ", " : "") $2 " " $4 }
	        END { print "  " verb ": " (s == "" ? "none" : s) }' |
	    sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/LETTER/g; s/recovery-[0-9]+/recovery-N/g' | mask
}
echo "what shows content"
printf 'Personne Exemple\n' > "$T/.typed"
acts MA case show $code
acts MA person search
acts MA person links $code
acts MA person accuse $code
acts MA person accused $code
acts MA plan suggest $code
acts MA plan show $code
acts MA plan unmet
acts MA provider match $code shelter
acts MA rescore $code --framework xml/framework/ilo-adult-labour.xml
acts MA instrument diff xml/instrument/adult.xml xml/instrument/adult.xml
echo "what makes or exports a file"
acts MA refer $code --to TN
acts MA document referral $code --lang ar,fr -o "$T/page"
acts MA send $code --to TN --preview
acts MA send $code --to TN -o "$T/out.p7m"
acts TN open "$T/out.p7m"
acts TN receive "$T/out.p7m" --receipt "$T/receipt"
acts MA receive "$T/receipt"
acts MA return --period 2026 -o "$T/return"
acts MA keys export -o "$T/list"
acts MA keys export --private -o "$T/pem"
acts MA keys export --private --as forms -o "$T/pem"
acts MA instrument page rapid -o "$T/form"
acts MA keys export --private --as forms -o "$T/pem"
acts MA pack make -o "$T/pack"
acts MA pack verify "$T/pack"
acts MA pack load "$T/pack"
acts MA registry backup -o "$T/data" --keys "$T/keys"
acts MA registry erasures -o "$T/erasures"
acts MA recovery make --shares 3 --threshold 2 -o "$T/shares"
echo "what changes the office or a case"
sed 's/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\1eee1/' xml/example/05-*.xml > "$T/paper.xml"
acts MA import paper "$T/paper.xml"
waits=$($IHALA --registry "$T/MA" intake list --format xml | sed -n 's/.* code="\([^"]*\)".*/\1/p')
acts MA intake show $waits
acts MA intake compare $waits "$T/paper.xml"
acts MA intake confirm $waits
acts MA trust add "$T/TN.trust"
acts MA trust publish -o "$T/list"
acts MA trust root -o "$T/apart" --new-passphrase-file "$T/pass"
acts MA trust withdraw TN --since 2026-11-01
acts MA person link $code $other --as family
acts MA person unlink $code $other
acts MA person mark
cat > "$T/providers" <<EOF
<providers xmlns="urn:ihala:provider:1"><provider id="maison-exemple"><name><text xml:lang="ar">دار المثال</text><text xml:lang="fr">Maison Exemple</text><text xml:lang="en">Example House</text></name><service id="shelter"/></provider></providers>
EOF
acts MA provider load "$T/providers"
version=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en $now plan show $other 2>&1 >/dev/null | sed 's/.*: //')
echo "<changes xmlns=\"urn:ihala:plan:1\" case=\"$other\" version=\"$version\"><add id=\"a\" need=\"shelter\"/></changes>" > "$T/changes"
acts MA plan apply $other "$T/changes"
acts MA case move $other file finalise
acts MA case move $other file no-indication
acts MA case destroy $other -o "$T/gone"
acts MA user register clerk --role screener --new-passphrase-file "$T/pass"
echo "what lists codes, states and keys, sealed or public"
acts MA case list
acts MA case breaks
acts MA user list
acts MA keys show
acts MA trust list
acts MA trust show TN
acts MA trust aloud
acts MA pack show
acts MA recovery show
acts MA registry verify
acts MA ledger list
acts MA ledger checkpoint
acts MA ledger prove 1

# What an outsider holds: an older checkpoint, and two proofs.
lone() { # WORDS...: no registry, no passphrase
	say ledger "$@" --lang en | sed -E 's/^[0-9]+ /N /; s/of [0-9]+ act/of N act/'
}
at MA ledger checkpoint -o "$T/new"
at MA ledger prove 8 -o "$T/entry"
at MA ledger prove --since "$T/old" -o "$T/growth"
sed -E 's/^[0-9]+$/N/; s|^[A-Za-z0-9+/]{43}=$|BASE64|; s|[A-Za-z0-9+/=]{65,}$|BASE64|' "$T/entry" |
    mask | uniq
lone check "$T/new"
lone check "$T/entry"
lone check "$T/growth" --since "$T/old"
key=$(sed -n '1s|.*/||p' "$T/old")
lone check "$T/entry" --fingerprint "$key"
lone check "$T/growth" --since "$T/old" --fingerprint "$key"
say ledger check "$T/entry" --lang fr | sed -E 's/^[0-9]+ /N /; s/ [0-9]+ act/ N act/'
# and what does not hold
at TN ledger checkpoint -o "$T/foreign"
lone check "$T/foreign" --fingerprint "$key"
lone check "$T/growth" --since "$T/foreign"
lone check "$T/growth" --since "$T/new"
lone check "$T/growth"
sed 's/^index 8/index 9/' "$T/entry" > "$T/moved"
lone check "$T/moved"
sed '2s/$/0/' "$T/new" > "$T/grown"
lone check "$T/grown"
head -n 4 "$T/new" > "$T/cut"
lone check "$T/cut"
lone check README.md
at MA ledger prove 999 | sed 's/[0-9]* entries/N entries/'
at MA ledger prove
at MA ledger prove --since "$T/foreign"
# an account that is named needs the right; whoever holds the folder needs none
at MA --user office ledger checkpoint -o "$T/same"
cmp "$T/same" "$T/new"
at MA user admit clerk
at MA --user clerk ledger checkpoint
at MA --user clerk ledger prove 8
at MA ledger prove 8 -o "$T/same"

python3 - "$T/MA/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE ledger SET actor = 'nobody' WHERE at = 2")
db.commit()
P
at MA ledger verify
at MA ledger prove 8
at MA ledger prove --since "$T/old"
at MA ledger rewrite
