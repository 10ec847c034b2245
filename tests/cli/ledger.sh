# ihala ledger: every act is there; one changed letter is found.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
quietly MA case open xml/example/01-*.xml
at MA ledger verify | sed -E 's/^[0-9]+/N/; s/[0-9]+ acts/N acts/'
say --registry "$T/MA" --lang fr ledger verify | sed -E 's/^[0-9]+/N/; s/[0-9]+ actes/N actes/'
python3 - "$T/MA/registry.db" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE ledger SET actor = 'nobody' WHERE at = 2")
db.commit()
P
at MA ledger verify
at MA ledger rewrite
