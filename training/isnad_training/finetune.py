"""Fits the encoder and its heads to annotated corpora, all heads together."""

import copy
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tqdm import tqdm

from .data import Batcher, Corpus, batches, without
from .decode import Score, tree
from .network import Encoder, Mentions, Words

HELD = 10
"""Of corpora without a development part every so manyth document is left out of training, to be tested on."""


@dataclass
class Settings:
    """How to fit. The defaults made the model that ships.

    Annotated words are few: they are read `read_words` times in an epoch, with more of their letters hidden. What a share
    of the lexicon counts is far from where it begins: it is learned `rate_share` times as fast.
    """

    epochs: int = 9
    batch_tokens: int = 2048
    rate: float = 1e-3
    dropout: float = 0.25
    drop_rules: float = 0.3
    drop_gazetteer: float = 0.2
    drop_letters: float = 0.1
    drop_letters_words: float = 0.2
    read_words: int = 2
    rate_share: float = 20.0
    decay: float = 0.01
    share: float = 1.0
    seed: int = 1
    dim: int = 192
    kernels: tuple[int, ...] = (3, 3, 3, 3)


@dataclass
class Task:
    """A corpus to learn from: the head that learns it, the sentences, and what its loss counts."""

    head: str
    batcher: Batcher
    sentences: np.ndarray
    weight: float


class Model(torch.nn.Module):
    """The encoder with a head of mentions for each scheme of annotation, and a head of parts of speech."""

    def __init__(self, table: int, settings: Settings, heads: dict[str, int], rules: int):
        super().__init__()
        self.encoder = Encoder(table, settings.dim, list(settings.kernels), settings.dropout)
        self.heads = torch.nn.ModuleDict({name: Mentions(settings.dim, types, rules) for name, types in heads.items()})
        self.heads["upos"] = Words(settings.dim)


@torch.no_grad()
def score(model: Model, batcher: Batcher, sentences: np.ndarray, without_rules: bool = False) -> Score:
    """How well the head of mentions does on `sentences`."""
    model.eval()
    total = Score()
    for chosen in batches(batcher.corpus.sentence_lengths(), sentences, 4096, None):
        batch = batcher.batch(chosen, without_rules=without_rules).to(next(model.parameters()).device)
        total.add(tree(*model.heads["mentions"](model.encoder(batch), batch)), batch)
    return total


@torch.no_grad()
def accuracy(model: Model, batcher: Batcher, sentences: np.ndarray) -> float:
    """The share of the annotated hosts in `sentences` whose part of speech is right."""
    model.eval()
    right = told = 0
    for chosen in batches(batcher.corpus.sentence_lengths(), sentences, 4096, None):
        batch = batcher.batch(chosen).to(next(model.parameters()).device)
        best = model.heads["upos"](model.encoder(batch), batch).argmax(1)
        right += int((best == batch.upos).sum())
        told += int((batch.upos >= 0).sum())
    return right / max(1, told)


@torch.no_grad()
def temperature(model: Model, batcher: Batcher) -> float:
    """What scores are divided by so that the probabilities of found mentions are likeliest on the development set."""
    model.eval()
    logits, right = [], []
    sentences = np.arange(len(batcher.corpus.sentences) - 1)
    for chosen in batches(batcher.corpus.sentence_lengths(), sentences, 4096, None):
        batch = batcher.batch(chosen).to(next(model.parameters()).device)
        scores, valid = model.heads["mentions"](model.encoder(batch), batch)
        gold = {tuple(m) for m in batch.mentions.tolist()}
        for i, j, kind, _ in tree(scores, valid):
            row = scores[i, j - i].cpu()
            logits.append(torch.cat((row[kind : kind + 1], torch.zeros(1), row[:kind], row[kind + 1 :])))
            right.append((i, j, kind) in gold)
    logits, right = torch.stack(logits), torch.tensor(right)

    def loss(t: float) -> float:
        p = torch.softmax(logits / t, 1)[:, 0].clamp(1e-6, 1 - 1e-6)
        return -torch.where(right, p.log(), (1 - p).log()).mean().item()

    return min((round(0.5 + 0.05 * k, 2) for k in range(60)), key=loss)


