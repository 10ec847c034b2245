# ihala consent: what a person agrees to, and what then leaves.
. tests/cli/prelude.inc
offices MA TN
yes=$(opened MA xml/example/01-indicated-fr.xml)
no=$(opened MA xml/example/04-possible-labour-rights-fr.xml)
rapid=$(opened MA xml/example/36-rapid-signs-fr.xml)
say consent text abroad --lang fr
say consent text abroad --lang ar
say consent text torture
# what was said in the interview is there from the start
at MA consent list "$yes" | sed 's/  *$//'
at MA document referral "$yes" --to TN -o "$T/page.html"
grep -c 'Exemple' "$T/page.html"
# nothing is sent to TN any more, whatever was said of all
at MA consent withdraw "$yes" --purpose referral --to TN
at MA refer "$yes" --to TN
at MA consent give "$yes" --purpose referral --read-in ar
at MA refer "$yes" --to TN
at MA consent give "$yes" --purpose referral --to TN --category facts --read-in ar --with interpreter
at MA refer "$yes" --to TN
at MA consent list "$yes" | sed 's/  *$//'
at MA case list --format xml | grep -c 'consent="given"'
# of the identity nothing goes
at MA document referral "$yes" --to TN -o "$T/page.html"
grep -c 'Exemple' "$T/page.html"
# what must be known first
at MA consent ask "$no" --purpose referral
at MA consent ask "$no" --purpose referral --read-in en
at MA consent flag "$no" asylum yes --to TN
at MA consent flag "$no" fear no
at MA consent flag "$no" contact no
at MA consent give "$no" --purpose referral --read-in en --until 2026-11-21
at MA consent give "$no" --purpose abroad --to TN --read-in en
at MA consent give "$no" --purpose abroad --read-in en
at MA consent list "$no" | sed 's/  *$//'
at MA refer "$no" --to TN
at MA refer "$no" --to EG
at MA case move "$no" consent withdraw
# as it is on the day after its last
$IHALA --registry "$T/MA" --passphrase-file "$T/pass" --lang en --now 2026-11-22T10:00:00Z consent list "$no" | grep -c expired
# a legal basis is for one body, some data, and lifts no refusal
at MA consent list "$rapid" | sed 's/  *$//'
at MA consent flag "$rapid" asylum no
at MA consent not-able "$rapid" --purpose referral --to prosecution --category facts --basis duty-to-report
at MA consent not-able "$rapid" --purpose justice --to prosecution --category identity --basis duty-to-report
at MA consent not-able "$rapid" --purpose justice --to prosecution --category facts,health --basis duty-to-report
at MA consent refuse "$rapid" --purpose justice --to prosecution --read-in fr --mode thumbprint
at MA consent refuse "$rapid" --purpose justice --to prosecution --read-in fr --mode thumbprint --with interpreter,witness
at MA consent not-able "$rapid" --purpose justice --to prosecution --category facts --basis duty-to-report
at MA consent list "$rapid" --format json | sed 's/  *$//'
# what cannot be recorded
at MA consent give "$yes" --purpose referral --to IOM --read-in ar
at MA consent give "$yes" --purpose research --to TN --read-in ar
at MA consent give "$yes" --purpose referral --category names --read-in ar
at MA consent give "$yes" --purpose referral --category any,facts --read-in ar
at MA consent give "$yes" --purpose referral --read-in ar --until yesterday
at MA consent give "$yes" --purpose referral --read-in ar --until 2026-11-01
at MA consent give "$yes" --purpose referral --read-in ar --with mother
at MA consent give "$yes" --read-in ar
at MA consent withdraw "$yes" --purpose contact
at MA consent flag "$yes" fear maybe
at MA consent flag "$yes" fear yes --to prosecution
at MA consent list 7KQF-3XMT-M
at MA consent forget "$yes"
at MA ledger verify | sed 's/[0-9][0-9]*/N/'
