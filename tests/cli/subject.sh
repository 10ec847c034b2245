# What a person may ask for: a copy of everything, a correction, that it is not kept for longer than it should; and a legal hold.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/02-*.xml)
other=$(opened MA xml/example/06-*.xml)
at MA person link $code $other --as companion
echo 'Personne Exemple Accusee' > "$T/note"
at MA person accuse $code < "$T/note"
quietly MA consent give $code --purpose referral --to TN --mode oral --read-in ar --until 2027-01-01
quietly MA refer $code --to TN
quietly MA send $code --to TN -o "$T/x.asice"

# a copy, in three languages and for programs
at MA case copy $code --lang ar -o "$T/ar.html"
at MA case copy $code --lang fr -o "$T/fr.html"
at MA case copy $code --lang ar,fr -o "$T/both.html"
at MA case copy $code --format xml -o "$T/copy.xml"
grep -o '<html [^>]*>' "$T/ar.html" "$T/fr.html" "$T/both.html" | sed "s|$T|T|"
sed 's/<[^>]*>/\n/g' "$T/fr.html" | grep -x -e 'De qui il s’agit' -e 'Consentements' -e 'Ce qui a été envoyé et reçu' -e 'Les droits' -e 'même.*\|voyage commun'
# what was read for the consent stands there, word by word
grep -c 'الرجوع عن الموافقة' "$T/fr.html"
# who is said to have done it, and the other's case, do not
grep -l -e Accusee -e "$other" "$T"/*.html "$T/copy.xml" || echo "neither of them is in any"
at MA ledger list $code | grep export | sed 's/^[0-9]* *//'
at MA case copy $code --format json
at MA case copy $code --lang de

# a correction: what was said first stays, the assessment too, and a fear that is told now counts
cat > "$T/asked.xml" <<'X'
<rectification xmlns="urn:ihala:rectification:1" asked-by="person">
  <correct item="name" by="document"><value>Personne Exemple Trente</value><why>The passport says so</why></correct>
  <correct item="fears-state" by="person"><value>yes</value><why>Said later</why></correct>
  <correct item="fears-which" by="person"><value>TN</value><why>Said later</why></correct>
  <refuse item="age"><asked>12</asked><why>No paper, and nothing else points to it</why></refuse>
</rectification>
X
at MA case rectify $code "$T/asked.xml"
at MA case show $code --format xml | grep -c '<assessment '
at MA case show $code --format xml | grep -e '<rectification' -e 'flag id="fear"' | sed 's/^ *//'
printf 'Personne Exemple Trente\n\n' > "$T/name"
at MA person search < "$T/name" | head -n 2
at MA send $code --to TN -o "$T/y.asice"
at MA case copy $code --lang en -o "$T/after.html"
sed 's/<[^>]*>/\n/g' "$T/after.html" | grep -x -e 'What was said' -e 'The passport says so' -e 'Correction refused' | sort | uniq -c
# what is no correction
sed 's/item="age"/item="consent-referral"/' "$T/asked.xml" > "$T/bad.xml"
at MA case rectify $code "$T/bad.xml"
sed 's/item="age"/item="no-such-item"/' "$T/asked.xml" > "$T/bad.xml"
at MA case rectify $code "$T/bad.xml"
sed 's/<value>TN/<value>ZZ/' "$T/asked.xml" > "$T/bad.xml"
at MA case rectify $code "$T/bad.xml"
sed 's/<why>Said later<.why>//' "$T/asked.xml" > "$T/bad.xml"
at MA case rectify $code "$T/bad.xml"
at MA ledger list $code | grep -c ' rectify '

