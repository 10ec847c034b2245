# shares are shown on a terminal one at a time and typed on it unseen, and a misread line is asked for again
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/officers.py" <<'END'
import os, pty, re, select, sys, time

program, work = sys.argv[1:]
office = ['--registry', work + '/office', '--lang', 'en']
CLEAR = '\033[H\033[2J\033[3J'

class Terminal:
    def __init__(self, *words):
        self.pid, self.fd = pty.fork()
        if self.pid == 0: os.execv(program, [program, *office, *words])
        self.seen, self.mark = '', 0
    def read(self):
        if not select.select([self.fd], [], [], 20)[0]: sys.exit('it waits: ' + self.seen[-200:])
        try: bytes = os.read(self.fd, 4096)
        except OSError: return False
        self.seen += bytes.decode()
        return bool(bytes)
    def until(self, text): # what came before it
        while text not in self.seen[self.mark:]:
            if not self.read(): sys.exit(f'no "{text}" in: ' + self.seen[-200:])
        at = self.seen.index(text, self.mark)
        before, self.mark = self.seen[self.mark:at], at + len(text)
        return before
    def type(self, line):
        time.sleep(0.05) # what is typed before the prompt is thrown away
        os.write(self.fd, line.encode() + b'\n')
    def status(self):
        while self.read(): pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

def must(held, what):
    if not held: sys.exit(what)

with open(work + '/pass', 'w') as f: f.write('une phrase inventee\n')
known = ['--passphrase-file', work + '/pass']
must(Terminal(*known, 'init', '--committee', 'MA', '--training').status() == 0, 'no registry')

at = Terminal(*known, 'recovery', 'make', '--shares', '3', '--threshold', '2')
shares = []
at.until(CLEAR)
for number in 1, 2, 3:
    must(f'Share {number} of 3' in at.until('\n'), 'the share is not named')
    shown = at.until('press Enter')
    shares.append(re.findall(r'\b\d{5}\b', shown))
    must(len(shares[-1]) == 33, 'a share is not 33 groups')
    at.type('')
    at.until(CLEAR)
    if number < 3: at.until(CLEAR)
must(at.status() == 0, 'the set was not made')

at = Terminal(*known, 'recovery', 'make', '--shares', '2', '--threshold', '2')
at.until('press Enter')
at.type('\x04') # the end of input, as where the window is closed
must(at.status() == 1, 'a set is made that nobody has copied')

def digits(groups, zero): # as an officer types them
    return ' '.join(groups).translate({48 + d: chr(zero + d) for d in range(10)})
at = Terminal('recovery', 'use')
for number, share, zero in (1, shares[2], 0x30), (2, shares[0], 0x660):
    for first in range(0, 33, 6):
        at.until(f'Share {number}, from group {first + 1} on:')
        if first == 6: # a slip of the finger
            at.type(digits(share[6:8], zero) + ' 1')
            at.until('E_SHARE_GROUP')
            at.until(f'Share {number}, from group {first + 1} on:')
        at.type(digits(share[first:first + 6], zero))
at.until('Now comes the new passphrase')
for prompt in 'Passphrase:', ':':
    at.until(prompt)
    at.type('une autre phrase inventee')
must(at.status() == 0, 'the shares were not taken: ' + at.seen[-300:])
must('autre' not in at.seen, 'the passphrase is seen')
for group in (g for s in shares for g in s[4:]):
    must(group not in at.seen, 'a share is seen while it is typed')
with open(work + '/pass', 'w') as f: f.write('une autre phrase inventee\n')
must(Terminal(*known, 'keys', 'show').status() == 0, 'the new passphrase does not open')
END
python3 "$work/officers.py" "$(realpath "$PROGRAM")" "$work"
