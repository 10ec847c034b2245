# what tables are exported as, other programs read: the same numbers in each, no field a formula, each SDMX key in its code list
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
summary() { "$PROGRAM" --lang "$1" summary export "$2" --as "$3" -o "$4"; }
for file in tests/fuzz/corpus/region/three.xml tests/fuzz/corpus/return/suppressed.xml; do
	for kind in csv json sdmx-csv sdmx-ml sdmx-structure codebook r stata xlsx; do
		summary ar "$file" $kind "$T/$kind"
	done
	summary ar "$file" xlsx "$T/again"
	cmp "$T/xlsx" "$T/again"
	xmllint --noout "$T/sdmx-ml" "$T/sdmx-structure"
	python3 - "$T" <<'P'
import csv, json, re, sys, zipfile
import xml.etree.ElementTree as tree
T = sys.argv[1]
raw = open(T + "/csv", "rb").read()
assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
for row in rows:
    assert None not in row and None not in row.values(), row
    for text in row.values():
        assert text[:1] not in ("=", "+", "-", "@", "\t"), row
def key(area, table, row, column): return (area, table, row, column)
numbers = {key(r["area"], r["table"], r["row"], r["column"]): r["number"] for r in rows}
assert len(numbers) == len(rows) > 300
told = json.load(open(T + "/json"))
for n in told["numbers"]:
    if n["table"] == "persons":
        continue
    was = numbers[key(n["area"], n["table"], n["row"], n["column"])]
    assert (was == "x") == (n["number"] is None) and was in ("x", str(n["number"])), n
assert len(told["numbers"]) == len(rows) + 1
structure = tree.parse(T + "/sdmx-structure")
s = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"
codes = {l.get("id"): {c.get("id") for c in l.iter(s + "Code")} for l in structure.iter(s + "Codelist")}
sdmx = list(csv.DictReader(open(T + "/sdmx-csv", newline="")))
assert len(sdmx) == len(rows)
for o, r in zip(sdmx, rows):
    assert o["TIP_ROW"] in codes["CL_TIP_CATEGORY"] and o["TIP_COLUMN"] in codes["CL_TIP_CATEGORY"], o
    assert o["OBS_VALUE"] == r["number"].replace("x", "") and (o["OBS_STATUS"] == "Q") == (r["number"] == "x")
# What the schemas of SDMX 2.1 say of ids, and of what comes after what
# (SDMXCommon.xsd, SDMXMessage.xsd, SDMXStructure*.xsd); they are no package.
ID, NAME = re.compile(r"[A-Za-z0-9_@$-]+"), re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
def local(e): return e.tag.split("}")[-1]
for e in structure.iter():
    if e.get("id") is not None:
        assert (ID if local(e) in ("Code", "Ref") else NAME).fullmatch(e.get("id")), (e.tag, e.get("id"))
    assert e.get("textType") in (None, "String", "Integer", "ObservationalTimePeriod"), e.attrib
ORDER = {
    "Structure": ["Header", "Structures"], "Header": ["ID", "Test", "Prepared", "Sender", "Structure"],
    "GenericData": ["Header", "DataSet"], "Structures": ["Codelists", "Concepts", "DataStructures"],
    "Codelist": ["Name", "Code"], "Code": ["Name"], "ConceptScheme": ["Name", "Concept"], "Concept": ["Name"],
    "DataStructure": ["Name", "DataStructureComponents"],
    "DataStructureComponents": ["DimensionList", "AttributeList", "MeasureList"],
    "DimensionList": ["Dimension", "TimeDimension"], "Dimension": ["ConceptIdentity", "LocalRepresentation"],
    "TimeDimension": ["ConceptIdentity", "LocalRepresentation"], "AttributeList": ["Attribute"],
    "Attribute": ["ConceptIdentity", "LocalRepresentation", "AttributeRelationship"],
    "MeasureList": ["PrimaryMeasure"], "DataSet": ["Obs"], "Obs": ["ObsKey", "ObsValue", "Attributes"],
    "ObsKey": ["Value"],
}
for doc in (structure, tree.parse(T + "/sdmx-ml")):
    for e in doc.iter():
        order = ORDER.get(local(e))
        if order is None or local(e) == "Structure" and e is not doc.getroot():
            continue
        at = [order.index(local(c)) for c in e]
        assert at == sorted(at), (e.tag, [local(c) for c in e])
g = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic}"
seen = 0
for obs in tree.parse(T + "/sdmx-ml").iter(g + "Obs"):
    at = {v.get("id"): v.get("value") for v in obs.find(g + "ObsKey")}
    assert at["TIP_TABLE"] in codes["CL_TIP_TABLE"], at
    assert at["TIP_ROW"] in codes["CL_TIP_CATEGORY"] and at["TIP_COLUMN"] in codes["CL_TIP_CATEGORY"], at
    seen += 1
assert seen == len(rows)
book = zipfile.ZipFile(T + "/xlsx")
assert book.testzip() is None
m = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
names = [s.get("name") for s in tree.fromstring(book.read("xl/workbook.xml")).iter(m + "sheet")]
shared = ["".join(t.text or "" for t in i.iter(m + "t")) for i in tree.fromstring(book.read("xl/sharedStrings.xml")).iter(m + "si")]
assert names[0] == "about" and names[-1] == "codes" and set(names[1:-1]) == {r["table"] for r in rows}
areas = {r["area"] for r in rows}
area = "_T" if "_T" in areas else areas.pop()
for at, name in enumerate(names[1:-1], 2):
    sheet = tree.fromstring(book.read("xl/worksheets/sheet%d.xml" % at))
    assert next(sheet.iter(m + "sheetView")).get("rightToLeft") == "1"
    assert not list(sheet.iter(m + "f"))
    cells = [shared[int(c.find(m + "v").text)] if c.get("t") == "s" else c.find(m + "v").text
             for r in sheet.iter(m + "row") if int(r.get("r")) > 3 for c in r.iter(m + "c") if c.get("r")[0] > "B"]
    want = [r["number"] for r in rows if r["table"] == name and r["area"] == area]
    assert sorted(cells) == sorted(want), (name, cells, want)
for name in ("r", "stata"):
    text = open(T + "/" + name, encoding="utf-8").read()
    assert text.count('"') % 2 == 0 and "\\" not in text.replace('\\"', "")
# the total has its word, and what is withheld is a missing number
assert '"المجموع"' in open(T + "/r").read() and 'na.strings = "x"' in open(T + "/r").read()
assert open(T + "/r").read().count("(") == open(T + "/r").read().count(")")
P
done