# closed: for how long it is kept; a hold comes first
at MA case move $other file finalise
at MA case move $other file no-indication
at MA registry due
now='--now 2028-11-21T10:00:00Z'
at MA registry due | sed 's/  *$//'
echo 'The court of appeal has asked for it' > "$T/why"
at MA case move $other file hold
at MA case hold $other --reason-file "$T/why" --until tomorrow
at MA case hold $other --reason-file "$T/why" --until 2029-06-30
at MA case holds | sed 's/  *$//'
at MA registry due --format json
at MA case destroy $other -o "$T/receipt"
now='--now 2029-08-01T10:00:00Z'
at MA case show $other | head -n 1
at MA case destroy $other -o "$T/receipt"
at MA case release $other
at MA case release $other
at MA case holds $other | sed 's/  *$//'
at MA case destroy $other -o "$T/receipt"
grep erased "$T/receipt" | mask
for l in ar fr en; do at MA document erasure $other --lang $l -o "$T/erased-$l.html"; done
sed 's/<[^>]*>/\n/g' "$T/erased-en.html" | grep -A 30 -x 'Destroyed on' | grep . | mask
at MA case copy $other
at MA registry due
at MA registry verify

# that help was asked for, the plan and the decisions stand in it too, in words
cat > "$T/request.xml" <<'X'
<request xmlns="urn:ihala:request:1" training="true" channel="hotline" danger="yes" asks="relative" language="ar">
  <contact safe="no" how="phone" when="never at home"/><about>Her sister calls: the door is locked.</about>
  <identity><name>Personne Exemple Quarante</name><phone>+000 12345</phone></identity>
</request>
X
asked=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" $now request add "$T/request.xml" 2> /dev/null)
at MA request open $asked xml/example/01-indicated-fr.xml
code=$($IHALA --registry "$T/MA" $now case list --format json | tr '{' '\n' | sed -n 's/.*"code": *"\([^"]*\)".*"opened": *"2029.*/\1/p')
cat > "$T/provider.xml" <<'X'
<providers xmlns="urn:ihala:provider:1"><provider id="dar-exemple"><name><text xml:lang="ar">دار المثال</text>
  <text xml:lang="fr">Maison Exemple</text><text xml:lang="en">Example House</text></name><service id="shelter"/></provider></providers>
X
quietly MA provider load "$T/provider.xml"
version=$($IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en $now plan show $code 2>&1 > /dev/null | sed -n 's/.*: //p')
cat > "$T/plan.xml" <<X
<changes xmlns="urn:ihala:plan:1" case="$code" version="$version" review="2029-09-01">
  <add id="home" need="shelter" service="shelter"><objective>A place for tonight</objective></add>
  <add id="doctor" need="medical" service="medical"/>
  <move item="home" event="request" provider="dar-exemple"/>
  <move item="doctor" event="decline"/>
  <view>I want to stay in this town.</view>
  <agreement said="partly" mode="oral"/>
</changes>
X
quietly MA plan apply $code "$T/plan.xml"
echo "<determination xmlns='urn:ihala:determination:1' state='presumed' body='cnclt' law='law-27-14' article='art. 7'>
<grounds>The papers were taken.</grounds></determination>" > "$T/presumed.xml"
quietly MA case move $code file finalise
at MA case determine $code "$T/presumed.xml"
for l in ar fr en; do at MA case copy $code --lang $l -o "$T/all-$l.html"; done
sed 's/<[^>]*>/\n/g' "$T/all-en.html" | grep -A 200 -x 'That help was asked for' | grep . | sed '/^Where the case stands/,$d' | mask
sed 's/<[^>]*>/\n/g' "$T/all-en.html" | grep . | sed -n '/^Decisions of/,/^Fears, asylum/p' | sed '$d' | mask

# by roles: an account that takes cases in may not hand one out
echo "a screener's passphrase" > "$T/pass2"
as() { # USER WORDS...
	who=$1
	shift
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass2" --user "$who" --lang en $now "$@" > "$T/.said" 2>&1
	echo "status $?"
	mask < "$T/.said"
}
quietly MA user register keeper --role administrator --new-passphrase-file "$T/pass2"
quietly MA user admit keeper
for one in screener case-worker; do
	as keeper user register $one --role $one --new-passphrase-file "$T/pass2" > /dev/null
	quietly MA --user office user admit $one
done
as screener case copy $code
# whoever was given the case but not the request it came from: the page says so, and has the rest
quietly MA --user office case assign $code case-worker
as case-worker case copy $code --lang en -o "$T/worker.html"
sed 's/<[^>]*>/\n/g' "$T/worker.html" | grep -x -e Hotline -e "What was said then.*"
grep -c 'door is locked' "$T/worker.html"
