# ihala document: every kind of paper, in each language, for each country.
. tests/cli/prelude.inc
as() { # OFFICE USER WORDS...: told only where it fails
	office=$1 who=$2
	shift 2
	$IHALA --registry "$T/$office" --passphrase-file "$T/pass" --user "$who" \
	    --lang en $now "$@" > "$T/.said" 2>&1 || { echo "$office $who: $*"; mask < "$T/.said"; }
}
# whole OFFICE INTERVIEW BODY LAW ARTICLE: an office, and a case that has all
whole() {
	quietly "$1" user register keeper --role administrator --new-passphrase-file "$T/pass"
	quietly "$1" user admit keeper
	for name in amal basma chafik; do
		role=committee,supervisor,case-worker
		[ $name != chafik ] || role=data-protection-officer
		as "$1" keeper user register $name --role $role --new-passphrase-file "$T/pass"
		as "$1" office user admit $name
	done
	code=$(interview "$1" "$2" 1)
	as "$1" amal case move "$code" file finalise
	as "$1" basma case move "$code" file confirm-possible
	as "$1" amal consent give "$code" --purpose referral --read-in ar --mode oral
	as "$1" amal case move "$code" file start-support
	as "$1" amal plan show "$code"
	cat > "$T/plan.xml" <<X
<changes xmlns="urn:ihala:plan:1" case="$code" version="$(sed -n 's/.*: \([0-9]*\)$/\1/p' "$T/.said")" review="2027-02-01">
  <add id="home" need="shelter" service="shelter" due="2027-01-10"><objective>Un lieu sûr</objective></add>
  <add id="lawyer" need="legal"/>
  <move item="lawyer" event="find-unmet" cause="no-provider"/>
  <view>Rester dans cette ville.</view><agreement said="partly" mode="oral"/>
</changes>
X
	as "$1" amal plan apply "$code" "$T/plan.xml"
	echo "<determination xmlns='urn:ihala:determination:1' state='presumed' body='$3' law='$4' article='$5'>
<grounds>Exemple : les papiers ont été pris, le salaire gardé un an.</grounds></determination>" > "$T/decision.xml"
	as "$1" amal case determine "$code" "$T/decision.xml"
}
# interview OFFICE FILE NUMBER: the code of a case of it
interview() {
	sed "s/committee=\"[A-Z][A-Z]\"/committee=\"$1\"/; s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1000$3/" "$2" > "$T/interview.xml"
	as "$1" amal case open "$T/interview.xml"
	grep -xE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$T/.said"
}
# counts FILE: how many blocks of each sort
counts() {
	for block in h p alert note list fields table sign; do
		n=$(grep -oE "<$block( |>)" "$1" | wc -l)
		[ "$n" = 0 ] || printf ' %s %s' "$n" "$block"
	done
}
# paper OFFICE KIND WORDS...: side by side, and then in each language
# (IHALA_FEW: the blocks only)
paper() {
	office=$1 kind=$2
	shift 2
	made=
	as "$office" amal document "$kind" "$@" --lang ar,fr --format xml -o "$T/paper.xml"
	xmllint --noout --relaxng xml/schema/block.rng "$T/paper.xml" 2> "$T/.said" || mask < "$T/.said"
	echo "$office $kind: $(sed -n 's/.*<title>\(.*\)<\/title>.*/\1/; s/<[^>]*><text[^>]*>/ | /; s/<[^>]*>//g; 2p' "$T/paper.xml")$(counts "$T/paper.xml")"
	for lang in $languages; do
		as "$office" amal document "$kind" "$@" --lang $lang -o "$T/paper.html"
		tidy -q -e "$T/paper.html" > "$T/.said" 2>&1 && made="$made $lang" || mask < "$T/.said"
	done
	[ "$made" = "${languages:+ $languages}" ] || echo "made in:$made"
}
languages="ar fr en ar,fr"
[ -z "$IHALA_FEW" ] || languages=
say document list
say document list --lang ar
say document list --lang fr --format xml
# between offices: a case is sent, something is asked about it, and refused
offices MA EG TN
between() { # FROM TO NUMBER
	sed "s/committee=\"[A-Z][A-Z]\"/committee=\"$1\"/; s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1000$3/" xml/example/01-indicated-fr.xml > "$T/interview.xml"
	sent=$(opened "$1" "$T/interview.xml")
	for words in "refer $sent --to $2" "send $sent --to $2 -o $T/case.p7m"; do
		quietly "$1" $words
	done
	came=$($IHALA --registry "$T/$2" --passphrase-file "$T/pass" $now receive "$T/case.p7m" 2> /dev/null)
	quietly "$2" send "$came" --to "$1" --as information-request --category identity,contact --until 2026-12-05 -o "$T/ask.p7m"
	quietly "$1" receive "$T/ask.p7m"
	quietly "$1" send "$sent" --to "$2" --as information-refusal --mode no-consent -o "$T/no.p7m"
	eval "sent_$1=$sent came_$2=$came"
}
between MA TN 7
between TN EG 8
between EG MA 9
whole MA xml/example/01-indicated-fr.xml cnclt law-27-14 'art. 7'
MA=$code
# what a case lacks is named, and nothing is written
bare=$(interview MA xml/example/12-fears-en.xml 2)
for kind in notice plan follow-up closure request reply receipt; do
	at MA --user amal document $kind "$bare" --lang fr -o "$T/none.html"
