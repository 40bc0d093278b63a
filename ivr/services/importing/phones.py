"""The phones of an account: several in a cell, each a Russian number."""

import re
from functools import cache
from typing import Any

import phonenumbers

from ivr.language.phones import REGION, russian_phone
from ivr.services.importing.problems import Wrong

MOST = 20
EXPECTED = "не российский номер; нужен такой: +79161234501 или 8 (916) 123-45-01, несколько через запятую"
_SIGNS = str.maketrans("", "", " ()-\u00a0\u2013\u2011.")
_WRITTEN = re.compile(r"(?:\+7|7|8)?([0-9]{10})")


def phones(cell: str) -> tuple[str, ...]:
    """E.164, each once, in order. Raises Wrong with the one that is none."""
    if not cell:
        return ()
    if "," not in cell:
        return (_phone(cell),) if cell.strip() else ()
    found = {_phone(part) for part in cell.split(",") if part.strip()}
    if len(found) > MOST:
        raise Wrong(f"больше {MOST} номеров")
    return tuple(sorted(found))


def _phone(part: str) -> str:
    written = _WRITTEN.fullmatch(part) or _WRITTEN.fullmatch(part.translate(_SIGNS))
    if written is not None and _usual().fullmatch(written[1]):
        return f"+7{written[1]}"
    digits = part.translate(_SIGNS)
    phone = russian_phone(digits) if re.fullmatch(r"\+?[0-9]{10,15}", digits) else None
    if phone is None:
        raise Wrong(EXPECTED, part)
    if phonenumbers.number_type(phonenumbers.parse(phone)) == phonenumbers.PhoneNumberType.TOLL_FREE:
        raise Wrong("бесплатный номер, как у самой линии: у абонента такого не бывает", part)
    return phone


@cache
def _usual() -> re.Pattern[str]:
    """Mobile and fixed numbers by the library's own patterns: twenty times as fast as to ask it for each."""
    country: Any = phonenumbers.PhoneMetadata.metadata_for_region(REGION, None)
    kinds = (country.mobile.national_number_pattern, country.fixed_line.national_number_pattern)
    return re.compile("|".join(f"(?:{pattern})" for pattern in kinds))
