# fuzz.sh - each fuzz target for SECONDS_EACH seconds, on its kept corpus.
#
#	sh tests/fuzz.sh BUILD TARGET...
#
# libFuzzer writes into its first folder: that is a scratch one.
build=$1
shift
for target in "$@"; do
	name=$(basename "$target" | sed 's/^fuzz_//')
	mkdir -p "$build/corpus/$name" "$build/finds"
	echo "# $name for ${SECONDS_EACH:-30} seconds"
	"$target" -max_total_time="${SECONDS_EACH:-30}" -print_final_stats=1 \
	    -max_len=65536 -rss_limit_mb=4096 -timeout=10 \
	    -artifact_prefix="$build/finds/$name-" "$build/corpus/$name" \
	    "tests/fuzz/corpus/$name" 2> "$build/finds/$name.log" || {
		tail -n 40 "$build/finds/$name.log"
		exit 1
	}
	grep -E 'stat::number_of_executed_units' "$build/finds/$name.log"
done
