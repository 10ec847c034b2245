# "follow-up" is not "prosecution": the word that is one in Morocco is the other in Tunisia, and neither stands where its country would read it
set -e
python3 - <<'END'
import glob, sys
import xml.etree.ElementTree as tree

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# what the word of the others means there; as a verb, "follows a form", it does no harm
traps = {"MA": ["متابعة"], "TN": ["التتبع", "تتبع ال"]}
harmless = ["لا تتبع"]
meant = "term.prosecution-charging"
wrong = 0
for path in sorted(glob.glob("xml/*/*.xml")):
    if path.split("/")[1] in ("schema", "example", "names"):
        continue
    owner = path.split("/")[2].removesuffix(".xml")
    for node in tree.parse(path).iter():
        texts = {t.get(LANG): t.text or "" for t in node if t.tag.endswith("}text")}
        if "ar" not in texts or node.get("key") == meant:
            continue
        for country, words in traps.items():
            if len(owner) == 2 and owner.isupper() and owner != country:
                continue
            said = texts.get("ar-" + country, texts["ar"])
            if any(w in said for w in words) and not any(h in said for h in harmless):
                print(f"{path}: {node.get('key') or node.get('id') or node.tag.split('}')[1]}: means prosecution in {country}")
                wrong += 1
sys.exit(wrong > 0)
END
