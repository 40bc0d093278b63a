"""The phone set: what the acoustic model tells apart.

Doubled vowels are stressed (aa), doubled consonants soft (tt). A few short words that everything hangs on have phones
that belong to them alone («пять» and «девять» share their end, and are confused): see `OWN_WAYS`.
"""

SILENCE, UNKNOWN = "SIL", "UNK"

STRESSED_VOWELS = ("aa", "oo", "uu", "ii", "yy", "ee")
UNSTRESSED_VOWELS = ("a", "ax", "i", "y", "u")
"""a: а and о before the stress and at a word's start; ax: elsewhere; i: after a soft consonant; y: after ж, ш, ц."""
VOWELS = STRESSED_VOWELS + UNSTRESSED_VOWELS
HARD_CONSONANTS = tuple("bvgdzklmnprstfh")
SOFT_CONSONANTS = tuple(2 * phone for phone in HARD_CONSONANTS)
OTHER_CONSONANTS = ("zh", "sh", "c", "ch", "sch", "j")

GENERIC = VOWELS + HARD_CONSONANTS + SOFT_CONSONANTS + OTHER_CONSONANTS
"""The phones of any word, silence and the unknown aside."""

_OWN_WORDS = """
ноль: n oo ll
нуль: n uu ll
один: a dd ii n
одна: a d n aa
одно: a d n oo
два: d v aa
две: d vv ee
три: t rr ii
четыре: ch i t yy rr i
пять: pp aa tt
шесть: sh ee ss tt
семь: ss ee mm
восемь: v oo ss i mm
девять: dd ee vv i tt
десять: dd ee ss i tt
да: d aa
нет: nn ee t
оператор: a pp i r aa t ax r
"""


def _own_ways() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _OWN_WORDS.strip().splitlines():
        word, phones = line.split(": ")
        found[word] = tuple(f"{phone}{place}:{word}" for place, phone in enumerate(phones.split(), 1))
    return found


OWN_WAYS = _own_ways()
"""Word → its own phones, each named after the generic phone it is, its place from 1 and the word: "pp1:пять"."""

PHONES: tuple[str, ...] = (
    SILENCE,
    UNKNOWN,
    *GENERIC,
    *(phone for way in OWN_WAYS.values() for phone in way),
)
"""Phone i has the forward pdf 2i and the self-loop pdf 2i + 1."""

PHONE_INDEX: dict[str, int] = {phone: index for index, phone in enumerate(PHONES)}


def generic(phone: str) -> str:
    """The generic phone that an own phone is; a generic phone itself."""
    return phone.partition(":")[0].rstrip("0123456789")
