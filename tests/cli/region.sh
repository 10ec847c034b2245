# ihala region: returns of trusted committees side by side; the missing are named.
. tests/cli/prelude.inc
offices MA EG TN IOM
for office in MA EG; do
	quietly $office case open $(grep -l "committee=\"$office\"" xml/example/*.xml)
	quietly $office return --period 2026 -o "$T/$office.return"
done
quietly EG return --period 2025 -o "$T/EG-2025.return"
at IOM region "$T/MA.return" "$T/EG.return" -o "$T/region"
ls "$T/region"
xmllint --xpath 'string(/*/@committees)' "$T/region/region.xml" >/dev/null 2>&1; grep -o '<missing[^>]*>' "$T/region/region.xml"
grep -io '<title>.*</title>' "$T/region/region.fr.html"
xmllint --noout "$T/region/region.svg" && echo "the chart is well-formed"
at IOM region "$T/MA.return" "$T/MA.return" -o "$T/twice"
at IOM region "$T/MA.return" "$T/EG-2025.return" -o "$T/mixed"
python3 - "$T/MA.return" "$T/bent.return" <<'P'
import sys, zipfile
b = bytearray(open(sys.argv[1], 'rb').read())
part = zipfile.ZipFile(sys.argv[1]).getinfo('return.xml')
b[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 1
open(sys.argv[2], 'wb').write(b)
P
at IOM region "$T/bent.return" -o "$T/bent" | sed 's/ (.*//'
at IOM region "$T/absent.return" -o "$T/bent"
ls "$T" | grep -E 'twice|mixed|^bent$'
