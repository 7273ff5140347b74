"""Teaches the encoder to guess hidden words of raw text, so that it knows words and contexts before it sees a label."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from .data import Batcher, Corpus, batches
from .network import Encoder, Guess

LONGEST = 200
"""Longer sentences are lists."""


def pretrain(
    corpora: list[tuple[Path, int]],
    out: Path,
    tokens: int,
    *,
    dim: int = 192,
    kernels: tuple[int, ...] = (3, 3, 3, 3),
    words: int = 16384,
    batch_tokens: int = 8192,
    rate: float = 2e-3,
    seed: int = 1,
    every: int = 500,
    device: str = "cpu",
) -> None:
    """Reads `tokens` tokens of the features files, each so many times in a round, and writes the encoder to `out`.

    Goes on from `out` with the ending .part, written each `every` steps, where it was interrupted.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    batchers = [(Batcher(Corpus.read(path)), times) for path, times in corpora]
    # a hidden word's target is the row of its folded form: the second of its rows
    counts = np.zeros(batchers[0][0].corpus.table, np.int64)
    for batcher, times in batchers:
        c = batcher.corpus
        np.add.at(counts, c.rows[c.starts[:-1] + 1], times)
    frequent = np.argsort(-counts, kind="stable")[:words]
    target_of = np.full(len(counts), -1)
    target_of[frequent] = np.arange(len(frequent))

    encoder = Encoder(len(counts), dim, list(kernels), 0.0).to(device)
    guess = Guess(dim, len(frequent)).to(device)
    with torch.no_grad():
        guess.linear.bias.copy_(torch.log(torch.tensor(counts[frequent] / counts.sum() + 1e-9)))
    parameters = list(encoder.parameters()) + list(guess.parameters())
    optimizer = torch.optim.Adam(parameters, lr=rate, betas=(0.9, 0.98), fused=True)

    part = out.with_suffix(".part")
    seen, step, log, mean, resumed = 0, 0, [], None, 0
    if part.exists():
        saved = torch.load(part, weights_only=False)
        encoder.load_state_dict(saved["encoder"])
        guess.load_state_dict(saved["guess"])
        optimizer.load_state_dict(saved["optimizer"])
        seen, step, log, mean = saved["seen"], saved["step"], saved["log"], saved["mean"]
        resumed = step

    def stream():
        while True:
            lists = []
            for i, (batcher, times) in enumerate(batchers):
                lengths = batcher.corpus.sentence_lengths()
                short = np.flatnonzero(lengths <= LONGEST)
                for _ in range(times):
                    lists += [(i, chosen) for chosen in batches(lengths, short, batch_tokens, rng, run=16)]
            rng.shuffle(lists)
            yield from lists

    bar = tqdm(total=tokens, initial=seen, unit="tokens", unit_scale=True, desc="pretrain")
    for number, (i, sentences) in enumerate(stream()):
        if number < resumed:
            continue
        if seen >= tokens:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 200) * max(0.02, 1 - seen / tokens)
        batcher = batchers[i][0]
        # each batch has its own seed, so that an interrupted training goes on as it would have
        own = np.random.default_rng((seed, step))
        batch = batcher.batch(sentences, own, {"rule": 0.5, "gazetteer": 0.4}, 0.05, 0.15)
        c = batcher.corpus
        hidden = batch.masked
        targets = torch.from_numpy(target_of[c.rows[c.starts[batch.token[hidden.numpy()]] + 1]])
        known = targets >= 0
        o = encoder(batch.to(device))
        loss = F.cross_entropy(guess(o[hidden[known].to(device)]), targets[known].to(device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        size = int(batch.real.sum())
        seen, step = seen + size, step + 1
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        bar.update(size)
        bar.set_postfix(loss=f"{mean:.3f}")
        if step % 50 == 0:
            log.append((seen, mean))
        if step % every == 0:
            state = {"encoder": encoder.state_dict(), "guess": guess.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save(state | {"seen": seen, "step": step, "log": log, "mean": mean}, part)
    bar.close()
    encoder.cpu()
    torch.save({"encoder": encoder.state_dict(), "dim": dim, "kernels": list(kernels), "log": log}, out)
    part.unlink(missing_ok=True)
