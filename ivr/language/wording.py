"""Russian words for what the line says: numbers, money, dates, accounts, phones. Commas are pauses.

`slow` is for the caller who asked «помедленнее»: shorter pieces, said as one would dictate to somebody writing.
"""

from datetime import date as Date
from datetime import time as Time
from functools import lru_cache
from itertools import pairwise

from num2words import num2words

from ivr.language.nouns import FIGURE, HOUR, KILOWATT_HOUR, KOPECK, MINUTE, ROUBLE, Case, Gender, Noun

_MILLION = 1_000_000
_GENDERS = {"masculine": "m", "feminine": "f", "neuter": "n"}
_SCALES = ("тысяч", "миллион", "миллиард")
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


@lru_cache(maxsize=8_192)
def number(value: int, case: Case = "nominative", gender: Gender = "masculine") -> str:
    """A cardinal: 12345 → «двенадцать тысяч триста сорок пять». Raises OverflowError beyond 10 ** 33."""
    if gender != "masculine" and abs(value) >= _MILLION:  # «один миллион две», whatever is counted
        below = abs(value) % _MILLION
        millions = number((abs(value) - below) * (-1 if value < 0 else 1), case)
        return f"{millions} {number(below, case, gender)}" if below else millions
    return str(num2words(value, lang="ru", case=case, gender=_GENDERS[gender], animate=False))


def number_slowly(value: int, case: Case = "nominative", gender: Gender = "masculine") -> str:
    """Thousands, hundreds and the rest apart: «двенадцать тысяч, триста, сорок пять»."""
    if value < 0:
        return f"минус {number_slowly(-value, case, gender)}"
    pieces: list[str] = []
    for words in _by_thousands(number(value, case, gender)):
        hundreds = 1 if len(words) > 1 and not _scale(words) and value % 1000 >= 100 else 0
        pieces += [" ".join(words[:hundreds]), " ".join(words[hundreds:])]
    return ", ".join(filter(None, pieces))


def counted(value: int, noun: Noun, case: Case = "nominative", *, slow: bool = False) -> str:
    """A number with what it counts: «двадцать одна заявка», «о двух заявках»."""
    speak = number_slowly if slow else number
    return f"{speak(value, case, noun.gender)} {noun.after(value, case)}"


def kwh(value: int, *, slow: bool = False) -> str:
    """An amount of energy: 21 → «двадцать один киловатт-час»."""
    return counted(value, KILOWATT_HOUR, slow=slow)


def figures(count: int) -> str:
    """How many digits: 2 → «две цифры», 10 → «десять цифр»."""
    return counted(count, FIGURE)


def money(kopecks: int, case: Case = "nominative", *, slow: bool = False) -> str:
    """An amount in kopecks: 30050 → «триста рублей пятьдесят копеек»; what is zero is not said, but for 0."""
    roubles, rest = divmod(abs(kopecks), 100)
    parts = [counted(roubles, ROUBLE, case, slow=slow)] if roubles or not rest else []
    parts += [counted(rest, KOPECK, case)] if rest else []
    return ("минус " if kopecks < 0 else "") + (", " if slow else " ").join(parts)


def time(moment: Time, case: Case = "nominative") -> str:
    """By the clock of 24 hours: «пятнадцать часов тридцать минут», on the hour without minutes."""
    hours = counted(moment.hour, HOUR, case)
    return f"{hours} {counted(moment.minute, MINUTE, case)}" if moment.minute else hours


def digits(text: str) -> str:
    """One by one: "120" → «один, два, ноль». Raises ValueError if anything else is in it."""
    return ", ".join(number(int(digit)) for digit in _only_digits(text))


def serial(text: str) -> str:
    """A number on a case, sign by sign: "2/Б" → «два, Б». What is neither digit nor letter is left out."""
    return ", ".join(number(int(c)) if c in "0123456789" else c.upper() for c in text if c.isalnum())


def account(text: str, *, slow: bool = False) -> str:
    """In twos, a three first if the length is odd: "05012" → «ноль пятьдесят, двенадцать».

    Slowly: «ноль пять ноль, один два». Raises ValueError if it is not digits alone.
    """
    return _pairs(text, slow)


