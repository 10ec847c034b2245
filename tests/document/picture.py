# picture.py - does a page look as it did?
#
#	python3 tests/document/picture.py KEPT.png PAGE.pgm
#	python3 tests/document/picture.py --keep KEPT.png PAGE.pgm
#
# How letters are smoothed may differ, so tiles of 12 by 12 points are
# compared: none may be darker or lighter than the kept one by more than an
# eighth, and all of them together by no more than a hundredth.  What is kept
# is a grey PNG whose rows are not filtered (ISO/IEC 15948).
import re, struct, sys, zlib

TILE, MOST, MEAN = 12, 32, 2.5
SIGNATURE = b'\x89PNG\r\n\x1a\n'


def read_pgm(path):
    bytes = open(path, 'rb').read()
    head = re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', bytes)
    width = int(head[1])
    return [bytes[at:at + width] for at in range(head.end(), len(bytes), width)]


def write_png(path, rows):
    def chunk(kind, bytes):
        return struct.pack('>I', len(bytes)) + kind + bytes + \
            struct.pack('>I', zlib.crc32(kind + bytes))
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    with open(path, 'wb') as file:
        file.write(SIGNATURE + chunk(b'IHDR', head) +
                   chunk(b'IDAT', zlib.compress(b'\0' + b'\0'.join(rows), 9)) +
                   chunk(b'IEND', b''))


def read_png(path):
    bytes = open(path, 'rb').read()
    width, = struct.unpack('>I', bytes[16:20])
    at = bytes.index(b'IDAT') + 4
    raw = zlib.decompressobj().decompress(bytes[at:])
    return [raw[at + 1:at + 1 + width] for at in range(0, len(raw), width + 1)]


def tiles(rows):
    for y in range(0, len(rows), TILE):
        for x in range(0, len(rows[0]), TILE):
            some = b''.join(row[x:x + TILE] for row in rows[y:y + TILE])
            yield sum(some) / len(some)


if sys.argv[1] == '--keep':
    write_png(sys.argv[2], read_pgm(sys.argv[3]))
    sys.exit()
kept, page = read_png(sys.argv[1]), read_pgm(sys.argv[2])
if (len(kept), len(kept[0])) != (len(page), len(page[0])):
    sys.exit(f'{sys.argv[1]}: it is of another size')
apart = [abs(a - b) for a, b in zip(tiles(kept), tiles(page))]
if max(apart) > MOST or sum(apart) / len(apart) > MEAN:
    across = -(-len(kept[0]) // TILE)
    where = apart.index(max(apart))
    sys.exit(f'{sys.argv[1]}: it looks otherwise, most in tile {where % across}, '
             f'{where // across} by {max(apart):.0f}, {sum(apart) / len(apart):.1f} on average')
