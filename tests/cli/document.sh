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
# for the printer: a tagged PDF, the same bytes each time, and its blocks
for f in p q; do at MA document referral "$code" --lang ar,fr --format pdf -o "$T/$f.pdf"; done
cmp "$T/p.pdf" "$T/q.pdf" && echo "the same bytes"
pdfinfo "$T/p.pdf" | grep -E '^(Title|Tagged|Pages|Page size|Creator|Author|CreationDate)' | mask
pdftotext -raw "$T/p.pdf" - | grep -aE ' . / .$' | mask
at MA document referral "$code" --lang ar,fr --format xml -o "$T/a.xml"
xmllint --noout --nonet --relaxng xml/schema/block.rng "$T/a.xml" 2>&1 | sed "s|$T|T|"
at MA document referral "$code" --lang ar --format text -o "$T/c.pdf"
at MA document referral "$code" --lang ar --format epub -o "$T/c.pdf"
at MA keys show --format pdf
ls "$T" | grep -E "html|pdf|a.xml"
