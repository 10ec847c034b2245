# ihala document: a page in one language or two, the same bytes each time.
. tests/cli/prelude.inc
offices MA TN
code=$(opened MA xml/example/01-*.xml)
at MA document referral "$code" --lang ar,fr -o "$T/early.html"
quietly MA refer "$code" --to TN
at MA document referral "$code" --lang ar,fr -o "$T/a.html"
at MA document referral "$code" --lang ar,fr -o "$T/b.html"
cmp "$T/a.html" "$T/b.html" && echo "the same bytes"
grep -c 'dir="rtl"' "$T/a.html" | sed 's/^[1-9][0-9]*$/Arabic runs from the right/'
grep -io '<title>.*</title>' "$T/a.html" | mask
at MA document referral "$code" --lang de -o "$T/c.html"
at MA document certificate "$code" --lang fr -o "$T/c.html"
at MA document referral "$code" --lang ar,fr,en -o "$T/c.html"
at MA document referral "$code" --lang en -o "$T/none/c.html"
at MA document referral "$code" --lang en -o /dev/full
ls "$T" | grep html
