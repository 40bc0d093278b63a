"""The words that numbers are made of, and an utterance taken apart into them.

Nominative cardinals and their colloquial forms only: an utterance with oblique cases, «полторы» or
«с половиной» is no number here.
"""

import re
from dataclasses import dataclass
from typing import Literal

from ivr.language.text import HESITATIONS, LONGEST, clean

Kind = Literal["C", "W", "T", "P", "A", "D", "U", "F"]
"""Cardinal, Written digits, Thousand, decimal Point, And, Decimal part (десятых), Unit, Framing word."""


@dataclass(frozen=True)
class Atom:
    """One word of a number."""

    kind: Kind
    value: int = 0
    """C: 0 to 900. T: 1 if it can stand without a number before it («тысяча двести»).
    D: digits after the point (десятых 1). P: 1 if the sign may be a thousands separator."""
    text: str = ""
    """W: the digits. U: "kwh" or "rub"."""


def _table(kind: Kind, text: str, start: int, step: int) -> dict[str, Atom]:
    """Columns of synonyms in order: the first is `start`, each next one is `step` more."""
    return {
        word: Atom(kind, start + step * place)
        for place, synonyms in enumerate(text.split())
        for word in synonyms.split("/")
    }


def _alike(atom: Atom, text: str) -> dict[str, Atom]:
    return dict.fromkeys(text.split(), atom)


ATOMS: dict[str, Atom] = {
    **_table("C", "ноль/нуль один/одна/одно/одну два/две три четыре пять шесть семь восемь девять", 0, 1),
    **_table(
        "C",
        "десять одиннадцать/одинадцать двенадцать/двенацать тринадцать/тринацать четырнадцать"
        " пятнадцать/пятнацать шестнадцать семнадцать восемнадцать девятнадцать",
        10,
        1,
    ),
    **_table(
        "C",
        "двадцать/двацать тридцать/трицать сорок пятьдесят/пийсят/писят/пиисят"
        " шестьдесят/шестьсят/шисят/шейсят семьдесят/семьсят восемьдесят/восемьсят девяносто",
        20,
        10,
    ),
    **_table("C", "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот", 100, 100),
    **_alike(Atom("T", 1), "тысяча тысячу тыща тыщу"),
    **_alike(Atom("T"), "тысячи тысяч тыщи тыщ тыс"),
    **_alike(Atom("P"), "запятая точка целых целая"),
    **_alike(Atom("A"), "и"),
    **_table("D", "десятых/десятая сотых/сотая тысячных/тысячная", 1, 1),
    **_alike(Atom("U", text="kwh"), "квт киловатт киловатта киловаттов"),
    **_alike(Atom("U", text="rub"), "рубль рубля рублей руб"),
    **_alike(
        Atom("F"),
        "это там сейчас показания показание показаний счетчик счетчика счетчику счетчике на у меня нас мои"
        " мое равно равны цифры цифра текущие текущее новые новое передаю запишите пишите будет вижу"
        " электросчетчик электросчетчика пожалуйста спасибо алло",
    ),
}

_KILOWATT_HOURS = re.compile(
    r"(?:киловатт|квт)(?:[аы]|ов)?(?:\s*[-/·*⋅]\s*|\s+(?:в\s+)?)?ч(?:ас(?:а|ов|ы)?)?\b"
)
_TOKEN = re.compile(
    r"(?P<digits>[0-9]+(?:[.,][0-9]+)*)|(?P<word>[^\W\d_]+)|(?P<space>[\s!?;…«»\"'()–—№]+)|(?P<other>.)",
    re.DOTALL,
)
_OPENED_MINUS = re.compile(r"(?:^|[\s(«\"])[-−][0-9]")


def atoms(text: str, around: frozenset[str] = frozenset()) -> tuple[Atom, ...] | None:
    """The utterance as atoms, hesitations left out; None when anything else is said.

    `around` are further words that may stand before or after the number («лицевой», «счет»).
    """
    if len(text) > LONGEST:
        return None  # what was cut off may deny it all
    line = _KILOWATT_HOURS.sub(" квт ", clean(text))
    if _OPENED_MINUS.search(line):
        return None
    found: list[Atom] = []
    before = ""
    for match in _TOKEN.finditer(line):
        part = _token(match, before, around, line)
        if part is None:
            return None
        found += part
        before = match.lastgroup or ""
    return tuple(found)


def _token(match: re.Match[str], before: str, around: frozenset[str], line: str) -> list[Atom] | None:
    said = match.group()
    match match.lastgroup:
        case "digits":
            return None if before == "word" else written(said)
        case "word":
            atom = ATOMS.get(said) or (Atom("F") if said in around else None)
            if before == "digits" and (atom is None or atom.kind not in "UT"):
                return None  # «12а», «5й»
            return [atom] if atom else [] if said in HESITATIONS else None
        case "space":
            return []
    return [] if _harmless(said, match.start(), line) else None


def _harmless(sign: str, at: int, line: str) -> bool:
    """A comma, a full stop, a colon at a word's end, a hyphen between words, the plus of +7."""
    if sign == "+":
        return line[at + 1 : at + 2] == "7"
    if sign == ":":
        return not line[at + 1 : at + 2].isdigit()
    return sign in ",.-"


def written(said: str) -> list[Atom] | None:
    """Digits with signs inside: 12345,6 and 12.345 and 1,2,3,0,0. None for what may be a date."""
    groups, signs = re.split("[.,]", said), re.findall("[.,]", said)
    parts = [Atom("W", text=group) for group in groups]
    if not signs:
        return parts
    thousands = all(len(group) == 3 for group in groups[1:-1]) and len(groups[0]) <= 3 and groups[0][0] != "0"
    if len(signs) == 1:
        return [parts[0], Atom("P", int(thousands and len(groups[1]) == 3)), parts[1]]
    if len(set(signs)) == 1:
        listed = signs[0] == "," and all(len(group) == 1 for group in groups)
        return parts if listed or (thousands and len(groups[-1]) == 3) else None
    if thousands and len(set(signs[:-1])) == 1 and signs[-1] != signs[0]:
        return [*parts[:-1], Atom("P"), parts[-1]]
    return None
