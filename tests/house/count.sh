# the counts of the registry, those made again from its interviews, those of xsltproc over the files and those of SQL are the same
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
for office in MA EG TN; do
	ihala() {
		"$PROGRAM" --registry "$T/$office" --passphrase-file "$T/pass" --lang en "$@"
	}
	files=$(grep -l "committee=\"$office\"" xml/example/*.xml)
	ihala init --committee $office --training > "$T/said" 2>&1
	ihala --now 2026-11-21T10:00:00Z case open $files > "$T/said" 2>&1
	ihala summary show --period 2026 --format json > "$T/kept"
	ihala summary check --period 2026 > "$T/said" 2>&1 || { cat "$T/said"; exit 1; }
	{
		echo "<list committee=\"$office\">"
		for file in $files; do echo "<file>$file</file>"; done
		echo "</list>"
	} > "$T/list"
	xsltproc tests/house/count.xsl "$T/list" > "$T/counts"
	xsltproc --stringparam rows yes tests/house/count.xsl "$T/list" > "$T/rows"
	python3 - "$T" <<'P'
import json, sqlite3, sys
T = sys.argv[1]
counts = {tuple(l.split()[:3]): int(l.split()[3]) for l in open(T + "/counts")}
kept = {(c["table"], c["row"], c["column"]): int(c["number"]) for c in json.load(open(T + "/kept"))}
db = sqlite3.connect(":memory:")
db.execute("CREATE TABLE code (person, variable, category)")
db.executemany("INSERT INTO code VALUES (?, ?, ?)", [l.split() for l in open(T + "/rows")])
import xml.etree.ElementTree as tree
t = "{urn:ihala:tables:1}"
sql = {}
for table in tree.parse("xml/summary/tables.xml").iter(t + "table"):
    for r, c, n in db.execute("SELECT a.category, b.category, count(*) FROM code AS a JOIN code AS b USING (person)"
            " WHERE a.variable = ? AND b.variable = ? GROUP BY 1, 2", (table.get("rows"), table.get("columns"))):
        sql[table.get("id"), r, c] = n
assert len(counts) > 150 and sum(counts.values()) > 30, len(counts)
wrong = [(k, n, kept.get(k), sql.get(k, 0)) for k, n in counts.items() if kept.get(k) != n or sql.get(k, 0) != n]
for one in wrong:
    print("%s: xsltproc %d, kept %s, SQL %d" % one)
sys.exit(bool(wrong))
P
done
