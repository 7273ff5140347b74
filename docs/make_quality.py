"""Scores the program on annotated news and writes what it reached: `just quality`.

Writes docs/quality.md for readers and resources/measurements.tsv for GetCapabilities. The annotated documents are not
part of this repository; their folder is the only argument.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(sys.argv[1])
DEV = "Tunisian radio news of 2013 to 2017, development documents"
SETS = {
    "dev": DEV,
    "newswire": "pan-Arab newspapers of 2005 to 2007",
    "encyclopaedia": "opening passages of encyclopaedia articles",
}
# What GetCapabilities tells, of the development documents: layer, measure, its name there, and which figure it is.
TOLD = [
    ("entities", "nested", "entities, strict span and type, nested, F1"),
    ("entities", "outermost", "entities, strict span and type, outermost, F1"),
    ("coreference", None, "coreference, predicted mentions, CoNLL F1"),
    ("coreference", "titles tied", "titles tied to the right person, F1"),
    ("quotations", "direct and mixed", "direct and mixed quotations, content, F1"),
    ("quotations", "indirect", "indirect quotations, content, F1"),
    ("quotations", "speaker (accuracy)", "speaker right, over matched quotations"),
    ("times", "span", "times, strict span, F1"),
    ("times", "span value (accuracy)", "times, value right over matched spans"),
    ("amounts", "PERCENT", "percentages, strict span, F1"),
    ("amounts", "QUANTITY", "quantities, strict span, F1"),
]


def score(layer: str, data: str) -> dict:
    command = [ROOT / "target/release/isnad", "eval", layer, DATA / f"{data}.jsonl", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    lines = [
        "# What the answers are worth",
        "",
        "Measured by `just quality` (`isnad eval`) on news annotated for this project, which is not part of the",
        "repository. The rules were written with the annotated training documents at hand, and the development documents",
        "and newspapers were read to find mistakes, so other news will score somewhat lower. Newspapers and",
        "encyclopaedia have no date of publication. Spans must agree to the letter; a quotation counts as found where",
        "four fifths of both contents are shared.",
    ]
    told = []
    for data, what in SETS.items():
        lines += ["", f"## {what[0].upper()}{what[1:]}", ""]
        lines += ["| layer | measure | precision | recall | F1 | 95 % interval | annotated |", "|---|---|---|---|---|---|---|"]
        for layer in ["entities", "coreference", "quotations", "times", "amounts"]:
            report = score(layer, data)
            for measure, figure in report["measures"].items():
                if not figure["annotated"]:
                    continue
                low, high = figure["interval"]
                lines.append(
                    f"| {layer} | {measure} | {figure['precision']:.3f} | {figure['recall']:.3f} | {figure['f1']:.3f} "
                    f"| {low:.3f} to {high:.3f} | {figure['annotated']:.0f} |"
                )
            if report["conll"] is not None:
                lines.append(f"| {layer} | CoNLL F1, the mean of the three | | | {report['conll']:.3f} | | |")
            if data == "dev":
                for wanted, measure, name in TOLD:
                    if wanted == layer:
                        value = report["measures"][measure]["f1"] if measure else report["conll"]
                        told.append(f"{layer}\t{measure or 'conll'}\t{value:.3f}\t{DEV}\t{name}")
    (ROOT / "docs/quality.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = "# Figures of docs/quality.md that GetCapabilities tells. Written by docs/make_quality.py; Apache-2.0.\n# layer, measure and value as `isnad eval` has them, the data, what GetCapabilities says\n"
    (ROOT / "resources/measurements.tsv").write_text(head + "\n".join(told) + "\n", encoding="utf-8")


main()
