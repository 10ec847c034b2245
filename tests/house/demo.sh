# make demo does the main job, and the README shows what it says
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mask() {
	sed -E -e 's/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b/CODE/g' \
	    -e "s|$folder/demo|build/demo|g" -e 's/[0-9]+ acts/N acts/'
}
sh tests/demo.sh "$PROGRAM" "$folder/demo" | mask > "$folder/said"
awk '/^```$/ && shown { exit } shown { print } /^```$/ { block = 1; next }
	block && /^Ihala: the main job/ { shown = 1; print } { block = 0 }' README.md |
    mask > "$folder/shown"
diff "$folder/shown" "$folder/said"
