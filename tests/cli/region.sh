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
# what the pages are made of, for a program that shows it itself
at IOM region "$T/MA.return" --format xml > "$T/sources.xml"
sed -i '/^Regional/d' "$T/sources.xml"
xmllint --xpath 'concat(count(//*[local-name() = "region"]/*[local-name() = "committee"]), " ", count(//*[local-name() = "variable"]) > 0, " ", //*[local-name() = "mechanism"]/*[local-name() = "mechanism"]/@code)' "$T/sources.xml"
at IOM region "$T/MA.return"
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

# ---- what stands beside the returns
cat > "$T/overlap.xml" <<X
<overlap xmlns="urn:ihala:overlap:1" period="2026"><pair a="EG" b="MA" persons="5"/></overlap>
X
at IOM region "$T/MA.return" "$T/EG.return" --with "$T/overlap.xml" -o "$T/beside"
grep -E '<(overlap|committee|earlier) ' "$T/beside/region.xml" | sed 's/ made="[^"]*"//'
sed 's/"5"/"4"/' "$T/overlap.xml" > "$T/exact.xml"
at IOM region "$T/MA.return" "$T/EG.return" --with "$T/exact.xml" -o "$T/bent"
sed 's/persons="5"/persons="five"/' "$T/overlap.xml" > "$T/wrong.xml"
at IOM region "$T/MA.return" "$T/EG.return" --with "$T/wrong.xml" -o "$T/bent" | cut -c 1-60
at IOM region "$T/EG-2025.return" -o "$T/before"
at IOM region "$T/MA.return" "$T/EG.return" --from "$T/before/region.xml" -o "$T/after"
grep '<earlier ' "$T/after/region.xml"
at IOM region "$T/MA.return" --from "$T/after/region.xml" -o "$T/bent"
pdftotext "$T/after/region.en.pdf" - 2> /dev/null | grep -c 'Regional summary'
