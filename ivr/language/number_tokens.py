"""An utterance taken apart into the words of a number, and into words that are none where those are allowed."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from ivr.language.number_words import ATOMS, REFUSED, Atom
from ivr.language.text import HESITATIONS, LONGEST, clean

START, MIDDLE, END, BEFORE_END, PLACE = 1, 0, -1, -2, 10
"""Values of a place atom; PLACE + 3 is the third digit."""

_SIGNS = {START: "\ue001", MIDDLE: "\ue000", END: "\ue002", BEFORE_END: "\ue003"} | {
    PLACE + nth: chr(0xE010 + nth) for nth in range(1, 8)
}
"""Place → the private character that stands for it while an utterance is taken apart."""
_PLACES = {sign: place for place, sign in _SIGNS.items()}

_COUNT = r"(?: (?:две|два|три|четыре|пару|[234])\b)?"
_DIGIT = r"(?: (?:цифр\w?|числ\w|знак\w?))?"
_NTH = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм")
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?:киловатт|квт)(?:[аы]|ов)?(?:\s*[-/·*⋅]\s*|\s+(?:в\s+)?)?ч(?:ас(?:а|ов|ы)?)?\b", " квт "),
    (r"\b(\d+)[.,](\d) ?(?=тысяч|тыщ|тыс)", r"\1 тысяч \g<2>00 "),
    (r"(?<= тысяч \d00 )(?:тысячи?|тыщи?|тыс)\b", " "),
    (r"\bвы (?:меня )?(?:ослышались|ошиблись|(?:неправильно|неверно|не так) (?:поняли|услышали))\b", " нет "),
    (r"\b(?:хотя|оговорил(?:ся|ась)|перепутала?|подождите|заново)\b", " точнее "),
    (r"\b(?:надо|должно быть|исправьте на|как бы)\b", " "),
    (r"\b(?:и )?красн(?:ая|ую|ое|ые)(?: цифр[аыу])?\b", " запятая "),
    (r"\bдобр(?:ый|ого) (?:день|дня|вечер|вечера)\b|\bдень добрый\b|\bдоброе утро\b", " "),
    (r"\[unk\]|\bтак сказать\b|\bчто я говорю\b", " "),
    (r"\bбез (?:десятых|копеек|сотых|хвоста|хвостика|запятой)|\bс копейками\b", " "),
    (r"\bпо (?:одной|одному|цифрам)\b", " "),
    (r"(?:\bа )?\bпосле (?:запятой|точки)", " запятая "),
    (r"\bс половин(?:ой|ою|кой)\b", " споловиной "),
    (r"\bто есть\b|\bа именно\b|\bеще раз\b|\bя (?:же )?(?:сказала?|говорила?)\b", " точнее "),
    (r"\bне (?:так|то|верно|правильно)\b|\bнет[ -]нет\b", " нет "),
    (r"(?:\bа )?\bвы (?:мне )?(?:сказали|говорите|назвали|записали)\b", " не "),
    (r"\bвпереди\b|\b(?:в|с) начал[еа]\b|\bначинается (?:на|с)\b", f" {_SIGNS[START]} "),
    (rf"\bперв(?:ые|ых)\b{_COUNT}{_DIGIT}", f" {_SIGNS[START]} "),
    (r"\b(?:по|в )середине\b|\bв середке\b", f" {_SIGNS[MIDDLE]} "),
    (r"\b(?:в|на) конце\b|\b(?:заканчивается|кончается) на\b", f" {_SIGNS[END]} "),
    (rf"\b(?:две|три|четыре) последн(?:ие|их)\b{_DIGIT}", f" {_SIGNS[END]} "),
    (rf"\b(?:две|три|четыре) перв(?:ые|ых)\b{_DIGIT}", f" {_SIGNS[START]} "),
    (rf"\bпоследн(?:ие|их)\b{_COUNT}{_DIGIT}", f" {_SIGNS[END]} "),
    (rf"\bпоследн(?:яя|юю|ее|ий|ей)\b{_DIGIT}", f" {_SIGNS[END]} "),
    (rf"\bпредпоследн(?:яя|юю|ее|ий|ей)\b{_DIGIT}", f" {_SIGNS[BEFORE_END]} "),
    *(
        (rf"\b{stem}(?:ая|ую|ой|ья|ью|ьей|ый|ий) (?:цифр\w|знак)", f" {_SIGNS[PLACE + place]} ")
        for place, stem in enumerate(_NTH, start=1)
    ),
    (r"(?<=\d)-?(?:го|му|ый|ой|ая|ое|ые|ых|ти|ми|й|я|е|х)\b", " "),
)
"""What is said in several words, and the word or sign that stands for it."""

_ONE_OF_THEM = [(re.compile(pattern), instead) for pattern, instead in _PHRASES]
_BARE_PLACES = [
    (re.compile(rf"\b{stem}(?:ая|ья) (?=[а-я]+\W*$)"), f" {_SIGNS[PLACE + place]} ")
    for place, stem in enumerate(_NTH, start=1)
]
_TOKEN = re.compile(
    r"(?P<digits>[0-9]+(?:[.,][0-9]+)*)|(?P<word>[^\W\d_]+)|(?P<space>[\s!?;«»\"'()–—№]+)|(?P<other>.)",
    re.DOTALL,
)
_OPENED_MINUS = re.compile(r"(?:^|[\s(«\"])[-−][0-9]")
_HALF = Atom("H")


@lru_cache(maxsize=256)
def atoms(
    text: str, around: frozenset[str] = frozenset(), *, strangers: bool = False, told: bool = False
) -> tuple[Atom, ...] | None:
    """The utterance as atoms, hesitations left out; None when anything else is said.

    `around`: further words that may stand before or after the number («лицевой», «счет»).
    `strangers`: other words become atoms G, unless they make the number another thing (REFUSED).
    `told`: a number has been read back, so that «третья четыре» names a place of it.
    """
    if len(text) > LONGEST:
        return None  # what was cut off may deny it all
    line = clean(text)
    if _OPENED_MINUS.search(line):
        return None
    for pattern, instead in (*_ONE_OF_THEM, *(_BARE_PLACES if told else ())):
        line = pattern.sub(instead, line)
    return _taken_apart(line, around, strangers=strangers)


def _taken_apart(line: str, around: frozenset[str], *, strangers: bool) -> tuple[Atom, ...] | None:
    found: list[Atom] = []
    before = ""
    paused: Literal["", ",", "…"] = ""
    for match in _TOKEN.finditer(line):
        if line[match.start()] == "…" or line[match.start() : match.start() + 2] == "..":
            paused = "…"
            continue
        part = _token(match, before, around, line)
        if part is None and strangers and match.lastgroup == "word" and before != "digits":
            part = None if REFUSED.fullmatch(match.group()) else [Atom("G")]
        if part is None:
            return None
        if part and paused:
            part, paused = [replace(part[0], pause=paused), *part[1:]], ""
        elif match.group() == "," and not paused:
            paused = ","
        found += part
        before = match.lastgroup or ""
    return tuple(found)


def _token(match: re.Match[str], before: str, around: frozenset[str], line: str) -> list[Atom] | None:
    said = match.group()
    match match.lastgroup:
        case "digits":
            return None if before == "word" else written(said)
        case "word":
            return _word(said, before, around)
        case "space":
            return []
    if said in _PLACES:
        return [Atom("L", _PLACES[said])]
    return [] if _harmless(said, match.start(), line) else None


def _word(said: str, before: str, around: frozenset[str]) -> list[Atom] | None:
    if said == "споловиной":
        return [_HALF]
    atom = ATOMS.get(said)
    if atom is None and said in around:
        atom = Atom("F")
    if before == "digits" and (atom is None or atom.kind not in "UT"):
        return None  # «12а»
    return [atom] if atom else [] if said in HESITATIONS else None


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
