"""What the same training reaches on ANERcorp, whose labels no model that ships may learn from.

Fits once more with a head for ANERcorp's own labels, and prints the F1 on its development part of that head, and of the
head of NewsFANE, which has a licence and follows the same conventions in finer classes.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from .data import Batcher, Corpus, batches
from .decode import Score, tree
from .finetune import Settings, finetune

CLASSES = {
    "PERS": "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Engineer Lawyer Police_PER",
    "LOC": "Nation Population-Center State-or-Province GPE-Cluster Water-Body Continent County-or-District "
    "Land-Region-Natural Land",
    "ORG": "Government Non-Governmental Sports Media Educational Commercial Police Medical-Science Religious_ORG "
    "Entertainment",
    "MISC": "Book Movie Software Hardware Sound Drug Food",
}
"""NewsFANE's classes as ANERcorp groups them; groups of people and facilities are nothing there."""


def main() -> None:
    parse = argparse.ArgumentParser(prog="isnad_training.compare", description=__doc__)
    parse.add_argument("work", type=Path, help="folder of features, with anercorp_train and anercorp_dev")
    args = parse.parse_args()
    at = lambda name: args.work / f"{name}.safetensors"
    own = [at(name) for name in ("train", "newswire", "encyclopaedia")]
    more = [(at("newsfane"), 0.3), (at("wojood"), 0.3), (at("anercorp_train"), 0.5)]
    out = args.work / "comparison.safetensors"
    dev = at("dev"), at("words_dev")
    model, _ = finetune(own, more, [], *dev, args.work / "encoder.pt", out, Settings())
    model.eval()
    dev = Batcher(Corpus.read(at("anercorp_dev")))
    group = {name: label for label, names in CLASSES.items() for name in names.split()}
    types = {
        "anercorp_train": Corpus.read(at("anercorp_train")).types,
        "newsfane": [group.get(name) for name in Corpus.read(at("newsfane")).types],
    }
    for head, labels in types.items():
        total = Score()
        with torch.no_grad():
            for chosen in batches(dev.corpus.sentence_lengths(), np.arange(len(dev.corpus.sentences) - 1), 4096, None):
                batch = dev.batch(chosen)
                found = tree(*model.heads[head](model.encoder(batch), batch))
                named = [(i, j, labels[t], s) for i, j, t, s in found if labels[t]]
                total.add([(i, j, dev.corpus.types.index(label), s) for i, j, label, s in named], batch)
        print(f"ANERcorp dev, head {head}: F1 {total.f1():.4f}")


if __name__ == "__main__":
    main()
