# ihala return: rounded, signed, and no number that is not a multiple of 5.
. tests/cli/prelude.inc
offices MA IOM
at MA case open $(grep -l 'committee="MA"' xml/example/*.xml) 2>&1 | tail -n 1
at MA return --period 2026 -o "$T/MA.return"
unzip -l "$T/MA.return" | awk '{ print $4 }' | grep -E 'xml|p7s|mime'
unzip -p "$T/MA.return" return.xml | grep -oE '(total|persons|count|value)="[0-9]+"|>[0-9]+<' | grep -vcE '[05]["<]'
at MA return --period 2025 -o "$T/empty.return"
at MA return --period last-year -o "$T/bad.return"
at MA return -o "$T/bad.return"
at MA return --period 2026 -o /dev/full
ls "$T" | grep return
