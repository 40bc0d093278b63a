"""Nouns that the line counts, in every case and number, so that a number agrees with them."""

from dataclasses import dataclass
from typing import Literal

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
Gender = Literal["masculine", "feminine", "neuter"]
Forms = tuple[str, str, str, str, str, str]
"""A word in the six cases, in the order of `Case`."""

CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")


@dataclass(frozen=True)
class Noun:
    """A thing that can be counted; none of them is alive, whose accusative would be another."""

    gender: Gender
    singular: Forms
    plural: Forms

    def after(self, value: int, case: Case = "nominative") -> str:
        """The form after a number in that case: 2 → «две заявки», «о двух заявках»."""
        place = CASES.index(case)
        kind = plural(value, ("one", "few", "many"))
        if kind == "one":
            return self.singular[place]
        if case not in ("nominative", "accusative"):
            return self.plural[place]
        return (self.singular if kind == "few" else self.plural)[CASES.index("genitive")]


def plural(value: int, forms: tuple[str, str, str]) -> str:
    """Of the forms for 1, 2 and 5 the one that stands after the number in the nominative."""
    last_two = abs(value) % 100
    if 11 <= last_two <= 14:
        return forms[2]
    return forms[0] if last_two % 10 == 1 else forms[1] if 2 <= last_two % 10 <= 4 else forms[2]


KILOWATT_HOUR = Noun(
    "masculine",
    ("киловатт-час", "киловатт-часа", "киловатт-часу", "киловатт-час", "киловатт-часом", "киловатт-часе"),
    (
        "киловатт-часы", "киловатт-часов", "киловатт-часам",
        "киловатт-часы", "киловатт-часами", "киловатт-часах",
    ),
)  # fmt: skip
FIGURE = Noun(
    "feminine",
    ("цифра", "цифры", "цифре", "цифру", "цифрой", "цифре"),
    ("цифры", "цифр", "цифрам", "цифры", "цифрами", "цифрах"),
)
REQUEST = Noun(
    "feminine",
    ("заявка", "заявки", "заявке", "заявку", "заявкой", "заявке"),
    ("заявки", "заявок", "заявкам", "заявки", "заявками", "заявках"),
)
ROUBLE = Noun(
    "masculine",
    ("рубль", "рубля", "рублю", "рубль", "рублём", "рубле"),
    ("рубли", "рублей", "рублям", "рубли", "рублями", "рублях"),
)
KOPECK = Noun(
    "feminine",
    ("копейка", "копейки", "копейке", "копейку", "копейкой", "копейке"),
    ("копейки", "копеек", "копейкам", "копейки", "копейками", "копейках"),
)
HOUR = Noun(
    "masculine",
    ("час", "часа", "часу", "час", "часом", "часе"),
    ("часы", "часов", "часам", "часы", "часами", "часах"),
)
MINUTE = Noun(
    "feminine",
    ("минута", "минуты", "минуте", "минуту", "минутой", "минуте"),
    ("минуты", "минут", "минутам", "минуты", "минутами", "минутах"),
)
