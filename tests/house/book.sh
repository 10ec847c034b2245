# a workbook opens in LibreOffice with the numbers of the CSV, in Arabic from the right; a CSV comes through a spreadsheet of either country unchanged
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export LC_ALL=C.UTF-8
office() { soffice --headless --norestore "-env:UserInstallation=file://$T/profile" "$@" > "$T/said" 2>&1; }
# comma, quotes, UTF-8, from the first line; 1: every sheet, as it is shown
SHEETS='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
for lang in ar fr en; do
	for file in region/three return/suppressed; do
		name=$lang-$(basename $file)
		"$PROGRAM" --lang $lang summary export tests/fuzz/corpus/$file.xml --as xlsx -o "$T/$name.xlsx"
		"$PROGRAM" --lang $lang summary export tests/fuzz/corpus/$file.xml --as csv -o "$T/$name.told"
	done
done
office --convert-to "$SHEETS" --outdir "$T/sheets" "$T"/*.xlsx
office --convert-to fods --outdir "$T/open" "$T/ar-three.xlsx" "$T/fr-three.xlsx"
# what a spreadsheet that guesses makes of it: nothing quoted is text for it,
# numbers and dates are what they look like in its country (1033, 1036)
"$PROGRAM" --lang ar summary export tests/fuzz/corpus/region/three.xml --as codebook -o "$T/codebook.told"
# that it does guess
echo '"007","=1+1","12345678901234567890","3/4/2026"' > "$T/traps.told"
for country in 1033 1036; do
	for name in ar-three ar-suppressed codebook traps; do
		cp "$T/$name.told" "$T/$name-$country.csv"
	done
	office "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,$country,false,true" \
	    --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false' --outdir "$T/back" "$T"/*-$country.csv
done
python3 - "$T" <<'P'
import csv, glob, re, sys
T = sys.argv[1]
def read(path): return list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
tables = 0
for told in glob.glob(T + "/??-*.told"):
    head, *rows = read(told)
    areas = {r[0] for r in rows}
    area = "_T" if "_T" in areas else areas.pop()
    name = re.sub(r".*/|\.told$", "", told)
    for table in {r[2] for r in rows}:
        # title, legend, head, a row a category, total
        title, legend, heads, *body = read(f"{T}/sheets/{name}-{table}.csv")
        mine = [r for r in rows if r[2] == table and r[0] == area]
        want = [r[9] for r in mine]
        got = [cell for line in body for cell in line[2:]]
        assert got == want, (name, table, got, want)
        labels = list(dict.fromkeys(r[4] for r in mine))
        assert [line[0] for line in body] == labels, (name, table)
        assert heads[2:] == list(dict.fromkeys(r[7] for r in mine)), (name, table)
        assert title[0] and legend[0] and heads[1] == "HTCDS 2.0"
        tables += 1
    assert read(f"{T}/sheets/{name}-about.csv")[0][1] == rows[0][1]
assert tables >= 30, tables
for lang, way in ("ar", "rl-tb"), ("fr", "lr-tb"):
    text = open(f"{T}/open/{lang}-three.fods", encoding="utf-8").read()
    ways = re.findall(r'<style:style style:name="ta\d+" style:family="table".*?<style:table-properties [^>]*style:writing-mode="([a-z-]+)"', text, re.S)
    assert ways and set(ways) == {way}, (lang, ways)
    assert "table:formula" not in text
for country in "1033", "1036":
    for name in "ar-three", "ar-suppressed", "codebook":
        was, now = read(f"{T}/{name}.told"), read(f"{T}/back/{name}-{country}.csv")
        for a, b in zip(was, now):
            assert a == b, (name, country, [(x, y) for x, y in zip(a, b) if x != y])
        assert len(was) == len(now)
    trap = read(f"{T}/back/traps-{country}.csv")[0]
    assert trap[:2] == ["7", "2"] and trap[2] != "12345678901234567890", trap
P
