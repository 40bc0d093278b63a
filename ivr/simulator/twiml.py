"""TwiML text → verbs, strictly: what Twilio would only warn of is an error here, so that tests find it."""

import re
from collections.abc import Callable, Mapping
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ivr.simulator.attributes import BAD_DOCUMENT, BAD_ELEMENT, Attributes, TwimlError
from ivr.simulator.ssml import spoken
from ivr.simulator.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Number,
    Pause,
    Play,
    Prompt,
    Redirect,
    Reject,
    Say,
    Verb,
)

__all__ = ["Place", "TwimlError", "parse"]

Place = Literal["call", "queue", "whisper"]
"""Where the document runs: each place takes verbs of its own (Twilio's rule)."""

MOST_CHARACTERS = 4096
MOST_HINTS = 500
LONGEST_HINT = 100
MOST_RINGING_S = 600
MOST_NUMBERS = 10

_INVALID_PAIR = 13331
_INVALID_TEXT = 13520
_MODELS = frozenset(
    {"", "default", "numbers_and_commands", "phone_call", "experimental_conversations"}
    | {"experimental_utterances", "googlev2_long", "googlev2_short", "googlev2_telephony"}
    | {"googlev2_telephony_short", "deepgram_nova-2", "deepgram_nova-3"}
)
_NOT_IN_RUSSIAN = frozenset({"numbers_and_commands", "experimental_conversations"})
_KEYS = frozenset({"", *"0123456789*#"})
_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_ALLOWED: Mapping[Place, frozenset[str]] = {
    "call": frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Reject", "Enqueue", "Dial"}),
    "queue": frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Leave"}),
    "whisper": frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup"}),
}


def parse(document: str, place: Place = "call") -> tuple[Verb, ...]:
    """The verbs of a `<Response>`; none where it is empty, which ends a call. Raises TwimlError."""
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as error:
        raise TwimlError(BAD_DOCUMENT, f"malformed XML: {error}") from error
    if root.tag != "Response":
        raise TwimlError(BAD_DOCUMENT, f"the root is <{root.tag}>, not <Response>")
    Attributes(root).finish()
    _no_text(root)
    return tuple(_verb(element, place) for element in root)


def _verb(element: Element, place: Place) -> Verb:
    if element.tag not in _READERS:
        raise TwimlError(BAD_ELEMENT, f"unknown element <{element.tag}>")
    if element.tag not in _ALLOWED[place]:
        raise TwimlError(BAD_ELEMENT, f"<{element.tag}> may not stand in TwiML for a {place}")
    return _READERS[element.tag](element)


def _say(element: Element) -> Say:
    given = Attributes(element)
    language, voice = given.text("language"), given.text("voice")
    loop = given.whole("loop", 1, 13510, least=0)
    given.finish()
    text, rate, breaks_s = spoken(element)
    if not text:
        raise TwimlError(_INVALID_TEXT, "<Say>: nothing to say")
    if len(text) > MOST_CHARACTERS:
        raise TwimlError(_INVALID_TEXT, f"<Say>: {len(text)} characters, at most {MOST_CHARACTERS}")
    return Say(text, language, voice, loop, rate, breaks_s)


def _play(element: Element) -> Play:
    given = Attributes(element)
    loop = given.whole("loop", 1, 13410, least=0)
    given.finish()
    url = _only_text(element)
    if not url:
        raise TwimlError(BAD_ELEMENT, "<Play>: no URL")
    return Play(url, loop)


def _pause(element: Element) -> Pause:
    given = Attributes(element)
    length = given.whole("length", 1, 13910)
    given.finish()
    _empty(element)
    return Pause(length)


def _gather(element: Element) -> Gather:
    given = Attributes(element)
    timeout = given.whole("timeout", 5, 13313)
    model = given.word("speechModel", "", _MODELS, 13334)
    language = given.text("language", "en-US")
    if model in _NOT_IN_RUSSIAN and language.startswith("ru"):
        raise TwimlError(13334, f"<Gather>: speechModel {model} does not know {language}")
    gather = Gather(
        prompts=tuple(_prompt(child) for child in element),
        input=given.words("input", "dtmf", frozenset({"dtmf", "speech"})),
        action=given.text("action"),
        method=given.method(code=13312),
        timeout=timeout,
        speech_timeout=_speech_timeout(given, timeout, model),
        speech_model=model,
        hints=_hints(given),
        language=language,
        profanity_filter=given.boolean("profanityFilter", True),
        num_digits=given.whole("numDigits", 0, 13314) or None,
        finish_on_key=given.word("finishOnKey", "#", _KEYS, 13311),
        action_on_empty_result=given.boolean("actionOnEmptyResult", False),
        barge_in=given.boolean("bargeIn", True),
        enhanced=given.boolean("enhanced", False),
    )
    given.finish()
    _no_text(element)
    return gather


