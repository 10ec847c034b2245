# two programs change one case: the second is told what changed, by whom and when, and nothing is lost
#
# The one that is slow is stopped between its reading and its writing, as if
# its machine were busy; meanwhile another changes the case.  Then many at
# once: each that said it was done is in the record.
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
echo "an invented passphrase" > "$T/pass"
as() { # USER WORDS...
	user=$1
	shift
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --user $user \
	    --now 2026-11-21T10:00:00Z "$@"
}
as office init --committee MA --training 2> /dev/null
as office user register committee-1 --role committee --new-passphrase-file "$T/pass" 2> /dev/null
as office user admit committee-1 2> /dev/null
code=$(as office case open xml/example/01-indicated-fr.xml 2> /dev/null)
cat > "$T/slow.py" <<'END'
import os, signal, sqlite3, subprocess, sys
program, T, code, lang = sys.argv[1:]
database = sqlite3.connect(f'{T}/MA/registry.db', isolation_level=None, timeout=0)
def last():
    return database.execute('SELECT max(at) FROM ledger').fetchone()[0]
def acts_after(at):
    return [r[0] for r in database.execute('SELECT act FROM ledger WHERE at > ?', (at,))]
def is_locked():
    try:
        database.execute('BEGIN IMMEDIATE')
        database.execute('ROLLBACK')
    except sqlite3.OperationalError:
        return True
def start(user, *words):
    return subprocess.Popen([program, '--registry', f'{T}/MA', '--passphrase-file',
        f'{T}/pass', '--user', user, '--now', '2026-11-21T10:00:00Z', '--lang', lang,
        *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
for attempt in range(200):
    before = last()
    slow = start('office', 'refer', code, '--to', 'TN')
    while last() == before and slow.poll() is None: pass
    slow.send_signal(signal.SIGSTOP)
    if set(acts_after(before)) == {'read'} and not is_locked(): break
    slow.send_signal(signal.SIGCONT)
    slow.communicate()
    # It had its way: back to where a referral can be made.
    start('office', 'case', 'move', code, 'referral', 'revoke').communicate()
else:
    sys.exit('it could not be stopped between reading and writing')
other = start('committee-1', 'consent', 'withdraw', code, '--purpose', 'referral')
other.communicate()
slow.send_signal(signal.SIGCONT)
said = slow.communicate()[1].decode()
print('the other', other.returncode, 'the slow one', slow.returncode)
print(said, end='')
END
said() { # LANG: what the slow one is told
	python3 "$T/slow.py" "$(realpath "$PROGRAM")" "$T" "$code" "$1" > "$T/said" || { cat "$T/said"; exit 1; }
	sed 's/'"$code"'/CODE/g' "$T/said"
	as office consent give "$code" --purpose referral --read-in fr 2> /dev/null
}
said en > "$T/en"
cat > "$T/expected" <<'END'
the other 0 the slow one 1
What has changed meanwhile in case CODE:
2026-11-21T10:00:00Z, committee-1: facts written anew
2026-11-21T10:00:00Z, committee-1: Consent: withdraw → withdrawn
ihala refer: E_CASE_CHANGED: This case was changed since it was opened here. Open it again, then make the change again.
END
sed '$s/ (.*//' "$T/en" | diff "$T/expected" - || exit 1
said ar > "$T/ar"
said fr > "$T/fr"
[ "$(wc -l < "$T/ar")" = 5 ] && [ "$(wc -l < "$T/fr")" = 5 ]
grep -q 'committee-1.*faits' "$T/fr" && ! grep -q written "$T/ar"

# many at once: entries of consent, and referrals
had=$(as office consent list "$code" --format xml 2> /dev/null | grep -c '<entry ')
for n in 1 2 3 4 5 6 7 8; do
	(
		status=0
		as office consent give "$code" --purpose contact --read-in fr \
		    2> "$T/many-$n" || status=$?
		echo $status > "$T/status-$n"
	) &
	(
		status=0
		as committee-1 refer "$code" --to TN 2> "$T/refer-$n" || status=$?
		echo $status > "$T/referred-$n"
	) &
done
wait
entered=$(cat "$T"/status-* | grep -c '^0$')
has=$(as office consent list "$code" --format xml 2> /dev/null | grep -c '<entry ')
referred=$(cat "$T"/referred-* | grep -c '^0$' || true)
there=$(as office case show "$code" --format xml 2> /dev/null | grep -o '<referral ' | wc -l)
echo "$entered entered, $((has - had)) there; $referred referred, $there there; statuses:" \
    $(cat "$T"/status-* "$T"/referred-* | sort | uniq -c)
[ $((has - had)) = "$entered" ] && [ "$there" -ge "$referred" ]
# what was not done was told: somebody changed it, or the rules do not allow it now
for file in "$T"/status-* "$T"/referred-*; do
	case $(cat "$file") in 0 | 1 | 75) ;; *) echo "$file: $(cat "$file")"; exit 1 ;; esac
done
as office registry verify > /dev/null 2>&1
