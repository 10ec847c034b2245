# ihala provider: who is entered, who suits whom and why not, and what a provider was held to.
. tests/cli/prelude.inc
quietly MA init --committee MA --training
code=$(opened MA xml/example/01-indicated-fr.xml)
man=$(opened MA xml/example/04-possible-labour-rights-fr.xml)
name() { # WORD
	echo "<name><text xml:lang=\"ar\">دار $1</text><text xml:lang=\"fr\">Maison $1</text><text xml:lang=\"en\">House $1</text></name>"
}
register() { # < PROVIDERS: loaded
	{ echo '<providers xmlns="urn:ihala:provider:1">'; cat; echo '</providers>'; } > "$T/providers.xml"
	at MA provider load "$T/providers.xml"
}
register <<EOF
<provider id="exemple-un" region="MA-04" accredited="2026-01-01" until="2027-12-31" languages="ar fr">$(name Un)
 <service id="shelter" places="20" free="3"/><service id="listening"/><public sex="female" from="18"/><contact>+212 600 000 009, a bakery answers</contact></provider>
<provider id="exemple-deux" languages="ar" female-only="yes">$(name Deux)<service id="shelter" places="4" free="0"/></provider>
<provider id="exemple-trois" suspended="2026-11-21">$(name Trois)<service id="shelter"/></provider>
<provider id="exemple-quatre" until="2026-11-20">$(name Quatre)<service id="shelter"/></provider>
<provider id="exemple-cinq" accredited="2026-12-01">$(name Cinq)<service id="shelter"/></provider>
<provider id="exemple-six">$(name Six)<service id="legal-aid"/><public from="0" to="17"/></provider>
EOF
at MA provider list | sed 's/  *$//'
at MA provider show exemple-un | sed 's/  *$//'
at MA provider match "$code" shelter | sed 's/  *$//'
at MA provider match "$man" shelter --lang ar | sed 's/  *$//'
at MA provider match "$code" legal --format json
at MA provider match "$code" return
# the same again changes nothing; a suspension that ends does
register <<EOF
<provider id="exemple-trois">$(name Trois)<service id="shelter"/></provider>
<provider id="exemple-six">$(name Six)<service id="legal-aid"/><public from="0" to="17"/></provider>
EOF
at MA provider list --format json | tr '{' '\n' | grep -c '"takes":"yes"'
# what was entered comes out again, and loads as it is
at MA provider export -o "$T/out.xml"
at MA provider load "$T/out.xml"
at MA provider export exemple-un
at MA provider export nobody
# what it was held to
at MA provider check exemple-un
at MA provider standards exemple-un | sed 's/  *$//' | head -3
at MA provider standards nobody
cat > "$T/check.xml" <<EOF
<check xmlns="urn:ihala:provider:1" provider="exemple-un" date="2026-11-20">
  <answer service="shelter" standard="safe-place" state="met"><evidence>Nothing at the door tells what it is</evidence></answer>
  <answer service="shelter" standard="open-door" state="not-met"><evidence>The door is locked at eight</evidence></answer>
</check>
EOF
at MA provider check exemple-un "$T/check.xml" | sed 's/  *$//'
at MA provider check exemple-un --lang fr | sed 's/  *$//' | head -5
at MA provider check exemple-un --lang ar | sed 's/  *$//' | head -5
at MA provider check exemple-deux "$T/check.xml"
# what is refused
sed 's/open-door/open-window/' "$T/check.xml" > "$T/other.xml"
at MA provider check exemple-un "$T/other.xml"
sed 's/open-door/safe-place/' "$T/check.xml" > "$T/other.xml"
at MA provider check exemple-un "$T/other.xml"
at MA provider load "$T/check.xml"
echo "<provider id=\"a\">$(name A)<service id=\"massage\"/></provider>" | register
echo "<provider id=\"a\" until=\"2026-02-30\">$(name A)<service id=\"shelter\"/></provider>" | register
echo "<provider id=\"a\" accredited=\"2026-02-01\" until=\"2026-01-01\">$(name A)<service id=\"shelter\"/></provider>" | register
echo "<provider id=\"a\">$(name A)<service id=\"shelter\" places=\"3\" free=\"4\"/></provider>" | register
echo "<provider id=\"a\">$(name A)<service id=\"shelter\"/></provider><provider id=\"a\">$(name A)<service id=\"shelter\"/></provider>" | register
echo "<provider id=\"a\">$(name A)</provider>" | register
at MA provider show a
at MA provider show ../a
at MA provider match "$code" sleep
at MA provider match 7KQF-3XMT-M shelter
at MA registry verify | grep providers | sed 's/[0-9][0-9]*/N/'
at MA ledger list | grep -c ' provider '
