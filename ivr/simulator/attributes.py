"""The attributes of one TwiML element, each taken once and checked; what is left over is an error."""

import re
from xml.etree.ElementTree import Element

from ivr.simulator.verbs import Method

BAD_DOCUMENT = 12100
BAD_ELEMENT = 12200
_METHODS: dict[str, Method] = {"GET": "GET", "POST": "POST"}
_BOOLEANS = {"true": True, "false": False}
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class TwimlError(ValueError):
    """TwiML that Twilio would not carry out; `code` as in Twilio's dictionary of errors."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Attributes:
    """Every method raises TwimlError with `code` where the value is not of its kind."""

    def __init__(self, element: Element) -> None:
        self._tag = element.tag
        self._left = dict(element.attrib)

    def text(self, name: str, default: str = "") -> str:
        """Any text."""
        return self._left.pop(name, default)

    def whole(self, name: str, default: int, code: int = BAD_ELEMENT, least: int = 1) -> int:
        """A whole number in decimal digits, `least` or more."""
        value = self._left.pop(name, None)
        if value is None:
            return default
        if not _NUMBER.fullmatch(value) or int(value) < least:
            raise self.refusal(name, value, code)
        return int(value)

    def boolean(self, name: str, default: bool) -> bool:
        """`true` or `false`."""
        return _BOOLEANS[self.word(name, "true" if default else "false", frozenset(_BOOLEANS))]

    def method(self, name: str = "method", code: int = BAD_ELEMENT) -> Method:
        """`GET` or `POST`, in any case as with Twilio; POST by default."""
        value = self._left.pop(name, "POST")
        if value.upper() not in _METHODS:
            raise self.refusal(name, value, code)
        return _METHODS[value.upper()]

    def word(self, name: str, default: str, known: frozenset[str], code: int = BAD_ELEMENT) -> str:
        """One of the known words."""
        value = self._left.pop(name, default)
        if value not in known:
            raise self.refusal(name, value, code)
        return value

    def words(
        self, name: str, default: str, known: frozenset[str], code: int = BAD_ELEMENT
    ) -> frozenset[str]:
        """Several of the known words, at least one."""
        value = self._left.pop(name, default)
        found = frozenset(value.split())
        if not found or not found <= known:
            raise self.refusal(name, value, code)
        return found

    def finish(self) -> None:
        """Raises TwimlError where an attribute was not asked for: Twilio warns of it and leaves it out."""
        if self._left:
            raise TwimlError(BAD_ELEMENT, f"<{self._tag}>: unknown attribute {', '.join(sorted(self._left))}")

    def refusal(self, name: str, value: str, code: int) -> TwimlError:
        """For a value that does not do."""
        return TwimlError(code, f"<{self._tag}>: invalid {name} {value[:60]!r}")
