"""Which digits are a Russian phone."""

import pytest

from ivr.language import wording
from ivr.language.phones import russian_phone


@pytest.mark.parametrize(
    ("digits", "phone"),
    [
        ("84951234567", "+74951234567"),
        ("4951234567", "+74951234567"),
        ("84995509550", "+74995509550"),
        ("4985509550", "+74985509550"),
        ("84967242801", "+74967242801"),
        ("79161234501", "+79161234501"),
        ("8462223344", "+78462223344"),
        ("1234567", None),
        ("112", None),
        ("81234567890", None),
        ("375291234567", None),
        ("77011234567", None),
        ("0" * 10, None),
        ("", None),
    ],
)
def test_russian_phone(digits: str, phone: str | None) -> None:
    assert russian_phone(digits) == phone


def test_a_city_number_is_said_with_its_code() -> None:
    said = "восемь, четыреста девяносто пять, сто двадцать три, сорок пять, шестьдесят семь"
    assert wording.phone("+74951234567") == wording.phone("84951234567") == said
    slowly = "восемь, четыре девять девять, пять пять ноль, девять пять, пять ноль"
    assert wording.phone("+74995509550", slow=True) == slowly
