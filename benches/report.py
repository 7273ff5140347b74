#!/usr/bin/env python3
"""Writes docs/benchmarks.md from what the last `cargo bench` measured. Needs nothing but Python.

    cargo bench && benches/report.py
"""

import json
import os
import platform
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "target" / "criterion"


def cpu() -> str:
    """The name of the CPU as it calls itself."""
    try:
        names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        return names[0].strip()
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def results() -> dict[str, list[dict]]:
    """Name, median in nanoseconds and throughput of each benchmark, by group."""
    groups: dict[str, list[dict]] = {}
    for path in sorted(RESULTS.glob("*/*/new/estimates.json")):
        told = json.loads((path.parent / "benchmark.json").read_text())
        median = json.loads(path.read_text())["median"]["point_estimate"]
        name = told["function_id"] or told["value_str"]
        groups.setdefault(told["group_id"], []).append(
            {"name": name, "median": median, "throughput": told["throughput"] or {}}
        )
    return groups


def time(nanoseconds: float) -> str:
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def rate(result: dict) -> str:
    for kind, amount in result["throughput"].items():
        each_second = amount / result["median"] * 1e9
        if kind.startswith("Bytes"):
            return f"{each_second / 1e6:.3g} MB/s"
        return f"{each_second:,.0f} documents/s"
    return ""


def table(group: list[dict]) -> str:
    rows = [f"| {r['name']} | {time(r['median'])} | {rate(r)} |" for r in group]
    return "\n".join(["| | median | throughput |", "|---|---|---|", *rows])


def ratios(group: list[dict]) -> str:
    medians = {r["name"]: r["median"] for r in group}
    told = []
    for name, bare in (("extract", "bare echo"), ("extract, 8 callers", "bare echo, 8 callers")):
        if name in medians and bare in medians:
            told.append(f"{name}: {medians[name] / medians[bare]:.1f} times the {bare}")
    return "; ".join(told)


def layers(group: list[dict]) -> str:
    """What is read on top of the entities takes of the time that they take."""
    medians = {r["name"]: r["median"] for r in group}
    above = ["quotations", "times", "amounts", "relations"]
    if "entities" not in medians or any(name not in medians for name in above):
        return ""
    share = sum(medians[name] for name in above) / medians["entities"]
    together = f"{', '.join(above[:-1])} and {above[-1]} together".capitalize()
    return f"\n{together} take {share:.0%} of the time of entities.\n"


def main() -> None:
    groups = results()
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    text = f"""# Benchmarks

    cargo bench && benches/report.py

writes this page. Medians by criterion on {cpu()}, {os.cpu_count()} cores, rustc {rustc}, release profile. Another
machine has other figures: compare the ratios, and figures of one run.
"""
    if socket := groups.pop("socket", None):
        text += f"""
## `Extract` over a socket

A news article ([tests/data/news_article.txt](../tests/data/news_article.txt)) through client, socket and service, and
beside it the same request to a bare tonic server that answers with the same bytes, ready made. The client takes its
share of the same cores. {ratios(socket)}.

{table(socket)}
"""
    for name, group in groups.items():
        text += f"\n## {name.capitalize()}\n{layers(group)}\n{table(group)}\n"
    page = ROOT / "docs" / "benchmarks.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(text)
    print(f"wrote {page.relative_to(ROOT)}")


main()
