#!/usr/bin/env bash
# Counts the instructions of `isnad extract` on texts of n, 2n and 4n pieces: every stage has to be linear in the length
# of the text, so what 4n takes over 2n is to what 2n takes over n as 2 to 1. Fails above 2.2. (Differences, since tables
# are read once, when a text first needs them.) Needs valgrind.
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
    "news|$paragraph|30"
    "lines of news|$paragraph"$'\n'"|30"
    "letters without a space|م|37500"
    "words without a stop|كتاب |1000"
    "quotation marks that only open|«|37500"
    "cues|قال إن |800"
    "names|محمد بن سلمان و|400"
    "titles|وزير رئيس أمير |400"
    "numbers|3 ملايين دولار و|400"
    "dates|أمس الاثنين 16 سبتمبر |300"
)

failed=0
# measure NAME MAKE ARGUMENTS…: MAKE writes the text for the number of pieces that follows its arguments
measure() {
    local name=$1 times=$2 counts=() n
    shift 2
    for n in "$times" $((2 * times)) $((4 * times)); do
        "$@" "$n" > "$work/text"
        counts+=("$(instructions "$work/text")")
    done
    awk -v name="$name" -v n="${counts[0]}" -v n2="${counts[1]}" -v n4="${counts[2]}" -v limit="$limit" 'BEGIN {
        if (n4 == "") { print "linear: no instructions were counted" > "/dev/stderr"; exit 2 }
        ratio = (n4 - n2) / (n2 - n)
        printf "%-32s %11.0f %11.0f %11.0f  %.2f%s\n", name, n, n2, n4, ratio, (ratio > limit) ? "  ABOVE " limit : ""
        exit (ratio > limit)
    }' || failed=1
}
# nest TIMES: marks that open, and as many that close
nest() { repeat « "$1"; printf نعم; repeat » "$1"; }

printf '%-32s %11s %11s %11s  %s\n' text n 2n 4n ratio
for shape in "${shapes[@]}"; do
    IFS='|' read -r -d '' name piece times <<< "$shape" || true
    measure "$name" "${times//[!0-9]/}" repeat "$piece"
done
measure "nested quotation marks" 12500 nest
exit $failed
