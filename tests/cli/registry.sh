# ihala registry: it is gone through, copied while in use, and put back without whoever was erased since.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
stays=$(opened MA xml/example/01-*.xml)
goes=$(opened MA xml/example/02-*.xml)
at MA registry verify
# a pair of folders, the keys apart
at MA registry backup -o "$T/data"
at MA registry backup -o "$T/data" --keys "$T/data/keys"
at MA registry backup -o "$T/data" --keys "$T/keys"
at MA registry backup -o "$T/data" --keys "$T/keys2"
ls "$T/data" "$T/keys" | sed "s|$T|T|"
sed -E 's/^(registry|signature) .*/\1 .../; s/[0-9a-f]{64}/DIGEST/' "$T/data/manifest"
cmp "$T/data/manifest" "$T/keys/manifest"
# since then: one is closed, and destroyed
at MA case destroy "$goes"
while read -r event; do
	at MA case move "$goes" file $event
done <<M
finalise
no-indication
M
at MA case destroy "$goes" -o "$T/receipt"
sed -E 's/^(registry|signature) .*/\1 .../; s/[0-9a-f]{64}/DIGEST/' "$T/receipt" | mask
at MA case show "$goes" | sed 's/  *$//'
at MA case move "$goes" referral draft
# the receipt can be had again
at MA case destroy "$goes" -o "$T/receipt2"
at MA registry erasures -o "$T/erasures"
at MA registry verify
# the way back
at MA registry restore --from "$T/data" --keys "$T/keys" "$T/back"
at MA registry restore --from "$T/data" --keys "$T/keys" --erasures "$T/receipt" "$T/back"
at MA registry restore --from "$T/data" --keys "$T/keys" --erasures "$T/erasures" "$T/MA"
at MA registry restore --from "$T/data" --keys "$T/keys" --erasures "$T/erasures" "$T/back"
at back registry verify
at back case list | sed 's/  *$//' | sort
at back case show "$stays" | head -n 3 | sed 's/  *$//'
at back case show "$goes" | sed 's/  *$//'
at MA registry restore --from "$T/data" --keys "$T/keys" --no-erasures "$T/whole"
at whole case show "$goes" | head -n 1
# a list from before the backup does not do
quietly MA registry backup -o "$T/data3" --keys "$T/keys3"
at MA registry restore --from "$T/data3" --keys "$T/keys3" --erasures "$T/erasures" "$T/back3"
# nor do halves of two backups, nor a changed one
at MA registry restore --from "$T/data3" --keys "$T/keys" --no-erasures "$T/back4"
printf x >> "$T/data3/registry.db"
at MA registry restore --from "$T/data3" --keys "$T/keys3" --no-erasures "$T/back4"
ls "$T" | grep back
# each fault is named with its place
python3 - "$T/whole/registry.db" "$goes" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE case_file SET held = 1 WHERE code = ?", (sys.argv[2],))
db.commit()
P
python3 - "$T/whole/keys.db" "$goes" <<'P'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM case_key WHERE code = ? AND part = 'facts'", (sys.argv[2],))
db.commit()
P
at whole registry verify
say --registry "$T/MA" --passphrase-file "$T/wrong" --lang en registry verify