def _prompt(element: Element) -> Prompt:
    readers: dict[str, Callable[[Element], Prompt]] = {"Say": _say, "Play": _play, "Pause": _pause}
    if element.tag not in readers:
        raise TwimlError(13320, f"<Gather>: invalid nested verb <{element.tag}>")
    return readers[element.tag](element)


def _speech_timeout(given: Attributes, timeout: int, model: str) -> int | None:
    """None is `auto`, which Twilio takes with no model only; the default is `timeout`."""
    value = given.text("speechTimeout", str(timeout))
    if value != "auto":
        return Attributes(Element("Gather", speechTimeout=value)).whole("speechTimeout", timeout, 13327)
    if model not in {"", "default"}:
        raise TwimlError(_INVALID_PAIR, f"<Gather>: speechTimeout auto with speechModel {model}")
    return None


def _hints(given: Attributes) -> tuple[str, ...]:
    value = given.text("hints")
    hints = tuple(hint.strip() for hint in value.split(",")) if value else ()
    if len(hints) > MOST_HINTS:
        raise TwimlError(BAD_ELEMENT, f"<Gather>: {len(hints)} hints, at most {MOST_HINTS}")
    for hint in hints:
        if not 0 < len(hint) <= LONGEST_HINT:
            raise TwimlError(BAD_ELEMENT, f"<Gather>: hint {hint[:40]!r} of {len(hint)} characters")
    return hints


def _redirect(element: Element) -> Redirect:
    given = Attributes(element)
    method = given.method(code=13710)
    given.finish()
    return Redirect(_only_text(element), method)


def _reject(element: Element) -> Reject:
    given = Attributes(element)
    reason = given.word("reason", "rejected", frozenset({"rejected", "busy"}))
    given.finish()
    _empty(element)
    return Reject("busy" if reason == "busy" else "rejected")


def _enqueue(element: Element) -> Enqueue:
    given = Attributes(element)
    action, method = given.text("action"), given.method()
    wait_url, wait_url_method = given.text("waitUrl"), given.method("waitUrlMethod")
    given.finish()
    queue = _only_text(element)
    if not 0 < len(queue) <= 64:
        raise TwimlError(BAD_ELEMENT, f"<Enqueue>: a queue's name has 1 to 64 characters, not {len(queue)}")
    return Enqueue(queue, action, method, wait_url, wait_url_method)


def _dial(element: Element) -> Dial:
    given = Attributes(element)
    timeout = given.whole("timeout", 30, 13212)
    if timeout > MOST_RINGING_S:
        raise given.refusal("timeout", str(timeout), 13212)
    dial = Dial(
        numbers=_numbers(element),
        action=given.text("action"),
        method=given.method(),
        timeout=timeout,
        answer_on_bridge=given.boolean("answerOnBridge", False),
        caller_id=given.text("callerId"),
        time_limit=given.whole("timeLimit", 14_400),
        hangup_on_star=given.boolean("hangupOnStar", False),
    )
    given.finish()
    return dial


def _numbers(element: Element) -> tuple[Number, ...]:
    """Either one plain number as text, or `<Number>`s, at most ten (Twilio's rule)."""
    if not len(element):
        return (Number(_e164(_only_text(element))),)
    _no_text(element)
    if len(element) > MOST_NUMBERS:
        raise TwimlError(BAD_ELEMENT, f"<Dial>: {len(element)} numbers, at most {MOST_NUMBERS}")
    return tuple(_number(child) for child in element)


def _number(element: Element) -> Number:
    if element.tag != "Number":
        raise TwimlError(BAD_ELEMENT, f"<Dial>: invalid nested element <{element.tag}>")
    given = Attributes(element)
    url, method = given.text("url"), given.method()
    callback = given.text("statusCallback")
    events = given.words("statusCallbackEvent", "completed", _EVENTS)
    callback_method = given.method("statusCallbackMethod")
    given.finish()
    return Number(_e164(_only_text(element)), url, method, callback, events, callback_method)


def _e164(number: str) -> str:
    if not _E164.fullmatch(number):
        raise TwimlError(13223, f"<Dial>: invalid phone number {number[:40]!r}")
    return number


def _hangup(element: Element) -> Hangup:
    Attributes(element).finish()
    _empty(element)
    return Hangup()


def _leave(element: Element) -> Leave:
    Attributes(element).finish()
    _empty(element)
    return Leave()


def _only_text(element: Element) -> str:
    if len(element):
        raise TwimlError(BAD_ELEMENT, f"<{element.tag}>: no element may stand inside")
    return (element.text or "").strip()


def _empty(element: Element) -> None:
    if _only_text(element):
        raise TwimlError(BAD_ELEMENT, f"<{element.tag}>: nothing may stand inside")


def _no_text(element: Element) -> None:
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        raise TwimlError(BAD_ELEMENT, f"<{element.tag}>: text between the verbs")


_READERS: Mapping[str, Callable[[Element], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
    "Enqueue": _enqueue,
    "Leave": _leave,
    "Dial": _dial,
}
