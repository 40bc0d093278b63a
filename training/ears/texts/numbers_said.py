"""Numbers in words: digit by digit, whole, in groups, with the noun that is counted."""

from collections.abc import Sequence


def spaced(text: str) -> tuple[str, ...]:
    """The words of a text that are parted by spaces."""
    return tuple(text.split())


UNITS = spaced(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
    " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
TENS = spaced("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
HUNDREDS = spaced("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
PLAIN = (*UNITS, *TENS, *HUNDREDS)
"""Every word that a cardinal is made of, in the nominative, but the scales."""

THOUSANDS = ("тысяча", "тысячи", "тысяч")
MILLIONS = ("миллион", "миллиона", "миллионов")
ROUBLES = ("рубль", "рубля", "рублей")
KOPECKS = ("копейка", "копейки", "копеек")
TENTHS = ("десятая", "десятых", "десятых")
MOST = 999_999_999


def digits(text: str) -> list[str]:
    """«007» → ноль ноль семь."""
    return [UNITS[int(sign)] for sign in text]


def plural(count: int, forms: Sequence[str]) -> str:
    """The noun's form after the count: рубль, рубля, рублей."""
    if count % 100 in range(11, 15):
        return forms[2]
    return forms[0] if count % 10 == 1 else forms[1] if count % 10 in (2, 3, 4) else forms[2]


def cardinal(value: int, *, feminine: bool = False, bare_thousand: bool = False) -> list[str]:
    """The words of 0 to MOST. `bare_thousand`: «тысяча двести», not «одна тысяча двести»."""
    if not 0 <= value <= MOST:
        raise ValueError(f"{value}: only 0 to {MOST} can be said")
    millions, rest = divmod(value, 1_000_000)
    thousands, units = divmod(rest, 1000)
    words = [*_below_thousand(millions), plural(millions, MILLIONS)] if millions else []
    if thousands:
        said = [] if thousands == 1 and bare_thousand else _below_thousand(thousands, feminine=True)
        words += [*said, plural(thousands, THOUSANDS)]
    return words + _below_thousand(units, feminine=feminine) or ["ноль"]


def counted(count: int, forms: Sequence[str], *, feminine: bool = False) -> list[str]:
    """The count with its noun: «две копейки»."""
    return [*cardinal(count, feminine=feminine, bare_thousand=True), plural(count, forms)]


def group(text: str) -> list[str]:
    """Up to three digits as one number, leading zeros before it: «002» → ноль ноль два, «50» → пятьдесят."""
    rest = text.lstrip("0")
    return digits("0" * (len(text) - len(rest))) + (cardinal(int(rest)) if rest else [])


def _below_thousand(value: int, *, feminine: bool = False) -> list[str]:
    """The words of 1 to 999; none for 0."""
    words = [HUNDREDS[value // 100 - 1]] if value >= 100 else []
    value %= 100
    if value >= 20:
        words.append(TENS[value // 10 - 2])
        value %= 10
    if value:
        words.append({1: "одна", 2: "две"}.get(value, UNITS[value]) if feminine else UNITS[value])
    return words
