# ihala plan: what is suggested and never imposed, what was agreed on, and what came of it.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
code=$(opened MA xml/example/01-indicated-fr.xml)
child=$(opened MA xml/example/31-child-indicated-fr.xml)
cat > "$T/providers.xml" <<EOF
<providers xmlns="urn:ihala:provider:1">
  <provider id="dar-exemple" region="MA-04" accredited="2026-01-01" until="2027-12-31" languages="ar fr">
    <name><text xml:lang="ar">دار المثال</text><text xml:lang="fr">Maison Exemple</text><text xml:lang="en">Example House</text></name>
    <service id="shelter" places="20" free="3"/>
    <service id="listening"/>
    <public sex="female" from="18"/>
  </provider>
  <provider id="dar-suspendue" languages="fr" suspended="2026-06-01">
    <name><text xml:lang="ar">دار أخرى</text><text xml:lang="fr">Maison Suspendue</text><text xml:lang="en">Suspended House</text></name>
    <service id="shelter"/>
  </provider>
</providers>
EOF
quietly MA provider load "$T/providers.xml"
version() { # CODE: as the writer has seen it
	$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en $now plan show "$1" 2>&1 >/dev/null | sed -n 's/.*: //p'
}
# changes CODE ATTRIBUTES < CHANGES: made
changes() {
	{
		echo "<changes xmlns=\"urn:ihala:plan:1\" case=\"$1\" version=\"$(version "$1")\"$2>"
		cat
		echo '</changes>'
	} > "$T/changes.xml"
	at MA plan apply "$1" "$T/changes.xml"
}
at MA plan suggest "$code" | sed 's/  *$//'
at MA plan suggest "$child" --lang fr | sed 's/  *$//'
at MA plan suggest "$child" --lang ar --format json | tr '{' '\n' | grep -c '"situation":"child"'
at MA plan show "$code"
changes "$code" ' review="2027-01-15"' <<EOF
<add id="home" need="shelter" service="shelter" due="2026-11-22"><objective>A place for tonight</objective></add>
<add id="doctor" need="medical" service="medical"/>
<add id="lawyer" need="legal"/>
<move item="home" event="request" provider="dar-exemple"/>
<view>I want to stay in this town.</view>
<agreement said="partly" mode="oral"/>
EOF
at MA plan show "$code" | sed 's/  *$//'
at MA work | grep plan-review
# what the person refuses is a result; what is not met says why
changes "$code" <<EOF
<move item="home" event="offer"/>
<move item="home" event="accept"/>
<move item="home" event="deliver"/>
<move item="home" event="note-result" result="partly-met"/>
<move item="doctor" event="decline"/>
<move item="lawyer" event="find-unmet" cause="no-provider"/>
EOF
at MA plan show "$code" --lang fr | sed 's/  *$//'
at MA plan show "$code" --format xml
at MA plan show "$code" --format json
at MA plan unmet | sed 's/  *$//' | grep -v ' 0 '
at MA plan suggest "$code" --format json | tr '{' '\n' | grep -c '"planned":"yes"'
# asked again later
changes "$code" <<EOF
<move item="doctor" event="need-again"/>
<set item="doctor" due="2026-12-01"/>
EOF
at MA plan unmet | grep -c ' 1 '
at MA document referral "$code" --to TN -o "$T/page.html"
grep -c 'this town' "$T/page.html"
# what is refused as a whole
echo '<move item="lawyer" event="request" provider="dar-exemple"/>' | changes "$code"
echo '<move item="doctor" event="request"/>' | changes "$code"
echo '<move item="doctor" event="request" provider="dar-exemple"/>' | changes "$code"
echo '<move item="doctor" event="request" provider="dar-nulle-part"/>' | changes "$code"
printf '<add id="bed" need="shelter" service="shelter"/>\n<move item="bed" event="request" provider="dar-suspendue"/>' | changes "$code"
echo '<move item="doctor" event="deliver"/>' | changes "$code"
echo '<move item="doctor" event="find-unmet" cause="bad-luck"/>' | changes "$code"
echo '<add id="home" need="shelter"/>' | changes "$code"
echo '<add id="pet" need="a-dog"/>' | changes "$code"
echo '<add id="bed" need="shelter" service="medical"/>' | changes "$code"
echo '<move item="bed" event="request"/>' | changes "$code"
echo '<set item="home" due="2026-02-31"/>' | changes "$code"
echo '<forget item="home"/>' | changes "$code"
at MA plan show "$code" | grep -c '^[a-z]'
# somebody else was faster; another case; no such case
echo '<view>Later.</view>' | changes "$code"
at MA plan apply "$code" "$T/changes.xml"
at MA plan apply "$child" "$T/changes.xml"
at MA plan show 7KQF-3XMT-M
at MA plan apply "$code" "$T/nothing.xml"
at MA plan services | sed 's/  *$//'
at MA plan services shelter --lang fr
at MA plan services massage
at MA plan forget "$code"
at MA registry verify | sed 's/[0-9][0-9]*/N/'
at MA ledger list "$code" | grep -c ' plan '
