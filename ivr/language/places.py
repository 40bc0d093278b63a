"""Places as callers name them, held against the addresses of announced outages."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from ivr.language.numbers import spoken_numbers
from ivr.language.text import words

SHORTEST_STEM = 4
ALIKE = 80.0
"""So much alike, of 100, two words are forms of one name («Дачная», «на Дачной») or one misheard."""
MOST_RANGE = 200
"""Houses of «дома 1-15»; a longer one is no range of houses."""

HOUSE = frozenset(words("д дом дома доме"))
KINDS = frozenset(
    words(
        "ул улица улице улицы улицу проспект пр-т пер переулок шоссе проезд бульвар площадь тупик"
        " аллея мкр микрорайон поселок поселке пос деревня деревне село селе снт днп жк квартал линия"
    )
)
NOISE = KINDS | HOUSE | frozenset(
    words(
        "г город городе го ао обл область московская россия красногорск красногорске красногорский красногорского к"
        " корп корпус стр строение кв квартира подъезд этаж участок я мы у нас живу живем на в по от до и это адрес"
        " мой наш"
    )
)  # fmt: skip
"""Words that no street is called by."""
FLAT = frozenset(words("кв квартира подъезд этаж корп корпус к стр строение"))
"""The number after these is not the house's."""


@dataclass(frozen=True)
class Place:
    """Words of the names in an address, and its house numbers."""

    names: tuple[str, ...]
    houses: frozenset[str]


def place(text: str) -> Place:
    """An address taken apart: «ул. Дачная, д. 11А», «дачная улица дом одиннадцать а»."""
    names: list[str] = []
    houses: set[str] = set()
    before = ""
    for piece in _pieces(text):
        if piece[0].isdigit():
            if before not in FLAT:
                houses.add(piece)
        elif piece not in NOISE and len(piece) > 2:
            names.append(piece)
        before = piece
    return Place(tuple(names), frozenset(houses))


def is_place(text: str) -> bool:
    """Whether an utterance looks like an address: a street with its word, or a name with a house's number."""
    found, said = place(text), set(words(text))
    return bool(found.names and (said & KINDS or (said & HOUSE and found.houses)))


def same_place(said: str, announced: str) -> bool:
    """Whether what was said lies in what was announced: its street, and its house where houses are named."""
    here, there = place(said), place(announced)
    if not there.names or not all(_named(name, here.names) for name in there.names):
        return False
    return not there.houses or not here.houses or not here.houses.isdisjoint(there.houses)


def _named(name: str, said: tuple[str, ...]) -> bool:
    return any(ratio(_stem(name), _stem(one)) >= ALIKE for one in said)


def _stem(name: str) -> str:
    """Without its ending, as far as that can be told by length: «дачная» and «дачной» are «дачн»."""
    return name[: max(SHORTEST_STEM, len(name) - 2)]


def _pieces(text: str) -> Iterator[str]:
    """Words, numbers in digits, a range of houses as each of them."""
    said = words(text)
    place = 0
    while place < len(said):
        end = next(
            (end for end in range(min(place + 4, len(said)), place, -1) if _number(said[place:end])), 0
        )
        if not end:
            yield said[place]
            place += 1
            continue
        number = _number(said[place:end])
        upto = _number(said[end : end + 1]) if _is_range(text, said, end) else ""
        if upto and 0 < int(upto) - int(number) <= MOST_RANGE:
            yield from map(str, range(int(number), int(upto) + 1))
            end += 1
        else:
            yield number
        place = end


def _is_range(text: str, said: tuple[str, ...], end: int) -> bool:
    return 0 < end < len(said) and f"{said[end - 1]}-{said[end]}" in text.replace("–", "-").replace(" ", "")


def _number(said: tuple[str, ...]) -> str:
    """The number that all these words are, without leading zeros; «11а» is 11."""
    if len(said) == 1 and said[0][:1].isdigit():
        digits = "".join(c for c in said[0] if c.isdigit())
        return digits.lstrip("0")[:6]
    if not said or any(word[0].isdigit() for word in said):
        return ""
    number = next(spoken_numbers(" ".join(said), longest=4), None)
    return number.digits.lstrip("0") if number else ""
