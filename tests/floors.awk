# floors.awk - a file may include its own floor and those below, only; and
# each foreign library stays on its floor.
#
#	awk -f tests/floors.awk src/*/*.[ch] include/ihala/*.h
#
# The rooms of each floor, bottom first; the libraries each may include.
BEGIN {
	floor("base", "error owned arena buffer world file text date id json progress confine opener part ical", "seccomp")
	floor("xml", "xml schema node element library words name hijri", "libxml unicode")
	floor("key", "digest secret seal wrap passphrase sign share tree proof certificate officer formkey mask", "openssl libp11")
	floor("instrument", "code condition instrument answers difference sitting submission", "libxml")
	floor("assess", "framework assess explain batch crew quality truth rescore", "libxml")
	floor("mechanism", "mechanism calendar clock consent record rectify release determination completion continuity service", "libxml")
	floor("registry", "registry case alias role user roster access lifecycle ledger message partner statistic erase backup verify person recovery shelf referral plan provider task hold retention subject work request draft intake", "sqlite3")
	floor("document", "stylesheet document paper block pdf qr imprint offline gather", "libxml libxslt cairo cairo-pdf cairo-ft ft2build hb pango qrencode zlib")
	floor("exchange", "trust revocation letter container signature stamp envelope order post withdrawal decision inquiry pack", "libxml openssl zlib")
	floor("summary", "table round attack suppress return region export records masked packed", "libxml lpsolve xlsxwriter")
	floor("web", "fields gate session server screens", "microhttpd")
	floor("cli", "command", "")
}
function floor(name, rooms, libraries,    list, i, n) {
	height[name] = ++floors
	n = split(rooms, list, " ")
	for (i = 1; i <= n; i++) home[list[i]] = name
	n = split(libraries, list, " ")
	for (i = 1; i <= n; i++) { foreign[list[i]] = 1; allowed[name, list[i]] = 1 }
}
function mine(    path, n, room) {
	n = split(FILENAME, path, "/")
	if (path[1] == "src") return path[2]
	room = path[n]; sub(/\.h$/, "", room)
	return home[room]
}
FNR == 1 {
	here = mine()
	if (!(here in height)) { print FILENAME ": has no floor in tests/floors.awk"; bad = 1 }
}
/^#include "ihala\// {
	room = $2; gsub(/"ihala\/|\.h"/, "", room)
	if (!(room in home)) {
		print FILENAME ":" FNR ": " room " has no floor in tests/floors.awk"; bad = 1
	} else if (height[home[room]] > height[here]) {
		print FILENAME ":" FNR ": " here " reaches up to " home[room]; bad = 1
	}
}
/^#include </ {
	library = $2; gsub(/[<>]/, "", library); sub(/[\/.].*/, "", library); sub(/^lp_/, "lpsolve_", library); sub(/_.*/, "", library)
	if (library in foreign && !((here, library) in allowed)) {
		print FILENAME ":" FNR ": " library " does not belong on floor " here; bad = 1
	}
}
END { exit bad }
