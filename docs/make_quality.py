"""Scores the program on annotated news and writes what it reached: `just quality`.

Writes docs/quality.md for readers and resources/measurements.tsv for GetCapabilities. The annotated documents are not
part of this repository; their folder is the only argument. ANERcorp is scored too where the folder `ner` beside it has
it.
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


def score(layer: str, data: pathlib.Path, *flags: object) -> dict:
    """The figures of the main engine, which is the first."""
    command = [ROOT / "target/release/isnad", "eval", layer, data, "--json", *flags]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["engines"][0]


def rows(layer: str, report: dict) -> list[str]:
    """Rows of the table, of what was annotated at all. A recall has no precision and no F1."""

    def told(figure: float | None) -> str:
        return "" if figure is None else f"{figure:.3f}"

    lines = []
    for measure, figure in report["measures"].items():
        if not figure["annotated"]:
            continue
        low, high = figure["interval"]
        lines.append(
            f"| {layer} | {measure} | {told(figure['precision'])} | {told(figure['recall'])} | {told(figure['f1'])} "
            f"| {low:.3f} to {high:.3f} | {figure['annotated']:.0f} |"
        )
    if report["conll"] is not None:
        lines.append(f"| {layer} | CoNLL F1, the mean of the three | | | {report['conll']:.3f} | | |")
    return lines


def heading(what: str) -> list[str]:
    return [
        *["", f"## {what[0].upper()}{what[1:]}", ""],
        "| layer | measure | precision | recall | F1 | 95 % interval | annotated |",
        "|---|---|---|---|---|---|---|",
    ]


def main() -> None:
    lines = [
        "# What the answers are worth",
        "",
        "Measured by `just quality` (`isnad eval`) on news annotated for this project, which is not part of the",
        "repository. The rules were written with the annotated training documents at hand, and the development documents",
        "and newspapers were read to find mistakes, so other news will score somewhat lower. Newspapers and",
        "encyclopaedia have no date of publication. Spans must agree to the letter; a quotation counts as found where",
        "four fifths of both contents are shared. *Unseen* is the recall of mentions that stand in no list and in none of",
        "the annotated documents besides.",
    ]
    told = []
    seen = [DATA / f"{name}.jsonl" for name in ["train", *SETS] if name != "dev"]
    for data, what in SETS.items():
        lines += heading(what)
        for layer in ["entities", "coreference", "quotations", "times", "amounts"]:
            training = ["--training", *seen] if data == "dev" and layer == "entities" else []
            report = score(layer, DATA / f"{data}.jsonl", *training)
            lines += rows(layer, report)
            if data == "dev":
                for wanted, measure, name in TOLD:
                    if wanted == layer:
                        value = report["measures"][measure]["f1"] if measure else report["conll"]
                        told.append(f"{layer}\t{measure or 'conll'}\t{value:.3f}\t{DEV}\t{name}")
    corpus = DATA.parent / "ner/anercorp.dev.tsv"
    if corpus.exists():
        lines += heading("ANERcorp, development part")
        lines += [*rows("anercorp", score("anercorp", corpus)), ""]
        lines += [
            "Runs of whole words with the labels PERS, LOC, ORG and MISC. This corpus leaves out most ministries and armies,",
            "and heads of names such as فريق; the rules find them, and they count as made up.",
        ]
    (ROOT / "docs/quality.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = "# Figures of docs/quality.md that GetCapabilities tells. Written by docs/make_quality.py; Apache-2.0.\n# layer, measure and value as `isnad eval` has them, the data, what GetCapabilities says\n"
    (ROOT / "resources/measurements.tsv").write_text(head + "\n".join(told) + "\n", encoding="utf-8")


main()
