"""Draws how training went."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw(pretraining: list[tuple[int, float]], history: list[dict], folder: Path) -> None:
    """Writes training.png: loss of guessing hidden words, and F1 of mentions and accuracy of words by epoch."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(13, 4))
    left.plot([tokens / 1e6 for tokens, _ in pretraining], [loss for _, loss in pretraining])
    left.set(xlabel="million tokens", ylabel="loss of hidden words", title="Pretraining")
    epochs = [found["epoch"] for found in history]
    for name in history[0]:
        if name not in ("epoch", "loss"):
            style = "--" if name.endswith("without rules") else "-"
            right.plot(epochs, [found[name] for found in history], style, marker="o", label=name)
    right.set(xlabel="epoch", ylabel="F1, strict and nested; share right", title="Mentions; parts of speech")
    right.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.01, 0.5))
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(folder / "training.png", dpi=110)
