# ihala import: interviews that were held elsewhere come in, whole or not at all.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
at MA instrument odk rapid -o "$T/rapid.xml"
digest=$($IHALA instrument list --format json | tr '{' '\n' | sed -n 's/.*"id":"rapid".*"digest":"\([0-9a-f]*\)".*/\1/p')
n=0
sent() { # FILE [SED...]: a submission as a phone sends it, changed by SED
	file=$1
	shift
	n=$((n + 1))
	cat > "$T/made" <<X
<data xmlns:orx="http://openrosa.org/xforms" id="rapid" version="1.0.0">
<_interview><digest>$digest</digest><committee>MA</committee><training>true</training><date>2026-11-20</date><channel>border</channel><language>ar</language></_interview>
<conditions><alone>yes</alone><safe-now>no</safe-now><urgent-medical>_unknown</urgent-medical><interpreter-neutral/></conditions>
<consent><consent-interview>yes</consent-interview></consent>
<person><age>٢٥</age><age-doubt>no</age-doubt><sex>_refused</sex><citizenship>SN</citizenship></person>
<going-about><papers-held>kept</papers-held><free-to-leave>no</free-to-leave><limits>leave-place go-alone</limits></going-about>
<needs><needs>shelter medical</needs><safe-contact>phone</safe-contact><consent-referral>yes</consent-referral></needs>
<contact><name>Personne Exemple &lt;$n&gt;</name><phone/><phone_why>_refused</phone_why></contact>
<_end><stopped>no</stopped></_end>
<orx:meta><orx:instanceID>uuid:00000000-0000-4000-8000-$(printf %012d $n)</orx:instanceID></orx:meta>
</data>
X
	sed "$@" "$T/made" > "$file"
}
# one that came as it is, and what became of each answer
sent "$T/one.xml" -e ''
at MA import odk "$T/one.xml"
code=$($IHALA --registry "$T/MA" intake list --format xml 2> /dev/null | sed -n 's/.* code="\([^"]*\)".*/\1/p')
at MA intake confirm "$code"
code=$($IHALA --registry "$T/MA" case list --format xml 2> /dev/null | sed -n 's/.* code="\([^"]*\)".*/\1/p')
at MA case show "$code" --format xml | grep -A 1 '<answer ' | head -n 60
# encrypted, by either mask
for mask in sha256 sha1; do
	sent "$T/clear.xml" -e ''
	python3 tests/cli/odk.py "$T/rapid.xml" "$T/clear.xml" "$T/$mask" $mask
	at MA import odk "$T/$mask"
done
# the same file twice; one id with other answers; the same answers under another id
at MA import odk "$T/clear.xml"
sed 's/<age>٢٥/<age>26/' "$T/clear.xml" > "$T/two.xml"
at MA import odk "$T/two.xml"
sed 's/uuid:00000000/uuid:00000001/' "$T/clear.xml" > "$T/like.xml"
at MA import odk "$T/like.xml"
# sealed and altered: the data, its end, the key, the form that the manifest says
bent() { # NAME: a copy of what was sealed
	rm -rf "$T/bent"
	cp -R "$T/sha256" "$T/bent"
}
sent "$T/clear.xml" -e ''
python3 tests/cli/odk.py "$T/rapid.xml" "$T/clear.xml" "$T/sha256"
bent
printf 'X' | dd of="$T/bent/submission.xml.enc" bs=1 seek=700 conv=notrunc 2> /dev/null
at MA import odk "$T/bent"
bent
head -c -16 "$T/sha256/submission.xml.enc" > "$T/bent/submission.xml.enc"
at MA import odk "$T/bent"
bent
sed -i 's/<base64EncryptedKey>..../<base64EncryptedKey>AAAA/' "$T/bent/submission.xml"
at MA import odk "$T/bent"
bent
sed -i 's/version="1.0.0"/version="1.0.1"/' "$T/bent/submission.xml"
at MA import odk "$T/bent"
bent
rm "$T/bent/submission.xml.enc"
at MA import odk "$T/bent"
bent
sed -i 's|submission.xml.enc<|../sha256/submission.xml.enc<|' "$T/bent/submission.xml"
at MA import odk "$T/bent"
# for a key that this office does not hold
quietly EG init --committee EG --training
at EG import odk "$T/sha256"
quietly EG request page -o "$T/ask.html"
at EG import odk "$T/sha256"
# another version, another digest, a form nobody knows, unknown question and code, a number
# out of its limits, a skipped question, two answers that do not go together, no date, no id
bad() { # SED: what it says
	sent "$T/bad.xml" -e "$1"
	at MA import odk "$T/bad.xml" | sed "s|$T/||g"
}
bad 's/id="rapid" version="1.0.0"/id="rapid" version="0.9.0"/'
bad 's/<digest>..../<digest>0000/'
bad 's/id="rapid"/id="nothing"/'
bad 's/id="rapid"/id="..\/rapid"/'
bad 's/<sex>_refused<\/sex>/<gender>x<\/gender>/'
bad 's/<sex>_refused/<sex>unsaid/'
bad 's/<age>٢٥/<age>٢٥٠/'
bad 's/<age>٢٥/<age>old/'
bad 's/<consent-interview>yes/<consent-interview>no/'
bad 's/<limits>leave-place/<limits>_unknown/'
bad 's/<phone\/>/<phone>1<\/phone>/'
bad 's/<date>2026-11-20/<date>yesterday/'
bad 's/<orx:instanceID>uuid:/<orx:instanceID>/'
bad 's/<orx:instanceID>uuid:0/<orx:instanceID>uuid:x/'
bad 's/<channel>border/<channel>radio/'
bad 's/Exemple/Exemple\x01/'
bad 's/<training>true<\/training>//'
bad 's/<committee>MA/<committee>TN/'
bad 's/<data/<!DOCTYPE x><data/'
echo '<html/>' > "$T/other.xml"
at MA import odk "$T/other.xml"
# a folder: the good ones come in, the bad ones are named
mkdir "$T/folder"
for one in a b c; do
	sent "$T/folder/$one.xml" -e "s/Exemple/Exemple $one/"
