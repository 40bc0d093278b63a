"""Russian phone numbers as people dictate them."""

import phonenumbers

REGION = "RU"


def is_russian_mobile(e164: str) -> bool:
    """Whether a number in E.164 is a mobile one of Russia: what can take a text message."""
    number = phonenumbers.parse(e164)
    return (
        phonenumbers.is_valid_number_for_region(number, REGION)
        and phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    )


def russian_phone(digits: str) -> str | None:
    """Ten or eleven digits as E.164 («девять один шесть …», «восемь девять …»), if there is such a number."""
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
