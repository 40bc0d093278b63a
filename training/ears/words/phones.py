"""The phone set: what the acoustic model tells apart.

Doubled vowels are stressed (aa), doubled consonants soft (tt).
"""

SILENCE, UNKNOWN = "SIL", "UNK"

STRESSED_VOWELS = ("aa", "oo", "uu", "ii", "yy", "ee")
UNSTRESSED_VOWELS = ("a", "ax", "i", "y", "u")
"""a: а and о before the stress and at a word's start; ax: elsewhere; i: after a soft consonant; y: after ж, ш, ц."""
VOWELS = STRESSED_VOWELS + UNSTRESSED_VOWELS
HARD_CONSONANTS = tuple("bvgdzklmnprstfh")
SOFT_CONSONANTS = tuple(2 * phone for phone in HARD_CONSONANTS)
OTHER_CONSONANTS = ("zh", "sh", "c", "ch", "sch", "j")

SPOKEN = VOWELS + HARD_CONSONANTS + SOFT_CONSONANTS + OTHER_CONSONANTS
"""The phones of words, silence and the unknown aside."""

PHONES: tuple[str, ...] = (
    SILENCE,
    UNKNOWN,
    *SPOKEN,
)
"""Phone i has the forward pdf 2i and the self-loop pdf 2i + 1."""

PHONE_INDEX: dict[str, int] = {phone: index for index, phone in enumerate(PHONES)}
