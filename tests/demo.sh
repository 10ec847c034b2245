# demo.sh - the main job for three committees, in a fresh folder.
#
#	sh tests/demo.sh PROGRAM FOLDER
#
# 24 invented interviews are assessed and opened; one case is referred from
# Morocco to Tunisia, sent, received, answered by a receipt, and judged there
# anew; consent for another is withdrawn, told and answered; with one bit
# changed a file is refused; three returns become one regional summary; one of
# each paper is made; an outsider reads the exchange file with openssl and unzip
# alone.
set -eu
program=$(realpath "$1")
out=$2
rm -rf "$out"
mkdir -p "$out/offices" "$out/post" "$out/region" "$out/outsider"
chmod 700 "$out"
echo "an invented passphrase for training" > "$out/passphrase"
log=$out/demo.log
: > "$log"

ihala() { # OFFICE ARGUMENT...
	office=$1
	shift
	"$program" --registry "$out/offices/$office" \
	    --passphrase-file "$out/passphrase" --lang en "$@" 2>> "$log" ||
	    { status=$?; tail -n 5 "$log" >&2; exit $status; }
}
said() { grep -c "$1" "$log" || true; }

echo "Ihala: the main job, with invented people ($(basename "$out")/)"
echo

# Four offices: three committees, and one that makes the regional summary.
for office in MA EG TN IOM; do
	ihala $office init --committee $office --training
	ihala $office keys export -o "$out/post/$office.trust"
