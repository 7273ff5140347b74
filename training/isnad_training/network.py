"""The encoder and its heads. The Rust service computes the same; see src/model."""

import torch
from torch import nn
from torch.nn import functional as F

from .data import ABSENT, Batch

WIDEST = 16
"""Tokens of the longest mention that is looked at."""


class Layer(nn.Module):
    """A residual convolution over neighbouring tokens."""

    def __init__(self, dim: int, kernel: int, dropout: float):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.conv = nn.Conv1d(dim, dim, kernel, padding=kernel // 2)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")
        nn.init.zeros_(self.conv.bias)
        self.dropout = nn.Dropout(dropout)
        self.kernel = kernel

    def forward(self, h: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        a = self.norm(h) * real
        half = self.kernel // 2
        a = F.pad(a, (0, 0, half, half))
        windows = torch.cat([a[i : i + len(h)] for i in range(self.kernel)], 1)
        weight = self.conv.weight.permute(0, 2, 1).reshape(len(self.conv.weight), -1)
        c = F.linear(windows, weight, self.conv.bias)
        return h + self.dropout(F.relu(c))


class Encoder(nn.Module):
    """Rows of a table added up for each token, then convolutions. Returns [tokens, dim]."""

    def __init__(self, table: int, dim: int, kernels: list[int], dropout: float):
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(table, dim) * 0.05)
        self.norm_in = nn.LayerNorm(dim)
        self.layers = nn.ModuleList(Layer(dim, kernel, dropout) for kernel in kernels)
        self.norm_out = nn.LayerNorm(dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch: Batch) -> torch.Tensor:
        x = F.embedding_bag(batch.rows, self.embedding, batch.offsets, mode="sum")
        h = self.dropout(self.norm_in(x))
        real = batch.real.unsqueeze(1)
        for layer in self.layers:
            h = layer(h, real)
        return self.norm_out(h)


class Mentions(nn.Module):
    """Scores every span of up to WIDEST tokens for every type, against 0 for none.

    score(i, j, t) = S[i, t]·E[j] + begin[i, t] + end[j, t] + sum of inside[i..=j, t] + width[j - i, t] + rule[r, t],
    where r is what the rules say of the very span: 0 for nothing, else 1 + type.
    """

    def __init__(self, dim: int, types: int, rules: int, rank: int = 32):
        super().__init__()
        self.types, self.rank = types, rank
        self.linear = nn.Linear(dim, types * rank + rank + 3 * types)
        self.width = nn.Parameter(torch.zeros(WIDEST, types))
        self.rule = nn.Parameter(torch.zeros(rules + 1, types))
        with torch.no_grad():
            self.linear.weight.mul_(0.5)
            self.linear.bias.zero_()
            self.width.fill_(-3.0)

    def forward(self, o: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores [tokens, WIDEST, types] of the span that begins at a token and has so many more; which are spans."""
        n, t, r = len(o), self.types, self.rank
        out = self.linear(o).float()
        s, e, begin, end, inside = out.split([t * r, r, t, t, t], 1)
        real = batch.real.unsqueeze(1)
        pad = lambda x: F.pad(x, (0, 0, 0, WIDEST - 1))
        window = lambda x: pad(x).unfold(0, WIDEST, 1)  # [n, columns, WIDEST]
        pair = torch.bmm(s.reshape(n, t, r), window(e))  # [n, t, WIDEST]
        total = torch.cumsum(window(inside * real), 2)
        scores = (pair + begin.unsqueeze(2) + window(end) + total).transpose(1, 2) + self.width
        said = torch.zeros(n, WIDEST, dtype=torch.long, device=o.device)
        rules = batch.rules
        if len(rules):
            near = rules[:, 1] - rules[:, 0] < WIDEST
            rules = rules[near]
            said[rules[:, 0], rules[:, 1] - rules[:, 0]] = rules[:, 2] + 1
        scores = scores + self.rule[said]
        numbers = F.pad(batch.sentence, (0, WIDEST - 1), value=-1).unfold(0, WIDEST, 1)
        reals = F.pad(batch.real, (0, WIDEST - 1)).unfold(0, WIDEST, 1)
        valid = (numbers == batch.sentence.unsqueeze(1)) & (reals > 0)
        return scores, valid

    def loss(self, o: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Cross entropy over all spans, for each token."""
        scores, valid = self(o, batch)
        gold = torch.zeros(scores.shape[:2], dtype=torch.long, device=o.device)
        m = batch.mentions
        m = m[m[:, 1] - m[:, 0] < WIDEST]
        gold[m[:, 0], m[:, 1] - m[:, 0]] = m[:, 2] + 1
        logits = F.pad(scores, (1, 0))[valid]
        return F.cross_entropy(logits, gold[valid], reduction="sum") / batch.real.sum()


PARTS = 17
"""Parts of speech."""


class Words(nn.Module):
    """Scores the parts of speech of each token's host.

    score(i, p) = linear(o)[i, p] + share · ln of the lexicon's share of p, or absent[p] where the lexicon has none.
    The encoder need only learn what the lexicon does not say.
    """

    def __init__(self, dim: int):
        super().__init__()
        self.linear = nn.Linear(dim, PARTS)
        # the weight of the share, then what is added for each part of speech that the lexicon does not have
        self.share = nn.Parameter(torch.tensor([1.0] + [-4.0] * PARTS))
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, o: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Scores [tokens, PARTS]."""
        told = batch.shares > ABSENT
        return self.linear(o).float() + torch.where(told, self.share[0] * batch.shares, self.share[1:])

    def loss(self, o: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Cross entropy over the annotated tokens, for each."""
        return F.cross_entropy(self(o, batch), batch.upos, ignore_index=-1)


class Guess(nn.Module):
    """Guesses hidden words among the frequent ones."""

    def __init__(self, dim: int, words: int):
        super().__init__()
        self.linear = nn.Linear(dim, words)

    def forward(self, o: torch.Tensor) -> torch.Tensor:
        return self.linear(o)
