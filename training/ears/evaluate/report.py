"""Figures for people to read (tables in Markdown) and for programs (JSON)."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from training.ears.evaluate.clips import NUMBERS, What
from training.ears.evaluate.conditions import CONDITIONS
from training.ears.evaluate.judging import Outcome
from training.ears.evaluate.measure import REFUSED, Row, confused, mistaken, rows

MOST_CONFUSIONS = 30
_KINDS: dict[What, str] = {
    "digits": "digits one by one",
    "numbers": "whole numbers and groups",
    "account": "accounts",
    "word": "one number word alone",
    "form": "one number word in another case",
    "yesno": "yes and no",
    "operator": "«оператор» and its kin",
    "topic": "topics",
    "near": "near words",
    "outside": "other Russian words",
    "foreign": "foreign speech",
    "noise": "noise",
    "music": "music",
    "babble": "babble",
}
_NUMBERS = {
    "WER": "wer",
    "text exact": "exact",
    "value first": "right",
    "among those asked about": "asked",
    "value, last reading known": "by_last",
    "right refused": "right_refused",
    "wrong taken": "wrong_taken",
}
_WORDS = {
    "WER": "wer",
    "text exact": "exact",
    "meaning right": "right",
    "right refused": "right_refused",
    "wrong taken": "wrong_taken",
    "yes for no taken": "opposite",
    "«оператор» instead": "operator",
}
_REFUSED = {
    "a number taken": "number",
    "a yes or no taken": "answer",
    "a topic taken": "topic",
    "«оператор» taken": "operator",
    "any words taken": "anything",
}

_ANSWER = {"number": "number", "yesno": "answer", "menu": "topic"}
"""Kind of question → the measure of what it takes for an answer."""
_NAMES = ["speaker", "what", "heard as", "heard"]


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The tables of docs/ears.md."""
    whole = rows(outcomes, apart=False)
    spoken = [row for row in whole if row.what not in REFUSED or row.kind == "text"]
    refused = [row for row in whole if row not in spoken]
    apart = rows(outcomes)
    numbers = confused(outcomes, MOST_CONFUSIONS)
    parts = [
        "**Right before anything is refused, by condition** (numbers: the value first, no last reading known)",
        _by_condition(spoken, apart, lambda row: "right"),
        "**Word error rate, by condition**",
        _by_condition(spoken, apart, lambda row: "wer"),
        "**Numbers, all conditions together**",
        _table(_NUMBERS, [row for row in spoken if row.what in NUMBERS]),
        "**Words and meanings, all conditions together**",
        _table(_WORDS, [row for row in spoken if row.what not in NUMBERS]),
        "**What must not be taken for anything**",
        _table(_REFUSED, refused),
        "**The same by condition: taken for an answer to the question**",
        _by_condition(refused, apart, lambda row: _ANSWER.get(row.kind, "anything")),
        "**Words confused in numbers** (said → heard, times): "
        + _listed(f"{said or '–'} → {heard or '–'} {times}" for said, heard, times in numbers),
        "**Taken out of noise, music, foreign speech**: "
        + _listed(f"«{text}» {times}" for text, times in mistaken(outcomes, MOST_CONFUSIONS)),
    ]
    return "\n\n".join(parts) + "\n"


def write(path: Path, outcomes: Sequence[Outcome], about: dict[str, object]) -> None:
    """All figures, confusions, and each outcome that went wrong."""
    stored = {
        "about": about,
        "rows": [asdict(row) for row in rows(outcomes)],
        "confused": confused(outcomes, 500),
        "mistaken": mistaken(outcomes, 500),
        "wrong": [asdict(one) for one in outcomes if not one.right],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _by_condition(found: Sequence[Row], apart: Sequence[Row], measure: Callable[[Row], str]) -> str:
    shares = {(row.speaker, row.what, row.kind, row.condition): row.shares.get(measure(row)) for row in apart}
    lines = []
    for row in found:
        group = [shares.get((row.speaker, row.what, row.kind, condition)) for condition in CONDITIONS]
        lines.append([*_named(row), *("" if share is None else _share(share) for share in group)])
    return _lines([*_NAMES, *CONDITIONS], lines)


def _table(columns: dict[str, str], found: Sequence[Row]) -> str:
    lines = [
        [*_named(row), *(_share(row.shares[name]) if name in row.shares else "" for name in columns.values())]
        for row in found
    ]
    return _lines([*_NAMES, *columns], lines)


def _named(row: Row) -> list[str]:
    who = f"{row.speaker}, synthetic" if row.synthetic and row.speaker != row.what else row.speaker
    return [who, _KINDS[row.what], row.kind, str(row.clips)]


def _lines(head: list[str], lines: list[list[str]]) -> str:
    whole = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in whole) if lines else "(none)"


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(texts) or "none"
