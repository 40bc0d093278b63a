"""Russian phone numbers as people dictate them."""

import phonenumbers

REGION = "RU"


def russian_phone(digits: str) -> str | None:
    """Ten or eleven digits as E.164 («девять один шесть …», «восемь девять …»), if there is such a number."""
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