def request_number(text: str, *, slow: bool = False) -> str:
    """A request's number in twos, as `account`: "100018" → «десять, ноль ноль, восемнадцать»."""
    return _pairs(text, slow)


@lru_cache(maxsize=1_024)
def phone(text: str, *, slow: bool = False) -> str:
    """+79161234501 → «восемь, девятьсот шестнадцать, сто двадцать три, сорок пять, ноль один».

    Slowly: «восемь, девять один шесть, один два три, четыре пять, ноль один». A foreign one, or one of another
    length, digit by digit. Raises ValueError if it holds no digits alone.
    """
    plain = _only_digits(text.removeprefix("+"))
    if len(plain) == 11 and (text.startswith("+7") or text.startswith("8")):
        return "восемь, " + _cut(plain, (1, 4, 7, 9, 11), slow)
    return ("плюс, " if text.startswith("+") else "") + digits(plain)


@lru_cache(maxsize=1_024)
def date(moment: Date, genitive: bool = False) -> str:
    """«двадцатое ноября», or with `genitive` «двадцатого ноября»."""
    return f"{day_of_month(moment.day, genitive)} {_MONTHS[moment.month - 1]}"


@lru_cache(maxsize=64)
def day_of_month(number: int, genitive: bool = False) -> str:
    """A day of the month alone: «двадцать шестое», or with `genitive` «двадцать шестого»."""
    case = {"case": "g"} if genitive else {}
    return str(num2words(number, lang="ru", to="ordinal", gender="n", **case))


def told_apart(first: int, second: int) -> tuple[str, str]:
    """What differs between two numbers: 12350 and 12315 → «пятьдесят» and «пятнадцать».

    Both in full where one side would be left without words, where what is left stands elsewhere in them as well,
    and where they differ in more than one thousand's group. The count of thousands is never cut: «двадцать одна
    тысяча», not «одна тысяча».
    """
    full = number(first), number(second)
    first_groups, second_groups = map(_by_thousands, full)
    groups = list(zip(first_groups, second_groups, strict=False))
    differing = [pair for pair in groups if pair[0] != pair[1]]
    if len(differing) != 1 or len(first_groups) != len(second_groups):
        return full
    one, other = _trimmed(*differing[0])
    common = [word for group in groups if group[0] == group[1] for word in group[0]]
    if not one or not other or not set(common).isdisjoint([*one, *other]):
        return full
    return " ".join(one), " ".join(other)


def _trimmed(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Without the words that both begin and end with; of a count of thousands only without the scale."""
    if _scale(one) or _scale(other):
        return (one[:-1], other[:-1]) if one[-1] == other[-1] else (one, other)
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def _by_thousands(spoken: str) -> list[list[str]]:
    """A number's words up to each scale: [[двенадцать, тысяч], [триста, сорок, пять]]."""
    groups: list[list[str]] = [[]]
    for word in spoken.split():
        groups[-1].append(word)
        if _scale([word]):
            groups.append([])
    return [group for group in groups if group]


def _scale(words: list[str]) -> bool:
    """Whether they end in «тысяч», «миллиона» and the like."""
    return words[-1].startswith(_SCALES)


def _pairs(text: str, slow: bool) -> str:
    plain = _only_digits(text)
    first = 3 if len(plain) % 2 and len(plain) > 1 else 2
    return _cut(plain, (0, *range(first, len(plain), 2), len(plain)), slow)


@lru_cache(maxsize=1_024)
def _cut(text: str, places: tuple[int, ...], slow: bool) -> str:
    """The groups between the places, with pauses; slowly each of them digit by digit."""
    groups = [text[start:end] for start, end in pairwise(places)]
    return ", ".join(" ".join(number(int(digit)) for digit in one) if slow else group(one) for one in groups)


def group(text: str) -> str:
    """Digits as one number, leading zeros said: "05" → «ноль пять», "00" → «ноль ноль»."""
    rest = text.lstrip("0")
    return " ".join([*["ноль"] * (len(text) - len(rest)), *([number(int(rest))] if rest else [])])


def _only_digits(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"expected digits alone, got {text!r}")
    return text
