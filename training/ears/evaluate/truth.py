"""What a spoken number means, and which kind of utterance it is: by the product's own parser and grammar."""

from datetime import date
from functools import lru_cache

from ivr.domain.accounts import Register
from ivr.domain.readings import Limits, Sheet
from ivr.language.number_words import ATOMS
from ivr.language.numbers import alone_or_beside
from ivr.language.text import normalise, words
from ivr.speech.number_grammar import DIGITS, whole_numbers
from ivr.speech.numbers import LONGEST, values
from ivr.speech.results import Alternative, Recognition
from training.ears.evaluate.clips import What, drawn
from training.ears.texts.numbers_said import PLAIN, THOUSANDS

TODAY = date(2026, 11, 20)
MOST_REGISTER_DIGITS = 7
"""What has more is an account or a telephone."""
USUAL = 200
"""kWh a month."""
FEWEST_USED, MOST_USED = 30, 600
"""kWh since the last reading, where one is given."""
_FILLER = "F"
"""The parser's kind of words that say nothing about the number."""
_CARDINALS = frozenset((*PLAIN, *THOUSANDS, *DIGITS))


def kind_of_number(text: str) -> What | None:
    """The kind, or None for what is no reading: dates, ordinals, money, two numbers, and what is ambiguous."""
    said = words(text)
    if any(_strange(word) for word in said) or (value := number(text)) is None:
        return None
    if len(said) == 1:
        return "word" if said[0] in _CARDINALS else "form"
    if heard_exactly(text, sheet(value)) != value:
        return None
    if len(value) > MOST_REGISTER_DIGITS:
        return "account"
    return "digits" if all(word in DIGITS for word in said) else "numbers"


def number(text: str) -> str | None:
    """The digits that the text says, by the parser's likeliest reading."""
    found = next(alone_or_beside(normalise(text), LONGEST), None)
    return found.digits if found else None


def sheet(value: str, last: int | None = None) -> Sheet:
    """A register of as many digits as the value has."""
    return Sheet(Register(0, "T", len(value)), "", "", last=last, usual=None if last is None else USUAL)


def last_before(value: str, name: str) -> int:
    """A last reading from which `value` is plausible, drawn by the clip's name."""
    return max(0, int(value) - int(drawn("last", name).integers(FEWEST_USED, MOST_USED)))


def heard_exactly(text: str, register: Sheet) -> str | None:
    """The value that ranks first where the text is heard without a doubt."""
    text = normalise(text)
    heard = Recognition(text, 1.0, (), (Alternative(text, 0.0, 0.0, (), ""),), "", {}, 0.0)
    found = values(heard, 1.0, register, TODAY, Limits())
    return found[0].digits if found else None


def _strange(word: str) -> bool:
    """Whether it is a word of numbers, such as an ordinal, that the grammar has not."""
    return word in ATOMS and ATOMS[word].kind != _FILLER and word not in _hearable()


@lru_cache(1)
def _hearable() -> frozenset[str]:
    """Every word of the grammar for numbers of any length."""
    return frozenset(word for phrase in whole_numbers(None) for word in phrase)
