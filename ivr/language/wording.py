"""Russian words for what the line says: numbers, dates, accounts, phones. Commas are pauses."""

from datetime import date as Date
from functools import lru_cache

from num2words import num2words

KILOWATT_HOURS = ("киловатт-час", "киловатт-часа", "киловатт-часов")

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


@lru_cache(maxsize=8_192)
def number(value: int) -> str:
    """A cardinal, nominative, masculine: 12345 → «двенадцать тысяч триста сорок пять»."""
    return str(num2words(value, lang="ru"))


def reading(value: int) -> str:
    """A register's reading, whole kWh, as it is read back; 0 → «ноль»."""
    return number(value)


def kwh(value: int) -> str:
    """An amount of energy: 21 → «двадцать один киловатт-час»."""
    return f"{number(value)} {plural(value, KILOWATT_HOURS)}"


def plural(value: int, forms: tuple[str, str, str]) -> str:
    """The noun's form after the number: forms for 1, 2 and 5."""
    last_two = abs(value) % 100
    if 11 <= last_two <= 14:
        return forms[2]
    return forms[0] if last_two % 10 == 1 else forms[1] if 2 <= last_two % 10 <= 4 else forms[2]


@lru_cache(maxsize=64)
def figures(count: int) -> str:
    """How many digits: 2 → «две цифры», 10 → «десять цифр»."""
    return f"{num2words(count, lang='ru', gender='f')} {plural(count, ('цифра', 'цифры', 'цифр'))}"


def digits(text: str) -> str:
    """One by one: "120" → «один, два, ноль». Raises ValueError if anything else is in it."""
    return ", ".join(number(int(digit)) for digit in _only_digits(text))


def serial(text: str) -> str:
    """A number on a case, sign by sign: "2/Б" → «два, Б». What is neither digit nor letter is left out."""
    return ", ".join(number(int(c)) if c in "0123456789" else c.upper() for c in text if c.isalnum())


def account(text: str) -> str:
    """In twos, a three first if the length is odd: "05012" → «ноль пятьдесят, двенадцать»."""
    return _pairs(text)


def request_number(text: str) -> str:
    """A request's number in twos: "100018" → «десять, ноль ноль, восемнадцать»."""
    return _pairs(text)


@lru_cache(maxsize=1_024)
def phone(text: str) -> str:
    """+79161234501 → «восемь, девятьсот шестнадцать, сто двадцать три, сорок пять, ноль один».

    A foreign one, or one of another length, digit by digit. Raises ValueError if it holds no digits alone.
    """
    plain = _only_digits(text.removeprefix("+"))
    if len(plain) == 11 and (text.startswith("+7") or text.startswith("8")):
        rest = plain[1:]
        return ", ".join(["восемь", *map(_group, (rest[:3], rest[3:6], rest[6:8], rest[8:]))])
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


@lru_cache(maxsize=1_024)
def _pairs(text: str) -> str:
    plain = _only_digits(text)
    first = 3 if len(plain) % 2 and len(plain) > 1 else 2
    groups = [plain[:first], *(plain[place : place + 2] for place in range(first, len(plain), 2))]
    return ", ".join(map(_group, groups))


def _group(text: str) -> str:
    """Digits as one number, leading zeros said: "05" → «ноль пять», "00" → «ноль ноль»."""
    rest = text.lstrip("0")
    return " ".join([*["ноль"] * (len(text) - len(rest)), *([number(int(rest))] if rest else [])])


def _only_digits(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"expected digits alone, got {text!r}")
    return text
