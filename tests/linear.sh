#!/usr/bin/env bash
# Counts the instructions of `isnad extract` on texts of a length and of twice that length, less those of starting, and
# fails where the ratio is above 2.2: every stage has to be linear in the length of the text. Needs valgrind.
#
#     tests/linear.sh [BINARY]    default: target/release/isnad
set -euo pipefail

limit=2.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# a copy, so that a build in between changes nothing
binary=$work/isnad
cp "${1:-target/release/isnad}" "$binary"

# repeat PIECE TIMES
repeat() { local i; printf -v i '%*s' "$2" ''; printf '%s' "${i// /$1}"; }

# instructions FILE
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" extract --date 2025-09-16 --format json \
        "$1" 2>&1 >/dev/null | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# The pieces, each with how often it stands in the shorter text. Pieces that end in white space are words and lines.
paragraph='قال وزير الخارجية المصري سامي عادل، أمس الثلاثاء، إن بلاده قدمت 3 ملايين دولار للأمم المتحدة. وأضاف: «سنفتح المعبر غدا»، بحسب وكالة الأنباء. '
shapes=(
    "news|$paragraph|60"
    "lines of news|$paragraph"$'\n'"|60"
    "letters without a space|م|20000"
    "words without a stop|كتاب |3000"
    "quotation marks that only open|«|10000"
    "cues|قال إن |2000"
    "names|محمد بن سلمان و|1000"
    "titles|وزير رئيس أمير |1000"
    "numbers|3 ملايين دولار و|1000"
    "dates|أمس الاثنين 16 سبتمبر |800"
)

printf 'نعم' > "$work/start"
start=$(instructions "$work/start")
[ -n "$start" ] || { echo "linear: $binary does not run under valgrind" >&2; exit 2; }
failed=0
# report NAME ONCE TWICE
report() {
    awk -v name="$1" -v once="$2" -v twice="$3" -v start="$start" -v limit="$limit" 'BEGIN {
        ratio = (twice - start) / (once - start)
        printf "%-34s %12d %12d  %.2f%s\n", name, once - start, twice - start, ratio, (ratio > limit) ? "  ABOVE " limit : ""
        exit (ratio > limit)
    }' || failed=1
}
printf '%-34s %12s %12s  %s\n' text n 2n ratio
for shape in "${shapes[@]}"; do
    IFS='|' read -r -d '' name piece times <<< "$shape" || true
    times=${times//[!0-9]/}
    # after an Arabic word, so that what starts with the first one is in all counts
    { printf 'نعم '; repeat "$piece" "$times"; } > "$work/once"
    { printf 'نعم '; repeat "$piece" $((2 * times)); } > "$work/twice"
    report "$name" "$(instructions "$work/once")" "$(instructions "$work/twice")"
done
{ repeat «  5000; printf نعم; repeat » 5000; } > "$work/once"
{ repeat « 10000; printf نعم; repeat » 10000; } > "$work/twice"
report "nested quotation marks" "$(instructions "$work/once")" "$(instructions "$work/twice")"
exit $failed
