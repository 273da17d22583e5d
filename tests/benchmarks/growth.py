"""How figures grow with the graph: a table in Markdown, and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
"""What was measured of one size, by name: a number, or median and 95th percentile in milliseconds."""


def table(measured: Sequence[Figures], goals: Figures) -> str:
    """The figures in Markdown, a column for each size and one for what is to be reached."""
    names = list(dict.fromkeys(name for figures in measured for name in figures if name != "triples"))
    heads = [f"{figures['triples'] / 1e6:.1f} M triples" for figures in measured]
    lines = ["| | " + " | ".join([*heads, "goal at 20 M"]) + " |", "|---|" + "---:|" * (len(heads) + 1)]
    for name in names:
        cells = [_cell(figures.get(name)) for figures in measured]
        lines.append(f"| {name} | " + " | ".join([*cells, _cell(goals.get(name))]) + " |")
    return "\n".join(lines)


def _cell(value: float | list[float] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return f"{value[0]:.1f} ms (p95 {value[1]:.1f})"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def draw(measured: Sequence[Figures], seconds: Sequence[str], path: Path) -> None:
    """Two panels over the number of triples: seconds of importing and adding, milliseconds of questions."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = [figures["triples"] / 1e6 for figures in measured]
    figure, (work, ask) = plt.subplots(1, 2, figsize=(11, 4.5), constrained_layout=True)
    for name in (name for name in dict.fromkeys(name for one in measured for name in one) if name in seconds):
        points = [(size, figures[name]) for size, figures in zip(sizes, measured, strict=True) if figures.get(name)]
        if points:
            work.plot(*zip(*points, strict=True), marker="o", label=name)
    for name in [name for name, value in measured[0].items() if isinstance(value, list)]:
        points = [(size, figures[name][0]) for size, figures in zip(sizes, measured, strict=True) if name in figures]
        ask.plot(*zip(*((size, max(time, 0.001)) for size, time in points), strict=True), marker="o", label=name)
    for panel, unit in ((work, "seconds"), (ask, "milliseconds, median")):
        panel.set(xscale="log", yscale="log", xlabel="million triples", ylabel=unit)
        panel.legend(fontsize="small")
        panel.grid(alpha=0.3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