done
# Who trusts whom: each fingerprint is compared with what its office shows, by
# two people; a training office of one account does both.
trust() { # WHO WHOM
	fingerprint=$(ihala "$2" keys show --format xml |
	    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p')
	ihala "$1" trust add "$out/post/$2.trust" --fingerprint "$fingerprint"
	ihala "$1" trust confirm "$2" --fingerprint "$fingerprint"
}
for pair in MA:TN TN:MA EG:TN IOM:MA IOM:EG IOM:TN; do
	trust "${pair%:*}" "${pair#*:}"
done
echo "4 offices made, each with its own keys; fingerprints compared, lists trusted"

# Eight interviews for each committee.
for office in MA EG TN; do
	files=$(grep -l "committee=\"$office\"" xml/example/*.xml | head -n 8)
	ihala $office case open $files > "$out/offices/$office.codes"
done
opened=$(cat "$out"/offices/*.codes | wc -l)
echo "$opened interviews assessed and opened as sealed cases, $(said 'Urgent danger') of them urgent"

# One referral.
case=$(sed -n 1p "$out/offices/MA.codes")
ihala MA refer "$case" --to TN
ihala MA document referral "$case" --lang ar,fr -o "$out/referral.html"
ihala MA send "$case" --to TN -o "$out/post/MA-to-TN.asice.p7m"
echo "case $case referred from Morocco to Tunisia: $out/referral.html"
there=$(ihala TN receive "$out/post/MA-to-TN.asice.p7m" \
    --receipt "$out/post/receipt.asice.p7m")
echo "sealed, sent, opened by Tunisia after $(said '^  [ 0-9][0-9]  ') checks as its case $there: $out/post/MA-to-TN.asice.p7m"
ihala MA receive "$out/post/receipt.asice.p7m"
echo "receipt signed by Tunisia, opened by Morocco: $out/post/receipt.asice.p7m"
ihala TN case compare "$there" > "$out/comparison.txt"
echo "its result in Morocco and under the law of Tunisia, side by side: $out/comparison.txt"

# Another person agrees, and later no more: whoever has the case is told.
case=$(sed -n 2p "$out/offices/MA.codes")
ihala MA refer "$case" --to TN
ihala MA send "$case" --to TN -o "$out/post/second.asice.p7m"
theirs=$(ihala TN receive "$out/post/second.asice.p7m")
ihala MA consent withdraw "$case" --purpose referral
ihala MA send "$case" --to TN --as withdrawal -o "$out/post/withdrawal.asice.p7m"
ihala TN receive "$out/post/withdrawal.asice.p7m" > /dev/null
ihala TN send "$theirs" --to MA --as reply --mode stopped -o "$out/post/reply.asice.p7m"
ihala MA receive "$out/post/reply.asice.p7m" > /dev/null
echo "consent for case $case taken back, Tunisia told by a signed message: $out/post/withdrawal.asice.p7m"
echo "answered by Tunisia, signed, that it has stopped: $out/post/reply.asice.p7m"

# One bit of the file changed on its way.
bent=$out/post/bent.asice.p7m
cp "$out/post/MA-to-TN.asice.p7m" "$bent"
byte=$(od -An -tu1 -j5000 -N1 "$bent")
printf "\\$(printf %o $((byte ^ 1)))" | dd of="$bent" bs=1 seek=5000 conv=notrunc 2> /dev/null
"$program" --registry "$out/offices/TN" --passphrase-file "$out/passphrase" \
    --lang en receive "$bent" 2> "$out/bent.log" && exit 1
echo "the first file with one bit changed: refused, nothing stored"
sed -n 's/^ihala receive: \(.*\) (.*/  \1/p' "$out/bent.log"

# Three returns, one region.
for office in MA EG TN; do
	ihala $office return --period "$(date -u +%Y)" -o "$out/post/$office.return"
done
ihala IOM region "$out/post/MA.return" "$out/post/EG.return" \
    "$out/post/TN.return" -o "$out/region"
echo "3 returns joined, counts rounded so that nobody can be recognised: $out/region/region.en.html, region.svg"

for office in MA EG TN; do
	acts=$(ihala $office ledger verify)
	echo "ledger of $office: ${acts% *} acts, none changed"
done

# One of each paper, Arabic beside French: of the case that was referred, and of
# somebody who refused it.
mkdir "$out/papers"
paper() { # OFFICE KIND WORDS...
	office=$1
	shift
	for form in html pdf; do
		ihala $office document "$@" --lang ar,fr --format $form -o "$out/papers/$1.$form"
	done
}
case=$(sed -n 1p "$out/offices/MA.codes")
ihala TN send "$there" --to MA --as information-request --category identity,contact \
    --until "$(date -u -d '+14 days' +%F)" -o "$out/post/question.asice.p7m"
ihala MA receive "$out/post/question.asice.p7m" > /dev/null
ihala MA send "$case" --to TN --as information-refusal --mode no-consent -o "$out/post/answer.asice.p7m"
paper TN receipt "$there"
paper TN request "$there"
paper MA reply "$case"
ihala MA case move "$case" file finalise > /dev/null
cat > "$out/decision.xml" <<X
<determination xmlns="urn:ihala:determination:1" state="presumed" body="cnclt" law="law-27-14" article="art. 7">
<grounds>Exemple : les papiers ont été pris, le salaire gardé un an.</grounds></determination>
X
ihala MA case determine "$case" "$out/decision.xml" > /dev/null
for kind in screening notice handover; do
	paper MA $kind "$case"
done
for kind in referral cross-border; do
	paper MA $kind "$case" --to TN
done
paper MA consent "$case" --purpose referral --to TN
paper MA withdrawal "$case" --purpose referral
for flag in asylum fear contact; do
	ihala MA consent flag "$case" $flag no
done
ihala MA consent give "$case" --purpose justice --to prosecution --mode oral --read-in ar
paper MA for-determination "$case" --to prosecution
ihala MA case copy "$case" --lang ar,fr -o "$out/papers/copy.html"
another() { # ID: the same interview once more
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$1/" xml/example/01-indicated-fr.xml > "$out/interview.xml"
	case=$(ihala MA case open "$out/interview.xml")
	ihala MA case move "$case" file finalise > /dev/null
}
another ffff
ihala MA consent refuse "$case" --purpose referral --read-in fr
ihala MA case move "$case" file refuse > /dev/null
paper MA notification "$case"
ihala MA case move "$case" file start-support > /dev/null
version=$("$program" --registry "$out/offices/MA" --passphrase-file "$out/passphrase" \
    --lang en plan show "$case" 2>&1 | sed -n 's/^Version of the case: //p')
cat > "$out/plan.xml" <<X
<changes xmlns="urn:ihala:plan:1" case="$case" version="$version">
  <add id="home" need="shelter" service="shelter"/><add id="lawyer" need="legal"/>
  <move item="lawyer" event="find-unmet" cause="no-provider"/>
</changes>
X
ihala MA plan apply "$case" "$out/plan.xml"
for kind in plan follow-up; do
	paper MA $kind "$case"
done
ihala MA case move "$case" file complete-plan > /dev/null
ihala MA case move "$case" file end-follow-up > /dev/null
paper MA closure "$case"
another fffe
ihala MA case move "$case" file no-indication > /dev/null
ihala MA case destroy "$case" -o "$out/papers/erasure.asice" > /dev/null
paper MA erasure "$case"
paper MA annual-report --period "$(date -u +%Y)"
paper MA rights
paper MA questionnaire rapid
paper MA prompts rapid
rm "$out/decision.xml" "$out/interview.xml" "$out/plan.xml"
{
	echo '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Documents</title></head><body><h1>Documents</h1><ul>'
	"$program" document list --format xml --lang en |
	    sed -n 's/.*<document kind="\([^"]*\)".* name="\([^"]*\)".*/\1 \2/p' |
	    while read -r kind name; do
		[ ! -e "$out/papers/$kind.html" ] || echo "<li>$name: <a href=\"$kind.html\">page</a>"
		[ ! -e "$out/papers/$kind.pdf" ] || echo "<a href=\"$kind.pdf\">PDF</a>"
	    done
	echo '</ul></body></html>'
} > "$out/papers/index.html"
echo "$(ls "$out"/papers/*.pdf | wc -l) papers, each as a page and as a PDF: $out/papers/index.html"

# Where there is no network: a page, a form for phones, one for hospitals; and
# what comes back from each, which waits until somebody vouches for it.
mkdir "$out/elsewhere"
for kind in page odk fhir; do
	ihala MA instrument $kind rapid -o "$out/elsewhere/$kind"
done
ihala MA request page -o "$out/elsewhere/message.html"
mv "$out/elsewhere/page" "$out/elsewhere/interview.html"
mv "$out/elsewhere/odk" "$out/elsewhere/xform.xml"
mv "$out/elsewhere/fhir" "$out/elsewhere/questionnaire.json"
echo "one questionnaire as a page of $(($(wc -c < "$out/elsewhere/interview.html") / 1000)) KB, an ODK form and a FHIR questionnaire: $out/elsewhere/"
held() { # NUMBER FILE: an interview that was held elsewhere
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1eee$1/" "xml/example/$2" > "$out/elsewhere/$1.xml"
}
held 1 36-rapid-signs-fr.xml
held 2 02-indicated-ar.xml
ihala MA keys export --private --as forms -o "$out/elsewhere/key.pem"
openssl cms -encrypt -binary -aes-256-gcm -keyid -recip "$out/elsewhere/key.pem" -keyopt rsa_padding_mode:oaep \
    -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256 -in "$out/elsewhere/1.xml" -outform DER -out "$out/elsewhere/page.p7m"
digest=$(sed -n 's/.*<digest>\([0-9a-f]*\)<.*/\1/p' "$out/elsewhere/xform.xml" | head -n 1)
cat > "$out/elsewhere/phone.xml" <<X
<data id="rapid" version="1.0.0"><_interview><digest>$digest</digest><committee>MA</committee><training>true</training>
<date>$(date -u +%F)</date><channel>border</channel><language>ar</language></_interview><conditions><safe-now>no</safe-now></conditions>
<meta><instanceID>uuid:00000000-0000-4000-8000-000000000001</instanceID></meta></data>
X
echo "<request xmlns='urn:ihala:request:1' channel='app' danger='unknown' training='true'><about>Exemple</about></request>" > "$out/elsewhere/message.xml"
ihala MA import page "$out/elsewhere/page.p7m" "$out/elsewhere/message.xml" > /dev/null
ihala MA import odk "$out/elsewhere/phone.xml" > /dev/null
ihala MA import paper "$out/elsewhere/2.xml" > /dev/null
echo "from a sealed page, a phone and paper, each waits to be confirmed; nothing of it is referred before:"
ihala MA intake list | sed 's/^/  /; s/ *$//' | { read -r head; echo "  $head"; LC_ALL=C sort -k 4; }
case=$(ihala MA intake list --format xml | sed -n 's/.* code="\([^"]*\)".*/\1/p' | head -n 1)
echo "the most urgent one is confirmed as case $(ihala MA intake confirm "$case")"
rm "$out/elsewhere/"[12].xml "$out/elsewhere/key.pem"

# An outsider, without this program: only the addressee's key, openssl, unzip.
echo
echo "An outsider reads the same file with openssl and unzip alone:"
echo "  openssl cms -decrypt -inform DER -in F -recip K -inkey K -out C"
echo "  unzip C"
echo "  openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s \\"
echo "      -content META-INF/ASiCManifest001.xml -certfile S -CAfile S -nointern -purpose any"
ihala TN keys export --private -o "$out/outsider/TN-sealing.pem"
"$program" --help > /dev/null
cd "$out/outsider"
openssl cms -decrypt -inform DER -in ../post/MA-to-TN.asice.p7m \
    -recip TN-sealing.pem -inkey TN-sealing.pem -passin file:../passphrase \
    -out container.zip
unzip -q -o container.zip -d container
# Whose signature: the certificate of Morocco's trust list.
openssl cms -verify -noverify -inform DER -in ../post/MA.trust -out MA-list.xml 2> /dev/null
tr -d '\n' < MA-list.xml | sed 's/<certificate/\n<certificate/g' |
    sed -n '/use="signing"/s/.*>\([A-Za-z0-9+\/= ]*\)<\/certificate>.*/\1/p' |
    tr -d ' ' | fold -w 64 |
    { echo "-----BEGIN CERTIFICATE-----"; cat; echo "-----END CERTIFICATE-----"; } > MA-signing.pem
openssl cms -verify -cades -binary -inform DER \
    -in container/META-INF/signature001.p7s \
    -content container/META-INF/ASiCManifest001.xml \
    -certfile MA-signing.pem -CAfile MA-signing.pem -nointern \
    -purpose any -out manifest.xml 2> verify.log
grep -q 'successful' verify.log
echo "  openssl cms: decrypted, and signed by Morocco's key"
tr '>' '\n' < manifest.xml | sed -n 's/.*DataObjectReference URI="\([^"]*\)".*/\1/p' | sort -u > names
[ "$(cd container && find . -type f ! -name mimetype ! -path './META-INF/*' | sed 's|^\./||' | sort)" = "$(cat names)" ]
while read -r name; do
	digest=$(openssl dgst -sha256 -binary "container/$name" | openssl base64 -A)
	grep -q "$digest" manifest.xml
done < names
echo "  sha256: $(wc -l < names) parts, each the one the manifest signed: $(tr '\n' ' ' < names)"
cd - > /dev/null
ihala TN case show "$there" --format xml > "$out/outsider/as-stored.xml"
grep -o '<answer [^>]*item="[^"]*"' "$out/outsider/as-stored.xml" | sort > "$out/outsider/a"
grep -o '<answer [^>]*item="[^"]*"' "$out/outsider/container/case.xml" | sort > "$out/outsider/b"
comm -23 "$out/outsider/a" "$out/outsider/b" | grep -q . &&
    { echo "what Tunisia stored is not what was sent"; exit 1; }
echo "  compared: what Tunisia stored is what Morocco signed"
rm -f "$out/outsider/a" "$out/outsider/b" "$out/outsider/names"

# Last, since from here on everybody says who they are.  Nobody lets in whom
# they registered themselves.
ihala MA user register administrator --role administrator --new-passphrase-file "$out/passphrase"
ihala MA user admit administrator
for role in screener case-worker supervisor committee data-protection-officer auditor; do
	ihala MA user register $role --role $role --new-passphrase-file "$out/passphrase" --user administrator
	ihala MA user admit $role --user office
done
echo
echo "The screens: log in as one of screener case-worker supervisor committee data-protection-officer auditor administrator, with the passphrase in $out/passphrase:"
echo "  build/ihala serve --registry $out/offices/MA"