def finetune(
    own: list[Path],
    more: list[tuple[Path, float]],
    words: list[Path],
    dev: Path,
    words_dev: Path,
    pretrained: Path | None,
    out: Path,
    settings: Settings,
    device: str = "cpu",
) -> tuple["Model", list[dict]]:
    """Fits to the corpora `own` of one scheme, to `more` with heads of their own that are dropped afterwards, and to
    annotated `words`.

    The first of `own` and the words are used whole, of the others a tenth is held out (HELD). Writes the averaged weights
    to `out`, and returns the averaged model with all its heads, and the scores after each third epoch.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    dev_batcher = Batcher(Corpus.read(dev))
    tasks, held = [], []
    for number, path in enumerate(own):
        batcher = Batcher(Corpus.read(path))
        kept, left_out = batcher.corpus.split(HELD)
        if number == 0:
            kept = np.arange(len(batcher.corpus.sentences) - 1)
        else:
            held.append((path.stem, batcher, left_out))
        if settings.share < 1:
            kept = kept[rng.random(len(kept)) < settings.share]
        tasks.append(Task("mentions", batcher, kept, 1.0))
    for path, weight in more:
        batcher = Batcher(Corpus.read(path))
        kept = np.arange(len(batcher.corpus.sentences) - 1)
        # NewsFANE has texts of the newspapers, and labels tell of each other
        for _, other, left_out in held:
            kept = np.intersect1d(kept, without(batcher.corpus, other.corpus, left_out))
        tasks.append(Task(path.stem, batcher, kept, weight))
    heads = {task.head: len(task.batcher.corpus.types) for task in tasks}
    for path in words:
        batcher = Batcher(Corpus.read(path))
        task = Task("upos", batcher, np.arange(len(batcher.corpus.sentences) - 1), 1.0)
        tasks += [task] * settings.read_words
    words_batcher = Batcher(Corpus.read(words_dev))

    corpus = dev_batcher.corpus
    model = Model(corpus.table, settings, heads, len(corpus.rule_types))
    if pretrained:
        model.encoder.load_state_dict(torch.load(pretrained, weights_only=False)["encoder"])
    model.to(device)
    average = copy.deepcopy(model)
    named = dict(model.named_parameters())
    shares = [p for name, p in named.items() if name.endswith(".share")]
    matrices = [p for name, p in named.items() if p.ndim > 1 and "embedding" not in name]
    others = [p for name, p in named.items() if (p.ndim <= 1 or "embedding" in name) and not name.endswith(".share")]
    optimizer = torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": settings.decay, "times": 1.0},
            {"params": others, "weight_decay": 0.0, "times": 1.0},
            {"params": shares, "weight_decay": 0.0, "times": settings.rate_share},
        ],
        lr=settings.rate,
        betas=(0.9, 0.98),
        fused=True,
    )

    def plan() -> list[tuple[Task, np.ndarray]]:
        lists = [
            (task, chosen)
            for task in tasks
            for chosen in batches(
                task.batcher.corpus.sentence_lengths(), task.sentences, settings.batch_tokens, rng, run=2
            )
        ]
        rng.shuffle(lists)
        return lists

    drop = {"rule": settings.drop_rules, "gazetteer": settings.drop_gazetteer}
    everything = np.arange(len(corpus.sentences) - 1)
    step, history, total = 0, [], None
    for epoch in range(1, settings.epochs + 1):
        lists = plan()
        total = total or len(lists) * settings.epochs
        model.train()
        sums = 0.0
        for task, chosen in tqdm(lists, desc=f"epoch {epoch}", leave=False):
            for group in optimizer.param_groups:
                group["lr"] = group["times"] * settings.rate * min(1, (step + 1) / 100) * max(0.01, 1 - step / total)
            hidden = settings.drop_letters_words if task.head == "upos" else settings.drop_letters
            batch = task.batcher.batch(chosen, rng, drop, hidden).to(device)
            loss = model.heads[task.head].loss(model.encoder(batch), batch)
            optimizer.zero_grad(set_to_none=True)
            (task.weight * loss).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            # the mean of the last few hundred steps is better than the last step
            keep = min(0.998, (step + 1) / (step + 10))
            with torch.no_grad():
                means = list(average.parameters())
                torch._foreach_mul_(means, keep)
                torch._foreach_add_(means, list(model.parameters()), alpha=1 - keep)
            sums += loss.item()
            step += 1
        if epoch % 3 == 0 or epoch == settings.epochs:
            found = {"epoch": epoch, "loss": sums / len(lists)}
            for name, batcher, sentences in [("dev", dev_batcher, everything), *held]:
                found[name] = score(average, batcher, sentences).f1()
                found[f"{name} without rules"] = score(average, batcher, sentences, without_rules=True).f1()
            everywhere = np.arange(len(words_batcher.corpus.sentences) - 1)
            found["parts of speech"] = accuracy(average, words_batcher, everywhere)
            print(" ".join(f"{name} {value:.4g}" for name, value in found.items()), flush=True)
            history.append(found)
    export(average.cpu(), corpus, temperature(average, dev_batcher), settings, history, out)
    return average, history


def export(
    model: Model, corpus: Corpus, heat: float, settings: Settings, history: list[dict], out: Path
) -> None:
    """Writes what `isnad pack` reads: the encoder, the heads of mentions and words, and the manifest."""
    encoder, head, words = model.encoder, model.heads["mentions"], model.heads["upos"]
    tensors = {
        "embedding.weight": encoder.embedding,
        "norm_in.weight": encoder.norm_in.weight,
        "norm_in.bias": encoder.norm_in.bias,
        "norm_out.weight": encoder.norm_out.weight,
        "norm_out.bias": encoder.norm_out.bias,
        "heads.mentions.weight": head.linear.weight,
        "heads.mentions.bias": head.linear.bias,
        "extra.mentions.width": head.width,
        "extra.mentions.rule": head.rule,
        "heads.upos.weight": words.linear.weight,
        "heads.upos.bias": words.linear.bias,
        "extra.upos.share": words.share,
    }
    for number, layer in enumerate(encoder.layers):
        tensors |= {f"layers.{number}.{name}": value for name, value in layer.named_parameters()}
    manifest = {
        "schema": corpus.schema,
        "kernels": list(settings.kernels),
        "heads": ["mentions", "upos"],
        "types": corpus.types,
        "temperature": heat,
        "settings": asdict(settings),
        "scores": history[-1],
        "sources": "models/README.md",
    }
    tensors = {name: value.detach().float().contiguous() for name, value in tensors.items()}
    save_file(tensors, out, {"manifest": json.dumps(manifest)})
