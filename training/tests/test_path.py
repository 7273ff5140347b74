"""The whole path on texts written for this project: features, pretraining, fitting, packing, scoring."""

import json
import os
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch

from isnad_training.data import Batcher, Corpus, without
from isnad_training.decode import tree
from isnad_training.finetune import Model, Settings, finetune
from isnad_training.pretrain import pretrain

ISNAD = Path(os.environ.get("ISNAD", Path(__file__).parents[2] / "target/release/isnad"))

PERSONS = ["سمير الكناني", "نوال الزغواني", "فارس بوعزيز", "هدى المرزوقي", "زياد القاسمي", "ليلى بنموسى"]
TITLES = ["مدير المهرجان", "رئيسة الجمعية", "الخبير", "المدربة"]
BODIES = ["جمعية ضفاف", "شركة النورس", "نادي السهول"]
FRAMES = [
    "قال {title} {person} إن {body} ستفتح أبوابها غدا .",
    "التقى {person} أعضاء {body} صباح اليوم .",
    "وأكدت {body} أن {title} {person} لم يحضر .",
    "لم يعلق {person} على بيان {body} .",
]


def documents(count: int, seed: int) -> str:
    """Annotated documents of a few sentences each."""
    rng = random.Random(seed)
    lines = []
    for number in range(count):
        text, mentions = "", []
        for _ in range(4):
            for piece in rng.choice(FRAMES).split(" "):
                kind = {"{person}": ("PER", PERSONS), "{title}": ("TITLE", TITLES), "{body}": ("ORG", BODIES)}.get(piece)
                word = rng.choice(kind[1]) if kind else piece
                if kind:
                    mentions.append({"begin": len(text), "end": len(text) + len(word), "type": kind[0], "entity": None})
                text += word + " "
            text = text[:-1] + "\n"
        lines.append(json.dumps({"id": str(number), "text": text, "mentions": mentions}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


TAGGED = {
    "{title}": ["مدير/NOUN المهرجان/NOUN", "رئيسة/NOUN الجمعية/NOUN", "الخبير/NOUN"],
    "{person}": [" ".join(f"{name}/PROPN" for name in person.split()) for person in PERSONS],
    "{body}": ["جمعية/NOUN ضفاف/PROPN", "شركة/NOUN النورس/PROPN", "نادي/NOUN السهول/PROPN"],
}
TAGGED_FRAMES = [
    "قال/VERB {title} {person} إن/SCONJ {body} س/PART+تفتح/VERB/فتح أبواب/NOUN/باب+ها/PRON غدا/NOUN/غد ./PUNCT",
    "و/CCONJ+أكدت/VERB/أكد {body} أن/SCONJ {title} {person} لم/PART يحضر/VERB/حضر ./PUNCT",
    "طار/VERB النورس/NOUN فوق/ADP السهول/NOUN/سهل ./PUNCT",
]


def words(count: int, seed: int) -> str:
    """Annotated words: articles of three lines. Names of bodies are common words where nobody bears them."""
    rng = random.Random(seed)
    lines = []
    for number in range(count):
        lines.append(f"# {number}")
        for line in range(3):
            pieces = rng.choice(TAGGED_FRAMES).split(" ")
            lines.append(f"{line}: " + " ".join(rng.choice(TAGGED.get(piece, [piece])) for piece in pieces))
    return "\n".join(lines) + "\n"


def run(*command: object, text: str | None = None) -> str:
    done = subprocess.run([ISNAD, *command], input=text, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Model, list[dict]]:
    work = tmp_path_factory.mktemp("path")
    texts = {name: documents(count, seed) for name, count, seed in (("train", 60, 1), ("more", 20, 2), ("dev", 12, 3))}
    for name, text in texts.items():
        (work / f"{name}.jsonl").write_text(text)
        run("features", "documents", work / f"{name}.jsonl", work / f"{name}.safetensors")
    for name, count, seed in (("words", 60, 4), ("words_dev", 12, 5)):
        (work / f"{name}.txt").write_text(words(count, seed))
        run("features", "morphology", work / f"{name}.txt", work / f"{name}.safetensors")
    plain = "\n".join(json.loads(line)["text"] for line in texts["train"].splitlines())
    run("features", "text", "-", work / "raw.safetensors", text=plain)
    small = {"dim": 32, "kernels": (3, 3)}
    pretrain([(work / "raw.safetensors", 2)], work / "encoder.pt", 20_000, words=64, batch_tokens=512, **small)
    settings = Settings(epochs=12, batch_tokens=256, rate=5e-3, drop_rules=0.5, **small)
    own = [work / "train.safetensors", work / "more.safetensors"]
    dev = work / "dev.safetensors", work / "words_dev.safetensors"
    encoder, weights = work / "encoder.pt", work / "weights.safetensors"
    model, history = finetune(own, [], [work / "words.safetensors"], *dev, encoder, weights, settings)
    run("pack", work / "weights.safetensors", work / "train.safetensors", work / "model")
    return work, model, history


def test_packed_model_scores_as_the_trained_one(trained: tuple[Path, Model, list[dict]]) -> None:
    work, _, history = trained
    report = json.loads(run("eval", "entities", work / "dev.jsonl", "--json", "--model", work / "model"))
    nested = {engine["name"]: engine["measures"]["nested"]["f1"] for engine in report["engines"]}
    assert nested["all"] > 0.9
    assert nested["all"] > nested["rules"]
    assert abs(nested["all"] - history[-1]["dev"]) < 0.03
    assert abs(nested["model"] - history[-1]["dev without rules"]) < 0.03


def test_packed_model_reads_words_as_the_trained_one(trained: tuple[Path, Model, list[dict]]) -> None:
    work, _, history = trained
    report = json.loads(run("eval", "morphology", work / "words_dev.txt", "--json", "--model", work / "model"))
    accuracy = {engine["name"]: engine["measures"]["UPOS (accuracy)"]["f1"] for engine in report["engines"]}
    assert history[-1]["parts of speech"] > 0.95
    assert accuracy["all"] > max(0.95, accuracy["rules"])


def test_altered_models_are_refused(trained: tuple[Path, Model, list[dict]]) -> None:
    work, *_ = trained
    whole = (work / "model").read_bytes()
    for name, damaged in {"cut": whole[:-1], "altered": whole[:-9] + b"x" + whole[-8:], "foreign": b"GIF89a" + whole}.items():
        (work / name).write_bytes(damaged)
        done = subprocess.run([ISNAD, "extract", "--model", work / name], input="نص", text=True, capture_output=True)
        assert done.returncode == 65 and name in done.stderr, done.stderr


def test_batch_equals_single(trained: tuple[Path, Model, list[dict]]) -> None:
    work, model, _ = trained
    batcher = Batcher(Corpus.read(work / "dev.safetensors"))
    model.eval()
    sentences = np.arange(8)
    with torch.no_grad():
        together = batcher.batch(sentences)
        found = {
            (together.token[i], together.token[j], kind)
            for i, j, kind, _ in tree(*model.heads["mentions"](model.encoder(together), together))
        }
        alone = set()
        for sentence in sentences:
            batch = batcher.batch(np.array([sentence]))
            for i, j, kind, _ in tree(*model.heads["mentions"](model.encoder(batch), batch)):
                alone.add((batch.token[i], batch.token[j], kind))
    assert found == alone


def test_interrupted_pretraining_goes_on_as_it_would_have(
    trained: tuple[Path, Model, list[dict]], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = trained[0]
    sizes = {"dim": 32, "kernels": (3, 3), "words": 64, "batch_tokens": 512, "every": 4}
    at = lambda name: work / f"{name}.pt"
    pretrain([(work / "raw.safetensors", 2)], at("whole"), 10_000, **sizes)

    save, saved = torch.save, []

    def interrupt(state: dict, path: Path) -> None:
        save(state, path)
        saved.append(path)
        if len(saved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", interrupt)
    with pytest.raises(KeyboardInterrupt):
        pretrain([(work / "raw.safetensors", 2)], at("broken"), 10_000, **sizes)
    monkeypatch.undo()
    assert not at("broken").exists()
    pretrain([(work / "raw.safetensors", 2)], at("broken"), 10_000, **sizes)
    whole, broken = (torch.load(at(name), weights_only=False) for name in ("whole", "broken"))
    assert whole["log"] == broken["log"]
    for name, value in whole["encoder"].items():
        assert torch.allclose(value, broken["encoder"][name], atol=1e-5), name


def test_shared_texts_are_left_out(trained: tuple[Path, Model, list[dict]]) -> None:
    corpus = Corpus.read(trained[0] / "dev.safetensors")
    count = len(corpus.sentences) - 1
    assert len(without(corpus, corpus, np.arange(count))) == 0
    assert len(without(corpus, corpus, np.arange(0))) == count


def test_crossing_spans_leave_the_better() -> None:
    scores = torch.full((6, 16, 1), -1.0)
    scores[0, 2, 0], scores[2, 2, 0], scores[2, 0, 0] = 1.0, 2.0, 0.5
    kept = tree(scores, torch.ones(6, 16, dtype=torch.bool))
    assert [(i, j) for i, j, *_ in kept] == [(2, 4), (2, 2)]
