"""Scores the program on annotated news and writes what it reached: `just quality`.

Writes docs/quality.md for readers and resources/measurements.tsv for GetCapabilities. The annotated documents are not
part of this repository; their folder is the only argument. Annotated words are scored too where the folder
`morphology` beside it has them, ANERcorp where `ner` has it, and cases of time where `time` has Recognizers-Text.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import judged

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(sys.argv[1])
DEV = "Tunisian radio news of 2013 to 2017, development documents"
SETS = {
    "dev": DEV,
    "newswire": "pan-Arab newspapers of 2005 to 2007, the tenth that the model was not trained on",
    "encyclopaedia": "opening passages of encyclopaedia articles, the tenth that the model was not trained on",
}
WORDS = "Tunisian radio news of 2013 to 2017, development lines with annotated words"
# The last sentences of PUD; resources/wordform_sources.py reads the others.
PUD_HELD = 200
# Of sets that are trained on, this document of every ten is left out: HELD in training/isnad_training/finetune.py.
HELD = 10
# Layers that no model takes part in.
RULES = {"times", "amounts"}
POINTS = ["high-precision", "balanced", "high-recall"]
# What GetCapabilities tells, of the development documents and lines: layer, measure, its name there, and which figure it is.
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
    ("morphology", "segmentation (accuracy)", "tokens cut into the right words"),
    ("morphology", "UPOS (accuracy)", "parts of speech of all words, end to end"),
    ("morphology", "UPOS, gold cuts (accuracy)", "parts of speech of all words, with the cuts given"),
    ("morphology", "analyser, known (accuracy)", "tokens that the lexicon has a reading of"),
    ("morphology", "lemma (accuracy)", "lemmas of nouns, verbs and adjectives, end to end"),
]


def score(layer: str, data: pathlib.Path, *flags: object) -> list[dict]:
    """The figures of all engines; the main one is the first."""
    command = [ROOT / "target/release/isnad", "eval", layer, data, "--json", *flags]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["engines"]


def held_out(data: str, folder: str) -> pathlib.Path:
    """The documents of a set that are scored."""
    path = DATA / f"{data}.jsonl"
    if data == "dev":
        return path
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    part = pathlib.Path(folder) / path.name
    part.write_text("".join(lines[HELD - 1 :: HELD]), encoding="utf-8")
    return part


def tell(layer: str, main: dict, data: str) -> list[str]:
    """Rows of measurements.tsv for what GetCapabilities tells of a layer."""
    rows = []
    for _, measure, name in (row for row in TOLD if row[0] == layer):
        value = main["measures"][measure]["f1"] if measure else main["conll"]
        rows.append(f"{layer}\t{measure or 'conll'}\t{value:.3f}\t{data}\t{name}")
    return rows


def rows(layer: str, engines: list[dict]) -> list[str]:
    """Rows of the table, of what was annotated at all. A recall has no precision and no F1."""

    report = engines[0]

    def told(figure: float | None) -> str:
        return "" if figure is None else f"{figure:.3f}"

    def alone(measure: str) -> str:
        """What rules and model reach each without the other."""
        if layer in RULES:
            return f"{told(report['measures'][measure]['f1'])} | none"
        by_name = {engine["name"]: engine["measures"].get(measure) for engine in engines}
        figures = [by_name.get(name) for name in ("rules", "model")]
        return " | ".join("" if f is None else told(f["recall"] if f["f1"] is None else f["f1"]) for f in figures)

    lines = []
    for measure, figure in report["measures"].items():
        if not figure["annotated"]:
            continue
        low, high = figure["interval"]
        lines.append(
            f"| {layer} | {measure} | {told(figure['precision'])} | {told(figure['recall'])} | {told(figure['f1'])} "
            f"| {low:.3f} to {high:.3f} | {figure['annotated']:.0f} | {alone(measure)} |"
        )
    if report["conll"] is not None:
        others = " | ".join(told(engine["conll"]) for engine in engines[1:])
        lines.append(f"| {layer} | CoNLL F1, the mean of the three | | | {report['conll']:.3f} | | | {others} |")
    return lines


def heading(what: str) -> list[str]:
    return [
        *["", f"## {what[0].upper()}{what[1:]}", ""],
        "| layer | measure | precision | recall | F1 | 95 % interval | annotated | rules alone | model alone |",
        "|---|---|---|---|---|---|---|---|---|",
    ]


def points(data: pathlib.Path) -> list[str]:
    """What each operating point reaches, and how far the confidences can be believed."""
    lines = ["", "## Operating points and confidence", ""]
    lines += ["| point | precision | recall | F1 | expected calibration error |", "|---|---|---|---|---|"]
    for point in POINTS:
        report = score("entities", data, "--operating-point", point)[0]
        f, error = report["measures"]["nested"], report["calibration"]["error"]
        lines.append(f"| {point} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.3f} | {error:.3f} |")
    return [
        *lines,
        "",
        "Entities of the development documents, nested. The error is the mean distance between what confidences say and the",
        "share of mentions that are right, over ten bins of equal size. One number that scales confidences was chosen on",
        "these same documents.",
    ]


def read_by() -> list[str]:
    """What readers judged of answers that nobody annotated."""
    told = judged.score(judged.read(DATA / "dev.jsonl")[0])
    if not any(count for _, _, count, _ in told):
        return []
    lines = ["", "## Judged by reading", ""]
    lines += ["| answers | right | judged | precision | not judged |", "|---|---|---|---|---|"]
    for group, right, count, without in told:
        lines.append(f"| {group} | {right} | {count} | {right / max(count, 1):.3f} | {without} |")
    return [
        *lines,
        "",
        "Answers on the development documents that no annotation covers: speakers told by a pronoun or by the verb alone,",
        "nouns alone (الوزير, الوزارة, بلاده) joined to an entity, and relations. A reader judged a sample, drawn after mistakes",
        "that two samples before it had shown were mended; one of its own six mistakes was mended afterwards. The verdicts are",
        "in docs/verdicts.tsv, docs/judged.py draws samples and counts.",
    ]


def failures() -> list[str]:
    """What is still wrong, by name."""
    table = (ROOT / "docs/failures.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    lines = ["", "## Ten failures", "", "| name | document | what goes wrong |", "|---|---|---|"]
    return [*lines, *(f"| {name} | {document} | {what} |" for name, document, what in rows)]


def recognizers(folder: pathlib.Path) -> list[str]:
    """What times resolve to in the cases of Recognizers-Text, and what is left out of them."""
    title = ["", "## Arabic time cases of Recognizers-Text", ""]
    if not folder.exists():
        return [*title, "Not measured here: the folder `time/recognizers_text` beside that of the news is absent."]
    command = [ROOT / "target/release/isnad", "eval", "recognizers", folder, "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    lines = [*title, "| cases | value right | 95 % interval | scored |", "|---|---|---|---|"]
    for measure, figure in figures["engines"][0]["measures"].items():
        low, high = figure["interval"]
        name = measure.removesuffix(" (accuracy)")
        lines.append(f"| {name} | {figure['recall']:.3f} | {low:.3f} to {high:.3f} | {figure['annotated']:.0f} |")
    lines += [
        "",
        "Cases of the model and of the parsers that have one result with one value, translated from English by the suite.",
        "The suite compares the resolution of some alone. The dialogue of an assistant is not news: `القادم` after a weekday",
        "is there the one of the next week, `بضع` is three, and what is *in 3 weeks* is a week; here they count as wrong.",
        "Left out are, by their positions in `src/eval/recognizers.tsv`:",
        "",
    ]
    return [*lines, *(f"- {count}: {reason}" for reason, count in figures["excluded"].items())]


def main() -> None:
    lines = [
        "# What the answers are worth",
        "",
        "Measured by `just quality` (`isnad eval`) on news annotated for this project, which is not part of the",
        "repository. Rules were written and the model was trained with the annotated training documents at hand; the",
        "development documents were read to find mistakes of the rules and chose the settings of the model, so other news",
        "will score somewhat lower. Newspapers and encyclopaedia have no date of publication. Spans must agree to the",
        "letter; a quotation counts as found where four fifths of both contents are shared. *Unseen* is the recall of",
        "mentions that stand in no list and in none of the annotated documents besides. The last columns have the F1 (of",
        "*unseen* the recall) with the rules' mentions alone, and with the model's where it is not told the rules'. Times and",
        "amounts are found by rules alone: there is no model of them to leave out. Those of the Tunisian news are read in the",
        "zone Africa/Tunis, which decides whose dinar is meant where the text names no country.",
    ]
    told = []
    seen = [DATA / f"{name}.jsonl" for name in ["train", *SETS] if name != "dev"]
    with tempfile.TemporaryDirectory() as folder:
        for data, what in SETS.items():
            lines += heading(what)
            for layer in ["entities", "coreference", "quotations", "times", "amounts"]:
                flags = ["--training", *seen] if data == "dev" and layer == "entities" else []
                flags += ["--time-zone", "Africa/Tunis"] if data == "dev" and layer in RULES else []
                engines = score(layer, held_out(data, folder), *flags)
                lines += rows(layer, engines)
                if data == "dev":
                    told += tell(layer, engines[0], DEV)
        words = DATA.parent / "morphology"
        if words.exists():
            engines = score("morphology", words / "news.dev.txt")
            told += tell("morphology", engines[0], WORDS)
            lines += [*heading(WORDS), *rows("morphology", engines)]
            sentences = (words / "pud.conllu").read_text(encoding="utf-8").strip().split("\n\n")
            part = pathlib.Path(folder) / "pud.conllu"
            part.write_text("\n\n".join(sentences[-PUD_HELD:]) + "\n", encoding="utf-8")
            lines += heading(f"Arabic PUD of Universal Dependencies, last {PUD_HELD} sentences")
            lines += [*rows("morphology", score("morphology", part)), ""]
            lines += [
                "A token between white space counts as cut right where all its words are. Parts of speech and lemmas are those",
                "of all annotated words: one that was cut otherwise is wrong; with *gold cuts* the analyser was told where words",
                "begin. PUD tags some words otherwise than the news lines: resources/treebank_tags.tsv makes them agree, *raw* is",
                "without it. Its first 800 sentences helped to make the table of word forms. It annotates features, case and mood",
                "among them, that short vowels would show; those that the writing does not decide are not told here.",
            ]
    lines += read_by()
    lines += failures()
    lines += points(DATA / "dev.jsonl")
    corpus = DATA.parent / "ner/anercorp.dev.tsv"
    if corpus.exists():
        lines += heading("ANERcorp, development part")
        lines += [*rows("anercorp", score("anercorp", corpus)), ""]
        lines += [
            "Runs of whole words with the labels PERS, LOC, ORG and MISC. This corpus leaves out most ministries and armies,",
            "and heads of names such as فريق; they are found here, and count as made up. No model that ships has learnt from",
            "its labels; models/README.md has what one that did would reach.",
        ]
    lines += recognizers(DATA.parent / "time/recognizers_text")
    (ROOT / "docs/quality.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = "# Figures of docs/quality.md that GetCapabilities tells. Written by docs/make_quality.py; Apache-2.0.\n# layer, measure and value as `isnad eval` has them, the data, what GetCapabilities says\n"
    (ROOT / "resources/measurements.tsv").write_text(head + "\n".join(told) + "\n", encoding="utf-8")


main()
