# while it holds keys the program cannot be read or traced by its own user, leaves no core, and keeps them in locked memory
#
# It is stopped where it has the registry open: writing to a pipe that nobody
# reads.  As root it is made to run as nobody, whom ptrace(2) does not favour,
# and then its memory is searched for the passphrase.
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/share/ihala"
cp "$PROGRAM" "$work/bin/ihala"
cp -R xml xslt "$work/share/ihala"
chmod 755 "$work"
[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$work"
sanitized=$(grep -c __asan_init "$PROGRAM" || true)
cat > "$work/look.py" <<'END'
import ctypes, os, re, resource, signal, subprocess, sys, time

work, sanitized = sys.argv[1], sys.argv[2] != '0'
os.chdir(work)
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
wrong = []
def must(held, what):
    if not held: wrong.append(what)

def start(*words, stderr=None, before=None):
    return subprocess.Popen(['bin/ihala', '--registry', 'office',
        '--passphrase-file', 'passphrase', '--lang', 'en', *words],
        stderr=stderr, preexec_fn=before)

def waits(process): # for a reader: it sleeps, and time does not run for it
    before = None
    for _ in range(100):
        time.sleep(0.1)
        with open(f'/proc/{process.pid}/stat') as f:
            now = f.read().rpartition(')')[2].split()
        if now[0] == 'S' and now == before: return
        before = now

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
def attached(process):
    ATTACH, DETACH = 16, 17
    if libc.ptrace(ATTACH, process.pid, None, None) != 0: return False
    os.waitpid(process.pid, os.WUNTRACED)
    libc.ptrace(DETACH, process.pid, None, None)
    return True

def readable(process):
    try:
        open(f'/proc/{process.pid}/mem', 'rb').close()
        return True
    except PermissionError:
        return False

with open('passphrase', 'w') as f: f.write('une phrase inventee a chercher\n')
must(start('init', '--committee', 'MA', '--training',
    stderr=subprocess.DEVNULL).wait() == 0, 'no registry to look at')
os.mkfifo('pipe')
resource.setrlimit(resource.RLIMIT_CORE,
    (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)

other = subprocess.Popen(['sleep', '60'])
control = attached(other), readable(other)
other.kill(); other.wait()

it = start('keys', 'export', '-o', 'pipe')
waits(it)
for name in 'cmdline', 'environ':
    try:
        with open(f'/proc/{it.pid}/{name}', 'rb') as f:
            must(b'inventee' not in f.read(), f'the passphrase is in {name}')
    except PermissionError: pass
must(not (control[0] and attached(it)), 'it can be traced')
must(not (control[1] and readable(it)), 'its memory can be read')
with open(f'/proc/{it.pid}/status') as f:
    locked = int(re.search(r'VmLck:\s+(\d+)', f.read())[1])
most = resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]
if not sanitized and (most < 0 or most >= 1 << 20):
    must(locked >= 256, f'only {locked} KiB are locked')
print('waiting', it.pid, flush=True)
sys.stdin.readline()
it.send_signal(signal.SIGABRT)
status = os.waitpid(it.pid, 0)[1]
must(os.WIFSIGNALED(status) and not os.WCOREDUMP(status), 'a core was dumped')
must(not [n for n in os.listdir('.') if 'core' in n], 'a core is there')

few = lambda: resource.setrlimit(resource.RLIMIT_MEMLOCK, (8192, 8192))
it = start('keys', 'show', stderr=subprocess.PIPE, before=few)
said = it.communicate()[1].decode()
must(it.returncode == 0, 'it stops where little memory can be locked')
must(sanitized or 'RLIMIT_MEMLOCK' in said, 'it does not say what is not locked')
print('\n'.join(wrong), flush=True)
sys.exit(bool(wrong))
END
# Root may look inside: where the passphrase still is, memory is locked.
cat > "$work/search.py" <<'END'
import re, sys
process = f'/proc/{sys.argv[1]}'
areas = []
with open(f'{process}/smaps') as f:
    for line in f:
        head = re.match(r'([0-9a-f]+)-([0-9a-f]+) r', line)
        if head: area = int(head[1], 16), int(head[2], 16), line
        if line.startswith('VmFlags'): areas.append((*area, line.split()))
with open(f'{process}/mem', 'rb', 0) as mem:
    for first, last, line, flags in areas:
        if '[v' in line or 'lo' in flags: continue
        mem.seek(first)
        if b'inventee a chercher' in mem.read(last - first):
            sys.exit('the passphrase is in memory that is not locked: ' + line)
END
mkfifo "$work/go"
python3 "$work/look.py" "$work" "$sanitized" > "$work/said" < "$work/go" &
look=$!
exec 3> "$work/go"
tries=0
until grep -q waiting "$work/said" || [ $((tries += 1)) = 100 ]; do sleep 0.1; done
bad=0
if [ "$(id -u)" = 0 ] && [ "$sanitized" = 0 ]; then
	python3 "$work/search.py" "$(sed -n 's/^waiting //p' "$work/said")" || bad=1
fi
echo >&3
wait $look || { bad=1; sed /waiting/d "$work/said"; }
exit $bad