done
at MA --user amal document cross-border $MA --to court-support-unit --lang fr -o "$T/none.html"
at MA --user amal document withdrawal "$bare" --purpose justice --lang ar -o "$T/none.html"
at MA --user amal --lang fr document withdrawal "$bare" --purpose justice -o "$T/none.html"
at MA --user amal document consent "$bare" --lang ar -o "$T/none.html"
at MA --user amal document consent "$bare" --purpose nothing --lang ar -o "$T/none.html"
at MA --user amal document rights "$bare" --lang ar -o "$T/none.html"
at MA --user amal document questionnaire --lang ar -o "$T/none.html"
at MA --user amal document questionnaire nothing --lang ar -o "$T/none.html"
at MA --user amal document copy "$bare" --lang ar -o "$T/none.html"
at MA --user amal document screening "$bare" --lang ar --format json -o "$T/none.html"
at MA --user amal document nothing "$bare" --lang ar -o "$T/none.html"
[ -e "$T/none.html" ] || echo "nothing was written"
# each of them
whole EG xml/example/01-indicated-fr.xml prosecution law-64-2010 23
EG=$code
whole TN xml/example/01-indicated-fr.xml inltp law-2016-61 5
TN=$code
for office in MA EG TN; do
	eval "code=\$$office"
	to=$([ $office = TN ] && echo MA || echo TN)
	for kind in screening notice plan follow-up; do
		paper $office $kind "$code"
	done
	paper $office handover "$code"
	eval "came=\$came_$office sent=\$sent_$office"
	paper $office request "$came"
	paper $office reply "$sent"
	paper $office receipt "$came"
	paper $office consent "$code" --purpose referral --to $to
	paper $office withdrawal "$code" --purpose referral
	paper $office rights
	paper $office questionnaire rapid
	paper $office prompts adult
	paper $office referral "$code" --to $to
	as $office amal refer "$code" --to $to
	paper $office cross-border "$code"
	decider=$([ $office = TN ] && echo special-victims-unit || echo prosecution)
	as $office amal consent give "$code" --purpose justice --to $decider --read-in ar --mode oral
	for flag in asylum fear contact; do as $office amal consent flag "$code" $flag no; done
	paper $office for-determination "$code" --to $decider
	as $office amal case move "$code" file complete-plan
	as $office amal case move "$code" file end-follow-up
	paper $office closure "$code"
	second=$(interview $office xml/example/01-indicated-fr.xml 3)
	as $office basma case move "$second" file finalise
	as $office basma consent refuse "$second" --purpose referral --read-in fr
	as $office basma case move "$second" file refuse
	paper $office notification "$second"
	third=$(interview $office xml/example/01-indicated-fr.xml 4)
	as $office basma case move "$third" file finalise
	as $office amal case move "$third" file no-indication
	as $office chafik case destroy "$third" -o "$T/receipt"
	paper $office erasure "$third"
done
# the same bytes each time; printing is entered
at MA --user amal document notice $MA --lang ar,fr -o "$T/a.html"
at MA --user amal document notice $MA --lang ar,fr -o "$T/b.html"
cmp "$T/a.html" "$T/b.html" && echo "the same bytes"
# nobody is named on a paper of the office, nor in what a window is called
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --user amal case copy $MA --lang fr -o "$T/copy.html" 2> /dev/null
grep -o 'Personne Exemple[^<]*' "$T/copy.html" | head -n 1
grep -c 'Personne Exemple' "$T/a.html"
grep -o '<title>[^<]*' "$T/a.html" | mask
