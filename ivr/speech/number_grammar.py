"""The words of spoken numbers as grammars: digit by digit, and whole numbers with what is said around them.

A grammar is weighted by repetition: what callers mostly say stands often, other cases stand once. Ordinals and
swallowed forms (the words of number_words.py that cost something) are left out: a meter is read in cardinals, how
words are swallowed is in the model, and four hundred near words cost more than they give.
"""

from collections.abc import Iterator
from itertools import chain, product

from ivr.language.number_words import ATOMS, Atom
from ivr.language.text import words

Phrase = tuple[str, ...]

OFTEN = 5
"""So many times stands a word that numbers are mostly said in, beside the pairs that it is in: with these the rarest
form costs 2 to 3 nats more. Each time takes time where a recogniser is made."""
DIGITS = words("ноль нуль один одна одно два две три четыре пять шесть семь восемь девять")
_TEENS = words(
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать"
    " девятнадцать"
)
_TENS = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_HUNDREDS = words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_THOUSANDS = words("тысяча тысячи тысяч")
_UNITS = DIGITS[2:]
_BEFORE_THOUSAND = {"тысяча": words("одна"), "тысячи": words("две три четыре")}
_DECIMALS = (
    ("целых", "и"), ("запятая", "ноль"), ("десятых",), ("сотых",), ("и", "пять"), ("точка",), ("целая",),
)  # fmt: skip
_LARGE = {"M": 7, "T": 4}
"""Kind of word → digits of the shortest number that it is said in."""
OF_A_NUMBER = frozenset(word for word, atom in ATOMS.items() if atom.kind in "CNTMBXHAP")
"""Words that say a number and nothing around it (kinds of number_words.py)."""
_KINDS = frozenset("NQBXPDUKEVYS")
"""Kinds of words beside the cardinals that the parser knows and that say something (number_words.py)."""
_FRAMING = words(
    "это показания показание счетчик счетчика передаю передать запишите записывайте пишите пожалуйста девушка"
    " здравствуйте сейчас сегодня последние первые цифры цифра конце начале"
)
"""Words around a number. Others become `[unk]`, which the parser leaves out as it does them."""


def digit_by_digit() -> Iterator[Phrase]:
    """The ten digits, any after any. Without the pairs each would cost 1.3 nats more, and be left out sooner."""
    yield from ((word,) for word in DIGITS)
    yield from product(DIGITS, DIGITS)


def whole_numbers(digits: int | None) -> Iterator[Phrase]:
    """Numbers of a register of so many digits before the point (None: any), other forms, and words around them."""
    most = digits or 20
    usual = [*DIGITS, *_TEENS, *_TENS, *(_HUNDREDS if most > 2 else ()), *(_THOUSANDS if most > 3 else ())]
    for word in usual:
        yield from [(word,)] * OFTEN
    yield from _pairs(most)
    yield from chain(_DECIMALS, ((word,) for word in _FRAMING))
    for word, atom in ATOMS.items():
        if word not in usual and _belongs(atom, most):
            yield (word,)


def _pairs(most: int) -> Iterator[Phrase]:
    """What follows what inside one number; between its groups anything may, by the back-off."""
    below = [(ten, unit) for ten in _TENS for unit in _UNITS]
    if most > 2:
        below += [(hundred, word) for hundred in _HUNDREDS for word in (*_TENS, *_TEENS, *_UNITS)]
    yield from below
    if most > 3:
        for thousand in _THOUSANDS:
            counted = _BEFORE_THOUSAND.get(thousand, (*_UNITS[6:], *_TEENS, *_TENS, *_HUNDREDS))
            yield from ((word, thousand) for word in counted)
            yield from ((thousand, word) for word in (*_HUNDREDS, *_TENS, *_TEENS, *_UNITS))


def _belongs(atom: Atom, most: int) -> bool:
    if most < _LARGE.get(atom.kind, 1) or (atom.kind == "C" and atom.value >= 10**most):
        return False
    return (atom.kind == "C" or atom.kind in _LARGE or atom.kind in _KINDS) and not atom.cost
