"""Whether the phone said something: words, with no regard to case, «ё», punctuation and stress marks."""

import re
import unicodedata

_NOT_WORDS = re.compile(r"[\W_]+")
_STRESS = "\N{COMBINING ACUTE ACCENT}"


def plain(text: str) -> str:
    """Words between single spaces, with one before and after: no case, «ё», punctuation or stress marks."""
    composed = unicodedata.normalize("NFC", text).replace(_STRESS, "").casefold().replace("ё", "е")
    return f" {' '.join(_NOT_WORDS.sub(' ', composed).split())} "


def find(text: str, heard: str, start: int = 0) -> int | None:
    """Where the words of `text` end in `plain(heard)`, looked for from `start`; None where they are not.

    «…» in `text` stands for any words between.
    """
    plain_heard = plain(heard)
    place = start
    for piece in text.replace("...", "…").split("…"):
        wanted = plain(piece)
        if not wanted.strip():
            continue
        found = plain_heard.find(wanted, place)
        if found < 0:
            return None
        place = found + len(wanted) - 1
    return place