done
sent "$T/folder/d.xml" -e 's/<sex>_refused/<sex>unsaid/'
echo '<data' > "$T/folder/e.xml"
at MA import odk "$T/folder" | sed "s|$T/||g"
at MA import odk "$T/folder/a.xml" "$T/absent.xml" | sed "s|$T/||g"
at MA intake list | sed -E 's/CODE +//' | sort | uniq -c | sed 's/^ *//'
# IOM's form, by a table
cat > "$T/iom.xml" <<X
<data id="htcds_xlsform" version="vSmt4GQA3C9uBMLPEVfgND"><start>2026-11-19T08:00:00.000+01:00</start><end/>
<con_Consent>TRUE</con_Consent><prs_First_Name>Personne</prs_First_Name><prs_Second_Name>Exemple Neuf</prs_Second_Name>
<prs_Birthdate>1998-05-21</prs_Birthdate><prs_Gender>NonSpecifiedUnknown</prs_Gender><prs_Citizenship>AF</prs_Citizenship>
<vic_Methods_of_Control>PhysicalThreats WithholdsDocuments FalsePromises</vic_Methods_of_Control>
<vic_TypeOfExploitation>ForcedLabour Surrogacy</vic_TypeOfExploitation><cas_Status>Active</cas_Status>
<__version__>v</__version__><meta><instanceID>uuid:1F2E3D4C-0000-4000-8000-00000000000A</instanceID></meta></data>
X
at MA import odk "$T/iom.xml"
sed -i 's/PhysicalThreats/Magic/; s/1F2E/1F2F/' "$T/iom.xml"
at MA import odk "$T/iom.xml"
sed 's/<cas_Status>Active<\/cas_Status>/<cas_Mood>x<\/cas_Mood>/; s/Magic/Other/' "$T/iom.xml" > "$T/mood.xml"
at MA import odk "$T/mood.xml"
# a page that saved in clear; a sealed file that is none; who may not
sed 's/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\1fff1/' xml/example/05-no-indication-ar.xml > "$T/clear.xml"
at MA import page "$T/clear.xml"
printf '0\202\001\002nothing of the kind' > "$T/not.p7m"
at MA import page "$T/not.p7m"
: > "$T/empty.p7m"
at MA import page "$T/empty.p7m"
# a request for help of a page, which holds no interview
echo "<request xmlns='urn:ihala:request:1' channel='app' danger='yes' training='true'><about>Exemple</about></request>" > "$T/asked.xml"
at MA import page "$T/asked.xml"
at MA import page "$T/asked.xml"
sed "s|<about>.*</about>|<interview origin='page' sealed='true' entered='2026-11-20' by='me'>$(grep -v '<?xml' xml/example/08-stopped-fr.xml | tr -d '\n' | sed 's/[&|]/\\&/g')</interview>|" "$T/asked.xml" > "$T/hidden.xml"
at MA import page "$T/hidden.xml"
# sealed by a page: as it is, again, one id with other answers; then what must not come in
quietly MA keys export --private --as forms -o "$T/forms.pem"
sealed() { # FILE [SED]: an interview as a page seals it, changed by SED
	sed -e 's/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\1fff3/' -e "${2:-}" xml/example/01-indicated-fr.xml > "$T/made"
	openssl cms -encrypt -binary -aes-256-gcm -outform DER -keyid -in "$T/made" -out "$1" \
	    -recip "$T/forms.pem" -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256
}
page() { # SED
	sealed "$T/page.p7m" "$1"
	at MA import page "$T/page.p7m" | sed "s|$T/||g"
}
sealed "$T/one.p7m"
at MA import page "$T/one.p7m"
at MA import page "$T/one.p7m"
page 's/<value>27</<value>72</'
cp "$T/one.p7m" "$T/bent.p7m"
size=$(wc -c < "$T/bent.p7m")
printf 'X' | dd of="$T/bent.p7m" bs=1 seek=$((size - 100)) conv=notrunc 2> /dev/null
at MA import page "$T/bent.p7m"
head -c -1 "$T/one.p7m" > "$T/bent.p7m"
at MA import page "$T/bent.p7m"
at EG import page "$T/one.p7m"
page 's/fff3/fff4/; s/instrument="adult" version="[0-9.]*"/instrument="adult" version="0.9.0"/'
page 's/fff3/fff4/; s/ digest="..../ digest="0000/'
page 's/fff3/fff4/; s/instrument="adult"/instrument="nothing"/'
page 's/fff3/fff4/; 0,/<value>yes</s//<value>perhaps</'
page 's/fff3/fff4/; s/<value>27</<value>2\x017</'
page 's/fff3/fff4/; s/<value>27</<value>٢٠٧</'
page 's/fff3/fff4/; s/<value>27</<value>٢٧</'
# the same on paper
paper() { # SED
	sed -e 's/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\1fff5/' -e "$1" xml/example/01-indicated-fr.xml > "$T/sheet.xml"
	at MA import paper "$T/sheet.xml" | sed "s|$T/||g"
}
paper ''
paper 's/<value>27</<value>28</'
paper 's/fff5/fff6/; s/instrument="adult" version="[0-9.]*"/instrument="adult" version="0.9.0"/'
paper 's/fff5/fff6/; 0,/<value>yes</s//<value>perhaps</'
paper 's/fff5/fff6/; s/<value>27</<value>2\x017</'
at MA registry verify | tail -n 1
at MA import
at MA import photo "$T/one.xml"
