"""What a `<Gather>` sends for speech, keys and silence. None: it sends nothing and the next verb runs."""

from ivr.simulator.record import CannotAct
from ivr.simulator.verbs import Gather

KEYS = frozenset("0123456789*#")


def of_keys(gather: Gather, keys: str) -> dict[str, str] | None:
    """Up to `numDigits` or to `finishOnKey`, whichever comes first; the rest is dropped.

    A finishing key does nothing without a digit before it (Twilio's rule).
    Raises CannotAct for what is no key.
    """
    if not keys or not set(keys) <= KEYS:
        raise CannotAct(f"Таких кнопок на телефоне нет: «{keys}».")
    if "dtmf" not in gather.input:
        return of_silence(gather)
    digits = ""
    for key in keys:
        if key == gather.finish_on_key:
            if digits:
                break
            continue
        digits += key
        if len(digits) == gather.num_digits:
            break
    return {"Digits": digits} if digits else of_silence(gather)


def of_speech(gather: Gather, text: str, confidence: float | None) -> dict[str, str] | None:
    """Speech as recognised; a Gather for keys alone hears none. Confidence may be absent (Twilio's rule)."""
    if "speech" not in gather.input or not text.strip():
        return of_silence(gather)
    fields = {"SpeechResult": text, "Language": gather.language}
    return fields if confidence is None else {**fields, "Confidence": str(confidence)}


def of_silence(gather: Gather) -> dict[str, str] | None:
    """Time ran out: only `actionOnEmptyResult` asks for the action then (Twilio's rule).

    Which fields come with it is not documented: an empty one for each kind of input.
    """
    if not gather.action_on_empty_result:
        return None
    fields = {"Digits": ""} if "dtmf" in gather.input else {}
    return {**fields, "SpeechResult": ""} if "speech" in gather.input else fields
