"""Reads what `isnad features` wrote and makes batches of it. No feature is computed here."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

ABSENT = -100.0
"""Logarithm of a share where the lexicon has none, as `isnad features` writes it."""


@dataclass
class Corpus:
    """One features file. Arrays are as `isnad features` describes them."""

    rows: np.ndarray
    starts: np.ndarray
    sentences: np.ndarray
    documents: np.ndarray
    mentions: np.ndarray
    rules: np.ndarray
    types: list[str]
    rule_types: list[str]
    groups: dict[str, tuple[int, int]]
    table: int
    schema: str
    upos: np.ndarray | None = None
    shares: np.ndarray | None = None
    clitics: np.ndarray | None = None

    @classmethod
    def read(cls, path: Path) -> "Corpus":
        with safe_open(path, framework="numpy") as file:
            about = file.metadata()
            arrays = {name: file.get_tensor(name) for name in file.keys()}
        return cls(
            **arrays,
            types=json.loads(about["types"]),
            rule_types=json.loads(about["rule_types"]),
            groups={name: tuple(range_) for name, range_ in json.loads(about["groups"]).items()},
            table=int(about["table"]),
            schema=about["schema"],
        )

    @property
    def hashed(self) -> int:
        """The first row that is found by hashing."""
        return max(first + count for first, count in self.groups.values())

    def sentence_lengths(self) -> np.ndarray:
        return np.diff(self.sentences)

    def split(self, every: int) -> tuple[np.ndarray, np.ndarray]:
        """The sentences of nine tenths of the documents (for every = 10), and those of each tenth one."""
        document = np.repeat(np.arange(len(self.documents) - 1), np.diff(self.documents))
        held = document % every == every - 1
        return np.flatnonzero(~held), np.flatnonzero(held)


def without(corpus: Corpus, other: Corpus, sentences: np.ndarray, run: int = 6) -> np.ndarray:
    """The sentences of `corpus` that share no `run` words with the given sentences of `other`.

    Words are compared by the row of their folded form, the second of each token's.
    """

    def runs(c: Corpus, sentence: int) -> set[bytes]:
        words = c.rows[c.starts[c.sentences[sentence] : c.sentences[sentence + 1]] + 1].astype(np.int64)
        return {words[i : i + run].tobytes() for i in range(max(1, len(words) - run + 1))}

    held = set().union(*(runs(other, sentence) for sentence in sentences))
    return np.array([s for s in range(len(corpus.sentences) - 1) if held.isdisjoint(runs(corpus, s))])


def ragged(begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The concatenation of the ranges `begins[i]..begins[i]+lengths[i]`."""
    total = int(lengths.sum())
    shift = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(total) + shift


@dataclass
class Batch:
    """Sentences one after the other, with an empty token behind each.

    rows [all rows], offsets [tokens] as torch's embedding_bag takes them; real [tokens] is 0 at the empty tokens;
    sentence [tokens] numbers them; token [tokens] is each one's number in the corpus, -1 for empty ones; masked has the
    places of hidden tokens; mentions and rules [n, 3]: first token, last token (inclusive), type; upos [tokens] is -1
    where no part of speech is told, shares [tokens, parts of speech] the logarithm of the lexicon's, ABSENT where it has
    none.
    """

    rows: torch.Tensor
    offsets: torch.Tensor
    real: torch.Tensor
    sentence: torch.Tensor
    token: np.ndarray
    mentions: torch.Tensor
    rules: torch.Tensor
    masked: torch.Tensor | None = None
    upos: torch.Tensor | None = None
    shares: torch.Tensor | None = None

    def to(self, device: str) -> "Batch":
        """The same batch on `device`."""
        moved = {name: value.to(device) for name, value in vars(self).items() if isinstance(value, torch.Tensor)}
        return replace(self, **moved)


