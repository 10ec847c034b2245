# each role does by each verb of the command line what the table of roles says, and nothing else
#
# The table is what `ihala roles` prints; which verb takes which action is in
# roles.txt.  Of each verb that is about a case: one that was given to the
# account, and another.  A refusal is 77 and changes no byte of the registry.
set -e
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
# IHALA_FEW: of each kind one
roles=${IHALA_FEW:+case-worker committee auditor}
roles=${roles:-screener case-worker supervisor committee data-protection-officer auditor administrator analyst}
echo "an invented passphrase" > "$T/pass"
echo "another invented passphrase" > "$T/newer"
echo "Exemple : la personne est revenue de nuit." > "$T/reason"
echo "Personne Exemple" > "$T/typed"
as() { # USER WORDS...
	user=$1
	shift
	"$PROGRAM" --registry "$T/MA" --passphrase-file "$T/pass" --user $user \
	    --lang en --now 2026-12-20T10:00:00Z "$@"
}
does() { # the same, to make the office
	as "$@" > "$T/said" 2>&1 || { echo "ihala $*:"; cat "$T/said"; exit 1; }
}

# ---- an office with an account for each role
does office init --committee MA --training
does office user register administrator --role administrator --new-passphrase-file "$T/pass"
does office user admit administrator
for role in $roles supervisor left waiting; do
	case " $made " in *" $role "*) continue ;; esac
	made="$made $role"
	case $role in administrator) continue ;; left | waiting) of=screener ;; *) of=$role ;; esac
	does administrator user register $role --role $of --new-passphrase-file "$T/pass"
	[ $role = waiting ] || does office user admit $role
done
sed 's/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\10000/' xml/example/01-indicated-fr.xml > "$T/new.xml"
made() { # a case in review
	n=$((n + 1))
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$(printf %04x $n)/" \
	    xml/example/01-indicated-fr.xml > "$T/$n.xml"
	does office --now 2026-11-21T10:00:00Z case open "$T/$n.xml"
	made=$(grep -E '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$' "$T/said")
	does office --now 2026-11-21T10:00:00Z case move $made file finalise
}
n=0
for whose in own theirs gone; do
	for which in $([ $whose = gone ] && echo CODE || echo CODE SECOND DRAFT CAREDFOR CLOSED PROPOSED DECIDED); do
		made
		eval "${whose}_$which=$made"
	done
done
# ---- what is decided, and help that is asked for
decision() { # STATE [INNER]
	echo "<determination xmlns='urn:ihala:determination:1' state='$1' body='cnclt' law='law-27-14' article='art. 7'>
<grounds>The papers were taken.</grounds>$2</determination>" > "$T/$1.xml"
}
decision presumed
decision not-confirmed "<differs>A witness was heard after the interview.</differs>"
asking() { # one more file that asks for help
	n=$((n + 1))
	echo "<request xmlns='urn:ihala:request:1' training='true' channel='hotline' danger='no'>
<about>Exemple $n : la porte est close.</about><identity><name>Personne Exemple $n</name></identity></request>" > "$T/asking.xml"
}
elsewhere() { # one more interview that was held elsewhere
	n=$((n + 1))
	sed "s/\(<answers[^>]* id=\"\)[0-9a-f]\{4\}/\1$(printf %04x $n)/" xml/example/02-indicated-ar.xml > "$T/elsewhere.xml"
}
asked() { # DAY: a request of that day
	asking
	does office --now $1T10:00:00Z request add "$T/asking.xml"
	asked=$(grep -E '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$' "$T/said")
}
redirected() { # DAY: a request that was not for this office
	asked $1
	does supervisor --now $1T10:00:00Z request redirect $asked --to court-support-unit --reason-file "$T/reason"
}
for whose in own theirs; do
	eval "second=\$${whose}_SECOND proposed=\$${whose}_PROPOSED decided=\$${whose}_DECIDED"
	does office consent refuse $second --purpose referral --read-in fr
	does office case move $second file refuse
	for code in $proposed $decided; do
		does office case determine $code "$T/presumed.xml"
		does office case determine $code "$T/not-confirmed.xml"
	done
	does committee case determine $decided
	does office case hold $decided --until 2027-06-30 --reason-file "$T/reason"
	redirected 2026-05-20
	eval "${whose}_OLDER=$asked"
	asked 2026-12-01
	eval "${whose}_ASKED=$asked"
	elsewhere
	does office import paper "$T/elsewhere.xml"
	eval "${whose}_WAITS=$(grep -E '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$' "$T/said")"
