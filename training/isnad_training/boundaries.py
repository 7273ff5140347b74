"""Measures what a head that predicts where words are cut would reach, beside the choice among the analyser's cuts.

    uv run --project training python -m isnad_training.boundaries WORK

For each token the head gives how many letters of proclitics come before its host and how many of a pronoun after it,
which says for every letter whether a word begins. WORK holds the features of `just train`. Nothing that ships uses it.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from .data import Batcher, Corpus, batches
from .finetune import HELD, Settings
from .network import Encoder

MOST = 4
"""Letters of clitics on either side that are told apart."""


def targets(corpus: Corpus, batch) -> torch.Tensor:
    """Letters before and after the host [tokens, 2]; -1 where no annotation says."""
    told = torch.from_numpy(corpus.clitics)[batch.token.clip(min=0)].long().clamp(max=MOST)
    return torch.where(torch.as_tensor(batch.token >= 0).unsqueeze(1), told, -1)


def main() -> None:
    parse = argparse.ArgumentParser(prog="isnad_training.boundaries", description=__doc__)
    parse.add_argument("work", type=Path, help="folder of features, with encoder.pt")
    parse.add_argument("--epochs", type=int, default=6)
    args = parse.parse_args()
    settings = Settings()
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    parts = [Corpus.read(path) for path in sorted(args.work.glob("news_?.safetensors")) + sorted(args.work.glob("pud_?.safetensors"))]
    tasks = [(corpus, Batcher(corpus), *corpus.split(HELD)) for corpus in parts]
    encoder = Encoder(parts[0].table, settings.dim, list(settings.kernels), settings.dropout)
    encoder.load_state_dict(torch.load(args.work / "encoder.pt", weights_only=False)["encoder"])
    head = torch.nn.Linear(settings.dim, 2 * (MOST + 1))
    optimizer = torch.optim.AdamW([*encoder.parameters(), *head.parameters()], lr=settings.rate)
    scores = lambda batch: head(encoder(batch)).reshape(-1, 2, MOST + 1)
    for epoch in range(args.epochs):
        encoder.train()
        plan = [(c, b, chosen) for c, b, kept, _ in tasks for chosen in batches(c.sentence_lengths(), kept, settings.batch_tokens, rng, run=2)]
        rng.shuffle(plan)
        for step, (corpus, batcher, chosen) in enumerate(plan):
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * (1 - (epoch * len(plan) + step) / (args.epochs * len(plan)))
            batch = batcher.batch(chosen, rng, {"clitic": 0.3}, settings.drop_letters)
            loss = F.cross_entropy(scores(batch).transpose(1, 2), targets(corpus, batch), ignore_index=-1)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        encoder.eval()
        right = chosen_right = of = 0
        with torch.no_grad():
            for corpus, batcher, _, held in tasks:
                for chosen in batches(corpus.sentence_lengths(), held, 4096, None):
                    batch = batcher.batch(chosen)
                    wanted = targets(corpus, batch)
                    told = wanted[:, 0] >= 0
                    right += int((scores(batch).argmax(2) == wanted).all(1)[told].sum())
                    # a host has a part of speech where it was cut as annotated
                    chosen_right += int((batch.upos >= 0)[told].sum())
                    of += int(told.sum())
        print(f"epoch {epoch + 1}: boundaries {100 * right / of:.2f} %, chosen cuts {100 * chosen_right / of:.2f} % of {of}", flush=True)


if __name__ == "__main__":
    main()