class Batcher:
    """Makes batches of the sentences of a corpus."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        count = len(corpus.sentences) - 1
        self.by_sentence = []
        for spans in (corpus.mentions, corpus.rules):
            spans = spans[np.argsort(spans[:, 0], kind="stable")] if len(spans) else spans.reshape(0, 3)
            at = np.searchsorted(spans[:, 0], corpus.sentences)
            self.by_sentence.append((spans, at[:count], at[1:]))

    def batch(
        self,
        sentences: np.ndarray,
        rng: np.random.Generator | None = None,
        drop: dict[str, float] | None = None,
        drop_letters: float = 0.0,
        mask: float = 0.0,
        without_rules: bool = False,
    ) -> Batch:
        """A batch of `sentences`.

        drop: for groups of rows the probability that a sentence goes without them; drop_letters: that a token goes
        without the rows of its letters; mask: that a token is hidden altogether, a mask in its place.
        """
        c = self.corpus
        first, lengths = c.sentences[sentences], np.diff(c.sentences)[sentences]
        tokens = ragged(first, lengths)
        # positions in the batch: an empty token behind each sentence
        begin = np.concatenate(([0], np.cumsum(lengths + 1)))[:-1]
        place = ragged(begin, lengths)
        size = int((lengths + 1).sum())
        row_counts = (c.starts[tokens + 1] - c.starts[tokens]).astype(np.int64)
        rows = c.rows[ragged(c.starts[tokens].astype(np.int64), row_counts)].astype(np.int64)
        owner = np.repeat(np.arange(len(tokens)), row_counts)
        sentence = np.repeat(np.arange(len(sentences)), lengths)

        keep = np.ones(len(rows), bool)
        ruled = np.ones(len(sentences), bool)
        dropped = dict(drop or {})
        if without_rules:
            dropped["rule"] = 1.0
        for name, share in dropped.items():
            chance = rng.random(len(sentences)) < share if 0 < share < 1 else np.full(len(sentences), share >= 1)
            for group in ("rule", "echo") if name == "rule" else (name,):
                low, count = c.groups[group]
                keep &= ~((rows >= low) & (rows < low + count) & chance[sentence[owner]])
            if name == "rule":
                ruled &= ~chance
        if drop_letters:
            bare = rng.random(len(tokens)) < drop_letters
            keep &= ~((rows >= c.hashed) & bare[owner])
        masked = np.zeros(len(tokens), bool)
        if mask:
            masked = rng.random(len(tokens)) < mask
            # the first row of a hidden token becomes the mask
            keep &= ~masked[owner]
            lead = np.concatenate(([True], owner[1:] != owner[:-1]))
            at = lead & masked[owner]
            rows[at] = c.groups["mask"][0]
            keep |= at
        rows, owner = rows[keep], owner[keep]
        counts = np.zeros(size, np.int64)
        np.add.at(counts, place[owner], 1)
        offsets = np.concatenate(([0], np.cumsum(counts)[:-1]))
        real = np.zeros(size, np.float32)
        real[place] = 1
        number = np.repeat(np.arange(len(sentences)), lengths + 1)

        def local(which: int, allowed: np.ndarray) -> torch.Tensor:
            spans, low, high = self.by_sentence[which]
            counts = (high - low)[sentences]
            found = spans[ragged(low[sentences], counts)].astype(np.int64)
            of = np.repeat(np.arange(len(sentences)), counts)
            shift = (begin - first)[of]
            found = np.stack((found[:, 0] + shift, found[:, 1] - 1 + shift, found[:, 2]), 1)
            return torch.from_numpy(found[allowed[of]])

        batch = Batch(
            torch.from_numpy(rows),
            torch.from_numpy(offsets),
            torch.from_numpy(real),
            torch.from_numpy(number),
            np.full(size, -1),
            local(0, np.ones(len(sentences), bool)),
            local(1, ruled),
        )
        batch.token[place] = tokens
        if mask:
            batch.masked = torch.from_numpy(place[masked])
        if c.upos is not None:
            upos, shares = np.full(size, -1), np.full((size, c.shares.shape[1]), ABSENT, np.float32)
            upos[place] = c.upos[tokens]
            shares[place] = c.shares[tokens] / 10
            batch.upos, batch.shares = torch.from_numpy(upos), torch.from_numpy(shares)
        return batch


def batches(lengths: np.ndarray, sentences: np.ndarray, tokens: int, rng: np.random.Generator | None, run: int = 1):
    """Lists of sentences with about `tokens` tokens each; `run` neighbours stay together, the runs in random order."""
    runs = [sentences[i : i + run] for i in range(0, len(sentences), run)]
    if rng is not None:
        rng.shuffle(runs)
    held, size = [], 0
    for one in runs:
        held.append(one)
        size += int(lengths[one].sum())
        if size >= tokens:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)
