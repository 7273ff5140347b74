"""Precision of answers that no annotation covers, judged by a reader: `just judged`.

Three kinds of answers, of what the program answers on annotated documents:

- `pronoun`: a speaker who is no word beside the report, but the subject inside of a verb or a pronoun (وأضاف, قوله);
- `description`: a noun alone, as الوزير, الوزارة or بلاده, joined to somebody or something that the text names;
- `relation`: each relation, with its evidence.

`sheet DATA` prints a sample for the reader, with the text: the seeded first so many of each kind (SHARES), or what has no
verdict yet. `score DATA` tells the precision over answers that have a verdict, and how many have none. Verdicts are in
docs/verdicts.tsv, without text, so that they can be kept here: the reader adds rows that `sheet --rows` prints, and
changes each `?` to `right` or `wrong`.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERDICTS = ROOT / "docs/verdicts.tsv"
# How many of each kind a sample of 100 has.
SHARES = {"pronoun": 34, "description": 33, "relation": 33}
COLUMNS = ["document", "kind", "begin", "end", "subject", "object", "verdict"]

Span = tuple[int, int]


class Output:
    """An answer to judge: where it stands, and the entities that it speaks of, each as the spans of its mentions."""

    def __init__(self, document: str, kind: str, span: Span, subject: list[Span], other: list[Span], told: str):
        self.document, self.kind, self.span = document, kind, span
        self.subject, self.object = subject, other
        self.told = told

    @property
    def group(self) -> str:
        return self.kind.split(":")[0]

    def row(self, verdict: str = "?") -> str:
        def first(spans: list[Span]) -> str:
            return f"{spans[0][0]}-{spans[0][1]}" if spans else "-"

        cells = [self.document, self.kind, *map(str, self.span), first(self.subject), first(self.object), verdict]
        return "\t".join(cells)

    def is_of(self, verdict: dict) -> bool:
        """Whether the verdict is about this answer: entities are known by any mention, so that others may come and go."""

        def holds(spans: list[Span], cell: str) -> bool:
            if cell == "-" or not spans:
                return cell == "-" and not spans
            return tuple(map(int, cell.split("-"))) in spans

        return holds(self.subject, verdict["subject"]) and holds(self.object, verdict["object"])


def span(message: dict) -> Span:
    return message["span"].get("begin", 0), message["span"]["end"]


def answers(data: pathlib.Path) -> list[tuple[str, str, dict]]:
    """Id, text and answer of each document."""
    with tempfile.TemporaryDirectory() as folder:
        read, written = pathlib.Path(folder) / "in.jsonl", pathlib.Path(folder) / "out.jsonl"
        samples = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line.strip()]
        with read.open("w", encoding="utf-8") as file:
            for sample in samples:
                document = {"id": sample["id"], "text": sample["text"], "language": "ar"}
                if sample.get("date"):
                    document["publicationTime"] = sample["date"] + "T12:00:00Z"
                file.write(json.dumps(document, ensure_ascii=False) + "\n")
        command = [ROOT / "target/release/isnad", "batch", read, written]
        subprocess.run(command, check=True, capture_output=True)
        lines = written.read_text(encoding="utf-8").splitlines()
        return [(s["id"], s["text"], json.loads(line)["extraction"]) for s, line in zip(samples, lines, strict=True)]


def known_by(entity: dict, at: int, but: Span | None = None) -> list[Span]:
    """The mentions of `entity` other than `but`, the one first that tells a reader most: the nearest name before `at`,
    else the first name, else the longest description."""
    mentions = [m for m in entity["mentions"] if span(m) != but]
    names = [m for m in mentions if m["form"] == "MENTION_FORM_NAME" and m["type"] != "MENTION_TYPE_NATIONALITY"]
    before = [m for m in names if span(m)[0] <= at]
    best = before[-1:] or names[:1] or sorted(mentions, key=lambda m: -len(m["text"]))[:1]
    return [span(m) for m in best + [m for m in mentions if m not in best]]


def outputs(document: str, answer: dict) -> list[Output]:
    """What is to be judged in one answer."""
    entities = {entity["id"]: entity for entity in answer["entities"]}
    mentions = {m["id"]: m for entity in answer["entities"] for m in entity["mentions"]}
    found: list[Output] = []
    for quotation in answer["quotations"]:
        content = span(quotation["content"][0])
        # of a quotation without a cue, the place where it begins
        place = span(quotation["cue"]) if "cue" in quotation else (content[0], content[0])
        for speaker in quotation["speakers"]:
            entity = entities.get(speaker["entityId"])
            if not entity:
                continue
            if speaker["resolution"] in ("SPEAKER_RESOLUTION_PRONOUN", "SPEAKER_RESOLUTION_CARRIED_OVER"):
                known = known_by(entity, place[0])
                told = f"who says it: {entity['name']}"
                found.append(Output(document, "pronoun", place, known, [], told))
            elif speaker["resolution"] == "SPEAKER_RESOLUTION_TITLE" and all(
                span(m) != span(speaker) for m in entity["mentions"]
            ):
                known = known_by(entity, content[0])
                found.append(Output(document, "description", span(speaker), known, [], f"is: {entity['name']}"))
    for entity in answer["entities"]:
        for mention in entity["mentions"]:
            alone = mention["form"] != "MENTION_FORM_NAME" and " " not in mention["text"]
            known = known_by(entity, span(mention)[0], span(mention))
            joined = any(" " in m["text"] or m["form"] == "MENTION_FORM_NAME" for m in entity["mentions"])
            if alone and joined and known:
                found.append(Output(document, "description", span(mention), known, [], f"is: {entity['name']}"))
    for relation in answer["relations"]:
        kind = relation["type"].removeprefix("RELATION_TYPE_").lower()
        subject, other = entities[relation["subjectEntityId"]], entities.get(relation["objectEntityId"])
        title = mentions.get(relation["objectMentionId"])
        place = span(title) if title else span(relation["evidence"])
        told = f"{subject['name']} —{kind}→ {other['name'] if other else ''} ({title['text'] if title else ''})"
        known = known_by(other, place[0]) if other else []
        found.append(Output(document, f"relation:{kind}", place, known_by(subject, place[0]), known, told))
    once = {output.row(): output for output in found}
    return list(once.values())


def verdicts() -> dict[tuple, list[dict]]:
    """The verdicts by document, kind and place."""
    known = collections.defaultdict(list)
    if VERDICTS.exists():
        for line in VERDICTS.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                row = dict(zip(COLUMNS, line.split("\t"), strict=True))
                known[row["document"], row["kind"], int(row["begin"]), int(row["end"])].append(row)
    return known


def verdict(known: dict[tuple, list[dict]], output: Output) -> str | None:
    rows = known.get((output.document, output.kind, *output.span), [])
    return next((row["verdict"] for row in rows if output.is_of(row)), None)


def drawn(found: list[Output], seed: int) -> list[Output]:
    """The sample: of each kind as many as SHARES says, those whose digests with the seed are the smallest. An answer
    that is new changes the sample by one at most."""

    def digest(output: Output) -> bytes:
        return hashlib.sha256(f"{seed} {output.document} {output.kind} {output.span}".encode()).digest()

    sample: list[Output] = []
    for group, share in SHARES.items():
        sample += sorted((o for o in found if o.group == group), key=digest)[:share]
    return sample


def marked(text: str, output: Output, before: int = 2) -> str:
    """The lines of `text` up to the one that holds the answer, which stands in brackets."""
    begin, end = output.span
    text = text[:begin] + "⟦" + text[begin:end] + "⟧" + text[end:]
    lines = text.splitlines()
    at = text[:begin].count("\n")
    return "\n".join([lines[0]] * (at > before) + lines[max(0, at - before) : at + 1])


def score(found: list[Output]) -> list[tuple[str, int, int, int]]:
    """For each kind and for all of them: right, judged, and answers without a verdict."""
    known = verdicts()
    told = []
    for group in [*SHARES, "all"]:
        judged = [verdict(known, o) for o in found if group in (o.group, "all")]
        told.append((group, judged.count("right"), sum(v is not None for v in judged), judged.count(None)))
    return told


def read(data: pathlib.Path) -> tuple[list[Output], dict[str, str]]:
    """What is to be judged of the documents in `data`, and their texts."""
    told = answers(data)
    return [o for name, _, answer in told for o in outputs(name, answer)], {name: text for name, text, _ in told}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["sheet", "score"])
    parser.add_argument("data", type=pathlib.Path, help="annotated documents, one a line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--new", action="store_true", help="of the sample, what has no verdict")
    parser.add_argument("--all", action="store_true", help="every answer in place of a sample")
    parser.add_argument("--rows", action="store_true", help="the rows of the verdict table alone")
    flags = parser.parse_args()
    found, texts = read(flags.data)
    if flags.command == "score":
        for group, right, judged, without in score(found):
            precision = f"{right / judged:.3f}" if judged else "    -"
            print(f"{group:12} {precision}  {right} of {judged} judged are right, {without} have no verdict")
        return
    known = verdicts()
    sample = found if flags.all else drawn(found, flags.seed)
    for number, output in enumerate(sample, 1):
        if flags.new and verdict(known, output) is not None:
            continue
        if flags.rows:
            print(output.row())
            continue
        context = marked(texts[output.document], output)
        print(f"## {number}  {output.document}  {output.kind}\n{context}\n=> {output.told}\n{output.row()}\n")


if __name__ == "__main__":
    main()
