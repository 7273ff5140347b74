"""From scores of spans to mentions that form a tree, and how good they are. The Rust service decodes the same way."""

import torch

from .data import Batch


def tree(scores: torch.Tensor, valid: torch.Tensor, threshold: float = 0.0) -> list[tuple[int, int, int, float]]:
    """The best spans that do not cross: (first, last, type, score), best first, each span once."""
    best, kind = scores.max(2)
    best = torch.where(valid, best, torch.full_like(best, -1e9))
    begin, width = torch.nonzero(best > threshold, as_tuple=True)
    values = best[begin, width]
    order = torch.argsort(values, descending=True, stable=True)
    kept: list[tuple[int, int, int, float]] = []
    by_token: dict[int, list[tuple[int, int]]] = {}
    for k in order.tolist():
        i, w = int(begin[k]), int(width[k])
        j = i + w
        near = {span for token in range(i, j + 1) for span in by_token.get(token, ())}
        if any(a < i <= b < j or i < a <= j < b for a, b in near):
            continue
        kept.append((i, j, int(kind[i, w]), float(values[k])))
        for token in range(i, j + 1):
            by_token.setdefault(token, []).append((i, j))
    return kept


class Score:
    """Counts for precision, recall and F1, in all and for each type."""

    def __init__(self) -> None:
        self.right: dict[int, int] = {}
        self.found: dict[int, int] = {}
        self.gold: dict[int, int] = {}

    def add(self, mentions: list[tuple[int, int, int, float]], batch: Batch) -> None:
        gold = {tuple(m) for m in batch.mentions.tolist()}
        for i, j, t, _ in mentions:
            self.found[t] = self.found.get(t, 0) + 1
            if (i, j, t) in gold:
                self.right[t] = self.right.get(t, 0) + 1
        for _, _, t in gold:
            self.gold[t] = self.gold.get(t, 0) + 1

    def f1(self, kind: int | None = None) -> float:
        pick = (lambda d: sum(d.values())) if kind is None else (lambda d: d.get(kind, 0))
        return 2 * pick(self.right) / max(1, pick(self.found) + pick(self.gold))
