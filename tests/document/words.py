# words.py - do the texts taken out of a PDF hold every word of its blocks?
#
#	python3 tests/document/words.py BLOCKS.xml HOW=TEXT...
#
# HOW is "order": for each language all words of the blocks, as they are read,
# come in TEXT in that order; what is the same in all languages comes with
# each.  "letters": the same where spaces do not count, for who takes letters
# out one by one.  "any": each comes as often, wherever it stands, whole or in
# pieces that belong to no other word; marks on letters do not count, for who
# puts them beside their letter, and breaks a word there or within lam-alef.
# Words are letters of one script with their marks, or digits.  They are compared
# as Unicode NFKC, for a font has presentation forms, and without what is not seen
# (controls of direction, joiners).  Says "FOUND of ALL" of each text, and what
# is missing.
import collections, itertools, re, sys, unicodedata
import xml.etree.ElementTree as tree

B = '{urn:ihala:block:1}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
UNSEEN = re.compile('[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
MARKS = re.compile('[\u064b-\u065f\u0670]')


def kind(letter):
    """"A" Arabic letter or mark, "L" another, "N" digit, " " what stands between."""
    which = unicodedata.category(letter)[0]
    if which in 'LM':
        return 'A' if '\u0600' <= letter <= '\u08ff' else 'L'
    return 'N' if which == 'N' else ' '


def words(text):
    text = UNSEEN.sub('', unicodedata.normalize('NFKC', text or ''))
    runs = ((k, ''.join(run)) for k, run in itertools.groupby(text, kind))
    return [run for k, run in runs if k != ' ']


def say(node, lang, out):
    """The words of NODE in LANG."""
    if node.tag == B + 'same' or node.tag == B + 'value' and len(node) == 0:
        out += words(node.text)
    elif node.tag == B + 'text' and node.get(LANG) == lang:
        out += words(node.text)
    for child in node:
        say(child, lang, out)


def columns(doc):
    """Its languages, each with its words; from the right comes first."""
    texts = doc.find(B + 'title').findall(B + 'text')
    texts.sort(key=lambda text: text.get('dir') != 'rtl')
    for number, text in enumerate(texts):
        if number == 1:  # its labels stand behind what they are labels of
            for field in list(doc.iter(B + 'field')) + list(doc.iter(B + 'digest')):
                field[:] = field[::-1]
        out = []
        say(doc, text.get(LANG), out)
        yield out


def in_order(wanted, text):
    lost, at = [], 0
    for word in wanted:
        try:
            at = text.index(word, at) + 1
        except ValueError:
            lost.append(word)
    return lost


def by_letters(wanted, text):
    lost, at, run = [], 0, unicodedata.normalize('NFKC', ''.join(text))
    for word in wanted:
        hit = run.find(word, at)
        if hit < 0:
            lost.append(word)
        else:
            at = hit + len(word)
    return lost


def anywhere(wanted, text):
    wanted, text = (collections.Counter(words(MARKS.sub('', ' '.join(all))))
                    for all in (wanted, text))
    lost, left = wanted - text, text - wanted
    letters, pieces = (collections.Counter(''.join(some.elements())) for some in (lost, left))
    return [] if letters <= pieces else list(lost.elements())


HOW = {'order': in_order, 'letters': by_letters, 'any': anywhere}
every = list(columns(tree.parse(sys.argv[1]).getroot()))
said, missed = [], False
for asked in sys.argv[2:]:
    how, _, name = asked.partition('=')
    with open(name, encoding='utf-8') as file:
        text = words(file.read())
    lost = [word for wanted in every for word in HOW[how](wanted, text)]
    count = sum(map(len, every))
    said.append(f'{count - len(lost)} of {count}' + (' without ' + ' '.join(lost[:12]) if lost else ''))
    missed |= bool(lost)
print('; '.join(said))
sys.exit(missed)
