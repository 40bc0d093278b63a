"""The width of what an nnet3 descriptor means: `Append(Offset(a, -3), Sum(Scale(0.66, a), b))`."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\s*([A-Za-z_][\w.]*|-?\d+(?:\.\d+)?|[(),])")


def dim(text: str, dims: Mapping[str, int]) -> int:
    """Values a frame. `dims` has the widths of the names. Raises ValueError for a name or a form that is none."""
    tokens = _TOKEN.findall(text)
    width, rest = _dim(tokens, dims, text)
    if rest:
        raise ValueError(f"{text}: {' '.join(rest)} stands after its end")
    return width


def _dim(tokens: list[str], dims: Mapping[str, int], text: str) -> tuple[int, list[str]]:
    """The width of the first descriptor, and the tokens after it."""
    name, *rest = tokens or [""]
    if rest[:1] != ["("]:
        if name not in dims:
            raise ValueError(f"{text}: no earlier node is named {name!r}")
        return dims[name], rest
    widths: list[int] = []
    while rest and rest[0] in "(,":
        rest = rest[1:]
        if rest and re.fullmatch(r"-?[\d.]+", rest[0]):
            rest = rest[1:]
            continue
        width, rest = _dim(rest, dims, text)
        widths.append(width)
    if rest[:1] != [")"] or not widths:
        raise ValueError(f"{text}: a bracket is missing")
    return _combined(name, widths, text), rest[1:]


def _combined(form: str, widths: list[int], text: str) -> int:
    if form == "Append":
        return sum(widths)
    if form not in ("Sum", "Scale", "Offset", "Round") or len(set(widths)) != 1:
        raise ValueError(f"{text}: {form} of widths {widths}")
    return widths[0]