done
asking
elsewhere
cat > "$T/sent.xml" <<X
<data id="htcds_xlsform" version="v"><start>2026-11-19</start><con_Consent>TRUE</con_Consent><prs_First_Name>Exemple</prs_First_Name>
<meta><instanceID>uuid:00000000-0000-4000-8000-00000000000a</instanceID></meta></data>
X
does supervisor case move $gone_CODE file no-indication
does office case destroy $gone_CODE -o "$T/receipt"
at_other() { # OFFICE WORDS...
	where=$1
	shift
	"$PROGRAM" --registry "$T/$where" --passphrase-file "$T/pass" --lang en \
	    --now 2026-12-20T10:00:00Z "$@" > "$T/said" 2>&1 ||
	    { echo "$where: ihala $*:"; cat "$T/said"; exit 1; }
}
at_TN() {
	at_other TN "$@"
}
fingerprint() { # of the office in a folder, whose first account is named
	"$PROGRAM" --registry "$T/$1" --passphrase-file "$T/pass" --user office \
	    keys show --format xml 2> /dev/null |
	    sed -n 's/.*use="list".*fingerprint="\([^"]*\)".*/\1/p'
}
at_TN init --committee TN --training
at_TN keys export -o "$T/TN.trust"
does office keys export -o "$T/MA.trust"
does office trust add "$T/TN.trust" --fingerprint "$(fingerprint TN)"
does committee trust confirm TN --fingerprint "$(fingerprint TN)"
at_TN trust add "$T/MA.trust" --fingerprint "$(fingerprint MA)"
at_TN trust confirm MA --fingerprint "$(fingerprint MA)"
"$PROGRAM" --registry "$T/EG" --passphrase-file "$T/pass" init --committee EG --training > "$T/said" 2>&1
"$PROGRAM" --registry "$T/EG" --passphrase-file "$T/pass" keys export -o "$T/EG.trust" > "$T/said" 2>&1
PRINT=$(fingerprint EG | tr -d ' ')
does office trust add "$T/EG.trust" --fingerprint "$PRINT"
sent() { # NUMBER FILE: a case of there, sent here
	sed 's/committee="MA"/committee="TN"/; s/\(<answers[^>]* id="\)[0-9a-f]\{4\}/\1a00'$1/ \
	    xml/example/01-indicated-fr.xml > "$T/there.xml"
	at_TN case open "$T/there.xml"
	there=$(grep -xE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$T/said")
	at_TN refer $there --to MA
	at_TN send $there --to MA -o "$T/$2"
}
sent c in.p7m
for whose in own theirs; do
	sent ${#whose} $whose.p7m
	does office receive "$T/$whose.p7m"
	eval "${whose}_CAME=$(grep -xE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]' "$T/said")"
done
for whose in own theirs; do
	eval "code=\$${whose}_CODE draft=\$${whose}_DRAFT closed=\$${whose}_CLOSED"
	does office refer $draft --to TN
	does supervisor case move $closed file no-indication
	does office person link $code $closed --as family
	does office case assign $code left
done
own=$(echo $own_CODE $own_SECOND $own_DRAFT $own_CAREDFOR $own_CLOSED $own_PROPOSED $own_DECIDED \
    $own_CAME $own_ASKED $own_OLDER $own_WAITS)
"$PROGRAM" roles --format xml > "$T/roles"
reach() { # ROLE ACTION
	sed -n "s/.* action=\"$2\".* $1=\"\([a-z]*\)\".*/\1/p" "$T/roles"
}
for role in $roles; do
	[ $(reach $role read-facts) != none ] || continue
	for code in $own; do
		does office case assign $code $role
	done
done
does office case break $theirs_CODE --reason-file "$T/reason"
ENTRY=$("$PROGRAM" --registry "$T/MA" case breaks --format xml | sed -n 's/.*entry="\([0-9]*\)".*/\1/p')
does office recovery make --shares 3 --threshold 2 -o "$T/old-shares"
does office ledger checkpoint -o "$T/old-checkpoint"
does office return --period 2026 -o "$T/MA.return"
# ---- a sum of three
at_other IOM init --committee IOM --training
at_other IOM keys export -o "$T/IOM.trust"
does office trust add "$T/IOM.trust" --fingerprint "$(fingerprint IOM)"
does committee trust confirm IOM --fingerprint "$(fingerprint IOM)"
for pair in TN:IOM IOM:TN IOM:MA; do
	at_other ${pair%:*} trust add "$T/${pair#*:}.trust" --fingerprint "$(fingerprint ${pair#*:})"
	at_other ${pair%:*} trust confirm ${pair#*:} --fingerprint "$(fingerprint ${pair#*:})"
done
at_other IOM return MA TN --period 2026 --as masked -o "$T/IOM.masked"
at_other TN return MA IOM --period 2026 --as masked -o "$T/TN.masked"
does office return IOM TN --period 2026 --as masked -o "$T/MA.masked"
does office pack make -o "$T/MA.pack"
# ---- a provider, what it was held to, a plan, a correction, an officer's key
cat > "$T/providers.xml" <<X
<providers xmlns="urn:ihala:provider:1"><provider id="dar-exemple"><name><text xml:lang="ar">دار المثال</text>
  <text xml:lang="fr">Maison Exemple</text><text xml:lang="en">Example House</text></name><service id="shelter"/></provider></providers>
X
sed 's/dar-exemple/dar-autre/' "$T/providers.xml" > "$T/more.xml"
does office provider load "$T/providers.xml"
cat > "$T/check.xml" <<X
<check xmlns="urn:ihala:provider:1" provider="dar-exemple" date="2026-11-20">
  <answer service="shelter" standard="safe-place" state="met"/>
</check>
X
does office provider check dar-exemple "$T/check.xml"
sed -i 's/11-20/11-21/' "$T/check.xml"
cat > "$T/rectify.xml" <<X
<rectification xmlns="urn:ihala:rectification:1" asked-by="person">
  <correct item="name" by="document"><value>Personne Exemple Trente</value><why>The passport says so</why></correct>
</rectification>
X
planned() { # CODE: a file of changes to its plan
	does office plan show $1
	cat > "$T/plan-$1.xml" <<X
<changes xmlns="urn:ihala:plan:1" case="$1" version="$(sed -n 's/.*: \([0-9]*\)$/\1/p' "$T/said")">
  <add id="home" need="shelter" service="shelter"/>
</changes>
X
}
for code in $own_CODE $theirs_CODE; do
	planned $code
done
for code in $own_CAREDFOR $theirs_CAREDFOR; do
	planned $code
	does office plan apply $code "$T/plan-$code.xml"
	does supervisor case move $code file confirm-possible
	does office case move $code file start-support
done
does office keys make -o "$T/officer.pem" --new-passphrase-file "$T/pass"
OFFICER=$(openssl x509 -in "$T/officer.pem" -noout -fingerprint -sha256 | sed 's/.*=//')
entries=$("$PROGRAM" --registry "$T/MA" ledger list --format xml | grep -c '<entry ')
mv "$T/MA" "$T/pristine"
cp -R "$T/pristine" "$T/MA"

# ---- each verb, for each role
may() { # ROLE own|theirs|office ACTIONS BY
	case ,$4, in ,-, | *,$1,*) ;; *) return 1 ;; esac
	for action in $(echo "$3" | tr , ' '); do
		[ $action != - ] || continue
		case $(reach $1 $action)-$2 in
		office-* | own-own | own-mine) ;;
		own-* | none-*) return 1 ;;
		*) echo "no action is called $action"; exit 1 ;;
		esac
	done
}
# Of what takes several actions, some of them reads, the reads are entered.
only_reads() {
	! "$PROGRAM" --registry "$T/MA" ledger list --since $entries --format xml |
	    grep '<entry ' | grep -vE ' act="(read|search)" '
}
cases=0 deviations=0
try() { # ROLE WHOSE ACTIONS BY WORDS...
	role=$1 whose=$2 actions=$3 by=$4
	shift 4
	status=0
	as $role "$@" > "$T/said" 2>&1 < "$T/typed" || status=$?
	may $role $whose "$actions" $by && expected=0 || expected=77
	cases=$((cases + 1))
	same=yes
	for file in registry.db keys.db; do
		cmp -s "$T/MA/$file" "$T/pristine/$file" || same=no
	done
	if [ $status != $expected ] || { [ $expected-$same = 77-no ] && ! only_reads; }; then
		deviations=$((deviations + 1))
		echo "$role, $whose: ihala $*: $status, not $expected"
		sed 's/^/  /' "$T/said" | head -n 3
	fi
	[ $same = yes ] || { rm -r "$T/MA"; cp -R "$T/pristine" "$T/MA"; }
}
spelt() { # WHOSE WORDS: with codes and places
	case $1 in office | mine) set -- own "$2" ;; esac
	for which in CODE SECOND DRAFT CAREDFOR CLOSED PROPOSED DECIDED CAME ASKED OLDER WAITS; do
		eval "one=\$$1_$which"
		echo "s/$which/$one/g"
	done > "$T/codes"
	echo "$2" | sed -f "$T/codes" -e "s|T/|$T/|g; s/GONE/$gone_CODE/; s/ENTRY/$ENTRY/;
	    s/PRINT/$PRINT/; s/OFFICER/$OFFICER/"
}
while IFS='|' read -r actions about by words; do
	case $actions in '#'*) continue ;; esac
	actions=${actions% } by=$(echo $by)
	case $(echo $about) in
	case) whoses="own theirs" ;;
	apart) continue ;;
	*) whoses=$(echo $about) ;;
	esac
	for role in $roles; do
		for whose in $whoses; do
			# cases are given to those who read some
			[ $whose != own ] || [ "$(reach $role read-facts)" != none ] || continue
			try $role $whose "$actions" "$by" \
			    $(spelt $whose "$words")
			for left in out.p7m page return pages pack data keys key shares receipt \
			    erasures checkpoint proof list; do
				rm -rf "${T:?}/$left"
			done
		done
	done
done < tests/house/roles.txt

# ---- nothing is left out: no action of the table, no verb of the man pages
for action in $(sed -n 's/.*<action action="\([^"]*\)".*/\1/p' "$T/roles"); do
	grep -q "^\([a-z-]*,\)*$action[,| ]" tests/house/roles.txt && continue
	echo "roles.txt: no verb takes $action"
	deviations=$((deviations + 1))
done
for page in src/cli/ihala-*.1; do
	verb=$(basename "$page" .1)
	awk -v verb="${verb#ihala-}" '/^\.Sh/ { here = /SYNOPSIS/ }
	    here && /^\.Cm / {
	        sub(/ (Ar|Fl|Op|Cm) .*/, ""); gsub(/\|/, " ")
	        for (i = 2; i <= NF; i++) if ($i != verb) { print verb, $i; n++ }
	    }
	    END { if (!n) print verb }' "$page"
done | while read -r verb; do
	grep -qE "\| ($verb($|[ :])|${verb%% *}:)" tests/house/roles.txt || echo "roles.txt: nothing says who may: ihala $verb"
done > "$T/untold"
cat "$T/untold"
deviations=$((deviations + $(wc -l < "$T/untold")))
echo "$cases cases, $deviations deviations"
[ $deviations = 0 ]
