"""What stands inside `<Say>`: text, and the few SSML elements that are used here."""

import re
from xml.etree.ElementTree import Element

from ivr.simulator.attributes import BAD_ELEMENT, Attributes, TwimlError

LONGEST_BREAK_S = 10
_BREAK = re.compile(r"(\d+(?:\.\d+)?)(ms|s)", re.ASCII)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def spoken(say: Element) -> tuple[str, str, float]:
    """The text with single spaces, the innermost `<prosody rate>`, all breaks in seconds.

    Raises TwimlError.
    """
    pieces, rate, breaks_s = _ssml(say)
    return " ".join("".join(pieces).split()), rate, breaks_s


def _ssml(element: Element) -> tuple[list[str], str, float]:
    """The pieces of text inside, the last `<prosody rate>`, and the sum of breaks."""
    pieces, rate, breaks_s = [element.text or ""], "", 0.0
    for child in element:
        given = Attributes(child)
        if child.tag == "break":
            breaks_s += _break_s(given)
            pieces.append(" ")
        elif child.tag == "prosody":
            rate = given.text("rate") or rate
        elif child.tag == "lang":
            given.text(_XML_LANG)
        else:
            raise TwimlError(BAD_ELEMENT, f"<Say>: unknown element <{child.tag}>")
        given.finish()
        inside, inner_rate, inner_s = _ssml(child)
        pieces += [*inside, child.tail or ""]
        rate, breaks_s = inner_rate or rate, breaks_s + inner_s
    return pieces, rate, breaks_s


def _break_s(given: Attributes) -> float:
    """`time` of a `<break>`, in seconds; Twilio allows 10 s."""
    value = given.text("time", "1s")
    found = _BREAK.fullmatch(value)
    seconds = float(found[1]) / (1000 if found[2] == "ms" else 1) if found else -1.0
    if not 0 <= seconds <= LONGEST_BREAK_S:
        raise given.refusal("time", value, BAD_ELEMENT)
    return seconds
