#!/usr/bin/env bash
# Checks `isnad analyze --format conllu` with the validator of Universal Dependencies on texts of this repository and on
# texts that nobody writes: level 1, and level 2 (text and words agree, ids, features) with a tree put in, since there is
# none. Needs Python and its registry.
#
#     tests/conllu.sh [BINARY]    default: target/debug/isnad; exit status 77: the registry cannot be reached
set -euo pipefail
cd "$(dirname "$0")/.."
isnad=${1:-target/debug/isnad}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'udtools==0.2.9' || exit 77

printf 'قال 😀👨‍👩‍👧‍👦🇶🇦!! #قطر @user http://a.example/ج?x=1&y=2 me@x.example COVID-19 2022م نص\tb\n\n \t \r\nآخر' >"$work/mixed.txt"
printf 'مُحَمَّدٌ كتّـــاب \u064E\u0651 \u0651\u064E ـــ ا\u0653 و\u0654ل\u200F\u0651\u064E =\u0338 ﻻ ﷺ \uFEFF' >"$work/marks.txt"
printf '# text = خدعة\n1\tقال\t_\n10 000 ١٢٣٫٥ 2016/2017 12:30 -3° ½ _ | (((' >"$work/signs.txt"
printf 'وسيكتبونها، فبالمدرسة؛ وللديوان؟فهم.بلاده مما لكنها%.0s' {1..200} >"$work/long.txt"

"$isnad" analyze --format conllu examples/article.txt tests/articles/*.txt tests/data/*.txt "$work"/*.txt >"$work/words.conllu"
"$work/venv/bin/udvalidate" --lang ar --level 1 "$work/words.conllu"
awk -F'\t' -v OFS='\t' 'NF == 10 && $1 !~ /-/ { $7 = $1 > 1; $8 = $1 > 1 ? "dep" : "root" } 1' \
  "$work/words.conllu" >"$work/trees.conllu"
"$work/venv/bin/udvalidate" --lang ar --level 2 "$work/trees.conllu"
