# outsider.py - believes nothing: checks a proof of a ledger (proof.h) with
# SHA-256 and `openssl pkeyutl` alone.
#
#	python3 tests/outsider.py KEY FILE [OLDER-CHECKPOINT]
#
# KEY is the ledger's public key in hexadecimal, as it was compared.
import base64, hashlib, subprocess, sys, tempfile

b64 = lambda text: base64.b64decode(text, validate=True)
sha = lambda data: hashlib.sha256(data).digest()
node = lambda left, right: sha(b'\1' + left + right)

def checkpoint(text, key): # C2SP tlog-checkpoint: its size and root
    body, signed = text.split('\n\n')
    origin, size, root = body.split('\n')
    assert origin.rsplit('/', 1)[1] == key, 'another key'
    dash, name, line = signed.rstrip('\n').split(' ')
    blob = b64(line)
    assert name == origin and blob[:4] == sha(
        name.encode() + b'\n\1' + bytes.fromhex(key))[:4], 'another signer'
    with tempfile.TemporaryDirectory() as t: # SubjectPublicKeyInfo, RFC 8410
        for file, data in (('key', bytes.fromhex('302a300506032b6570032100' +
                key)), ('text', (body + '\n').encode()), ('sig', blob[4:])):
            open(f'{t}/{file}', 'wb').write(data)
        assert subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin',
            '-keyform', 'DER', '-inkey', f'{t}/key', '-rawin', '-in',
            f'{t}/text', '-sigfile', f'{t}/sig'],
            capture_output=True).returncode == 0, 'signature'
    return int(size), b64(root)

def included(leaf, at, size, path): # RFC 9162, 2.1.1 read upwards: the root
    if size == 1: return leaf if path == [] else b''
    k = 1 << (size - 1).bit_length() - 1
    if at < k: return node(included(leaf, at, k, path[:-1]), path[-1])
    return node(path[-1], included(leaf, at - k, size - k, path[:-1]))

def grown(old, size, path, whole, root): # 2.1.4.1: both roots
    if old == size: return (root, root) if whole else (path[-1], path[-1])
    k = 1 << (size - 1).bit_length() - 1
    if old <= k:
        a, b = grown(old, k, path[:-1], whole, root)
        return a, node(b, path[-1])
    a, b = grown(old - k, size - k, path[:-1], False, root)
    return node(path[-1], a), node(path[-1], b)

key, text = sys.argv[1], open(sys.argv[2]).read()
first = text.split('\n')[0]
if first == 'c2sp.org/tlog-proof@v1' or first.startswith('old '):
    head, rest = text.split('\n\n', 1)
    size, root = checkpoint(rest, key)
    lines = head.split('\n')
if first == 'c2sp.org/tlog-proof@v1':
    entry = b64(lines[1].removeprefix('extra '))
    at, path = int(lines[2].removeprefix('index ')), list(map(b64, lines[3:]))
    assert entry.split(b'\t')[0] == str(at).encode(), 'another index'
    assert included(sha(b'\0' + entry), at, size, path) == root, 'path'
elif first.startswith('old '):
    old, seen = checkpoint(open(sys.argv[3]).read(), key)
    assert old == int(first.split(' ')[1]), 'another size'
    assert grown(old, size, list(map(b64, lines[1:])), True, seen) == (
        seen, root), 'path'
else: checkpoint(text, key)
