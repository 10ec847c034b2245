# the map of the house names every room there is, and no other
bad=0
for header in include/ihala/*.h; do
	room=$(basename "$header" .h)
	awk -F'|' '/^\| `[a-z]+` \|/ { print $3 }' src/README.md | tr ' ' '\n' |
	    grep -qx "$room" || { echo "src/README.md does not name $room"; bad=1; }
done
for room in $(awk -F'|' '/^\| `[a-z]+` \|/ && !/cli/ { print $3 }' src/README.md); do
	[ -e "include/ihala/$room.h" ] || { echo "there is no room $room"; bad=1; }
done
exit $bad
