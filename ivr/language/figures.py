"""A sentence with its number words as figures: «дня на два-три, до двадцать пятого» → «дня на 2-3 , до 25-го».

What amounts and moments are found in. A figure is one number as people say one; words that may be several numbers
(«триста пятьдесят два сорок») become UNCLEAR, so that nobody takes half of them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ivr.language.number_words import ATOMS, ORDINAL
from ivr.language.numbers import spoken_numbers
from ivr.language.text import LONGEST, clean

UNCLEAR = "№"
"""Stands for number words that are no one number."""
MOST_DIGITS = 9
MOST_WORDS = 14
"""Of one number; more are a list of numbers, whose every reading would be looked for."""
ONE_GROUP = 2.0
"""A reading that costs less is one number; two groups cost at least so much."""

STARTS_OVER = re.compile(
    r"\b(?:(?<!денег )(?<!света )нет(?! денег| света| ничего| ни )|неа|ой|точнее|вернее|то есть|ошибл(?:ась|ся)"
    r"|перепутала?|стоп|тьфу|виноват[а]?|извините|простите|погодите|поправка)\b"
)
"""Where somebody begins anew in one breath."""
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[-,−–—]|№")
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f]\d{3})+)(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})[.,](\d{3})(?=,\d\d?(?!\d)|(?![\d.,]\d|\d))")
_AS_WRITTEN = re.compile(r"\d+-го|\d+:\d+|\d\d?\.\d\d(?:\.\d+)?")
"""A date, a time; money too may be written as 25.11."""
_ORDINAL_ENDING = re.compile(r"(?<=\d)\s?-?\s?(?:го|му|ого|ому|ое)\b")
_GREETING = re.compile(r"\bдобр(?:ый|ое|ого) (?:день|дня|вечер|вечера|утро|утра)\b|\b(?:день|вечер) добрый\b")
_OF_ZERO = re.compile(r"\bн[оу]ля (?=рубл|копе)")
_WEEK_AND_HALF = re.compile(r"\bполторы (?=недел|минут)")
_HALF = re.compile(r"\bс половин(?:ой|ою|кой)\b")
_MINUS = re.compile(r"(?<![^\s(«\"])[-−–](?=\d)")
_COLLOQUIAL = {
    "полтинник": "50", "полтинничек": "50", "стольник": "100", "сотка": "100", "сотку": "100", "сотенка": "100",
    "пятихатка": "500", "пятихатку": "500", "пятисотка": "500", "полтысячи": "500", "двухсотка": "200",
    "червонец": "10", "червончик": "10", "пятерочка": "5", "десятка": "10", "десяточка": "10", "косарь": "1000",
    "тыщонка": "1000", "тысчонка": "1000", "двое": "2", "трое": "3", "четверо": "4",
    "сторублевка": "100", "пятьсотка": "500",
}  # fmt: skip
"""Words for an amount that no reading is said in."""
_SCALES = frozenset(("сотни", "сотен", "тысячи", "тысяч", "тыщи", "тыщ"))
_PAIR = frozenset(("пара", "пару", "парочка", "парочку"))
_DATE_ENDINGS = ("го", "му", "ое", "ье")
_KINDS = frozenset("CWTMBX")
_JOINS = frozenset(("и", "запятая", "запятой", "точка", "целых", "целая", "целые"))
_PARTS = re.compile("(?:десят|сот|тысячн)(?:ых|ая|ые)")


@lru_cache(maxsize=256)
def figured(text: str) -> str:
    """The text in lower case, its words and commas with single spaces, numbers as figures. Empty if it is too long.

    «120,05» a decimal, «25-го» an ordinal as a date has it, «2-3» a range («два-три»), «2~3» what may be one
    («два три»), «минус» also for a written sign. Never raises.
    """
    found: list[str] = []
    run: list[str] = []
    for token in (*_tokens(_spelt(text) if len(text) <= LONGEST else ""), ""):
        if token and _goes_on(run, token):
            run.append(token)
            continue
        found += _number(run)
        run = [token] if _begins(token) else []
        found += [] if run or token in ("", "-") else [token]
    return " ".join(found)


def _spelt(text: str) -> str:
    """The text cleaned, with what several words or signs say as one."""
    line = _HALF.sub(" споловиной ", clean(text).replace("₽", " руб ").replace(UNCLEAR, " номер "))
    line = _GREETING.sub(" ", line).replace("полторы сотни", "150")
    line = _OF_ZERO.sub("0 ", _WEEK_AND_HALF.sub("1,5 ", line))
    line = _MINUS.sub(" минус ", line)
    line = _SPACED.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), line)
    line = _THOUSANDS.sub(r"\1\2", line)
    return _ORDINAL_ENDING.sub("го", line)


def _tokens(line: str) -> Iterator[str]:
    """Words, figures, commas; a hyphen stays between two numbers alone; «25го» as «25-го»."""
    parts = _turned(_TOKEN.findall(line))
    for at, one in enumerate(parts):
        if one in "−–—":
            one = "-"
        if one == "-" and not (0 < at < len(parts) - 1 and _begins(parts[at - 1]) and _begins(parts[at + 1])):
            continue
        if one == "го" and at and parts[at - 1].isdigit():
            continue
        yield f"{one}-го" if one.isdigit() and parts[at + 1 : at + 2] == ["го"] else _COLLOQUIAL.get(one, one)


def _turned(parts: list[str]) -> list[str]:
    """«сотни две» as «около две сотни», «пара сотен» as «около 2 сотен»: turned round, a number is a guess."""
    found: list[str] = []
    at = 0
    while at < len(parts):
        end = at + 1
        if parts[at : at + 2] == ["сотни", "полторы"]:
            parts[at : at + 2] = ["около", "150"]
        if parts[at] in _SCALES and not (found and _begins(found[-1])):
            while end < len(parts) and end < at + 3 and _below_hundred(parts[end], parts[at]):
                end += 1
        if end > at + 1:
            found += ["около", *parts[at + 1 : end], parts[at]]
        else:
            found += ["около", "2"] if parts[at] in _PAIR else parts[at:end]
        at = end
    return found


def _below_hundred(word: str, scale: str) -> bool:
    """Whether the word can say how many: «тысячи две», «тысяч двадцать пять», but «тысячи двести» is 1200."""
    atom = ATOMS.get(word)
    if atom is None or atom.cost == ORDINAL or atom.kind not in "CX":
        return False
    return atom.kind == "X" or (atom.value < 5 if scale.endswith("и") else 4 < atom.value < 100)


def _begins(token: str) -> bool:
    atom = ATOMS.get(token)
    return token[:1].isdigit() or (atom is not None and atom.kind in _KINDS) or token in _COLLOQUIAL


def _goes_on(run: Sequence[str], token: str) -> bool:
    """Whether the word may belong to the number that the run has begun."""
    if not run or _ordinal(run[-1]) or _AS_WRITTEN.fullmatch(run[-1]) or _AS_WRITTEN.fullmatch(token):
        return False
    if token == ",":
        return run[-1].startswith(("тысяч", "тыщ"))
    if token == "и":
        return run[-1].startswith("целы")
    return (
        _begins(token)
        or token in ("-", "споловиной")
        or (token in _JOINS and run[-1] not in _JOINS)
        or (bool(_PARTS.fullmatch(token)) and any(one in _JOINS for one in run))
    )


def _ordinal(word: str) -> bool:
    return word in ATOMS and ATOMS[word].kind == "C" and ATOMS[word].cost == ORDINAL


def _number(run: list[str]) -> list[str]:
    """The figure that the words make, and what of them is none of it."""
    rest: list[str] = []
    while run and (run[-1] in _JOINS or run[-1] in (",", "-")):
        rest.insert(0, run.pop())
    if not run:
        return []
    return [_figure(run), *(one for one in rest if one != "-")]


def _figure(run: list[str]) -> str:
    if len(run) == 1 and _AS_WRITTEN.fullmatch(run[0]):
        return run[0]
    if len(run) > MOST_WORDS:
        return UNCLEAR
    if "-" in run:
        at = run.index("-")
        ends = one_number(run[:at]), one_number(run[at + 1 :])
        return f"{ends[0]}-{ends[1]}" if all(map(str.isdigit, ends)) else UNCLEAR
    said = one_number(run)
    if _ordinal(run[-1]):
        return f"{said}-го" if said.isdigit() and run[-1].endswith(_DATE_ENDINGS) else UNCLEAR
    return _range(run) if said == UNCLEAR else said


def _range(run: list[str]) -> str:
    """«двести триста»: two numbers, the second larger and no more than twice the first."""
    for at in range(1, len(run)):
        first, second = one_number(run[:at]), one_number(run[at:])
        if first.isdigit() and second.isdigit() and int(first) < int(second) <= max(2 * int(first), 3):
            return f"{first}~{second}"
    return UNCLEAR


@lru_cache(maxsize=512)
def _one(said: str) -> str:
    for number in spoken_numbers(said, longest=MOST_DIGITS):
        digits, dropped = number.digits, number.dropped
        if dropped is None and not digits.strip("0"):
            return "0"
        if number.cost >= ONE_GROUP and not (dropped is None and len(digits) == 2 and digits[0] == "0"):
            break
        if dropped is None:
            return digits
        if len(dropped) <= 2:
            return f"{int(digits)},{dropped}"
    return UNCLEAR


def one_number(words: Sequence[str]) -> str:
    """The figure of words that are one number: «120», «120,05»; else UNCLEAR."""
    return _one(" ".join(words))
