"""Trains the model that ships: features, pretraining, fitting, packing. What is already there is not made again."""

import argparse
import subprocess
import sys
from pathlib import Path

import torch

from .curves import draw
from .finetune import Settings, finetune
from .pretrain import pretrain

RESOURCES = Path(__file__).parents[2] / "resources"

OWN = ["train", "newswire", "encyclopaedia"]
"""Corpora of the project's own scheme, in news/."""

RAW = {"ant": 3, "wikipedia": 1, "saudi_laws_gazette": 1}
"""Raw texts by how often they are read in a round: news counts most, older literature nothing."""

PRETRAINING = 26_000_000
"""Tokens: some 30 minutes on two cores."""

FOLDS = 4
"""Parts of the annotated words; what the lexicon says of each comes from the others."""

GAZETTE = 12_000_000
"""Bytes of the laws that are read: more of them would outweigh the news."""


def features(isnad: Path, data: Path, work: Path) -> None:
    """Lets the program turn every corpus into its inputs."""

    def make(kind: str, name: str, text: bytes | Path, *more: object) -> None:
        out = work / f"{name}.safetensors"
        if out.exists():
            return
        part = out.with_suffix(".part")
        whole = isinstance(text, bytes)
        source = "-" if whole else str(text)
        subprocess.run([isnad, "features", kind, source, part, *more], input=text if whole else None, check=True)
        part.rename(out)

    for name in [*OWN, "dev"]:
        make("documents", name, data / f"news/{name}.jsonl")
    make("columns", "newsfane", data / "ner/newsfane.train.tsv")
    sample = [(data / f"ner/wojood_sample/{part}.txt").read_bytes() for part in ("train", "val", "test")]
    make("columns", "wojood", b"\n".join(sample))
    folds = work / "folds"
    if not folds.exists():
        part = folds.with_suffix(".part")
        part.mkdir(exist_ok=True)
        subprocess.run([sys.executable, RESOURCES / "make_wordforms.py", data, "--folds", part], check=True)
        part.rename(folds)
    for k in range(FOLDS):
        for name, ending in (("news", "txt"), ("pud", "conllu")):
            make("morphology", f"{name}_{k}", folds / f"{name}.{k}.{ending}", "--wordforms", folds / f"wordforms.{k}.tsv")
    make("morphology", "words_dev", data / "morphology/news.dev.txt")
    for name in RAW:
        if not (work / f"{name}.safetensors").exists():
            packed = data / f"raw/{name}.txt.zst"
            text = subprocess.run(["zstd", "-dcq", packed], check=True, capture_output=True).stdout
            if name == "saudi_laws_gazette":
                text = text[:GAZETTE].decode(errors="ignore").encode()
            make("text", name, text)


def main() -> None:
    parse = argparse.ArgumentParser(prog="isnad_training", description=__doc__)
    parse.add_argument("data", type=Path, help="folder of the corpora: ../shared/data")
    parse.add_argument("work", type=Path, help="folder for what lies between")
    parse.add_argument("--isnad", type=Path, required=True, help="the program, built with --features train")
    parse.add_argument("--out", type=Path, required=True, help="the packed model")
    parse.add_argument("--plots", type=Path, required=True, help="folder for the curves")
    args = parse.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    args.work.mkdir(parents=True, exist_ok=True)
    features(args.isnad, args.data, args.work)
    at = lambda name: args.work / f"{name}.safetensors"
    encoder = args.work / "encoder.pt"
    if not encoder.exists():
        pretrain([(at(name), times) for name, times in RAW.items()], encoder, PRETRAINING, device=device)
    own = [at(name) for name in OWN]
    more = [(at("newsfane"), 0.3), (at("wojood"), 0.3)]
    words = [at(f"{name}_{k}") for k in range(FOLDS) for name in ("news", "pud")]
    weights = args.work / "weights.safetensors"
    dev = at("dev"), at("words_dev")
    _, history = finetune(own, more, words, *dev, encoder, weights, Settings(), device)
    draw(torch.load(encoder, weights_only=False)["log"], history, args.plots)
    subprocess.run([args.isnad, "pack", weights, at("train"), args.out], check=True)


if __name__ == "__main__":
    main()
