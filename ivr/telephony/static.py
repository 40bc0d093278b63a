"""The fallback for another host: TwiML that needs no line behind it. A sentence, and the telephones of people."""

from collections.abc import Sequence

from twilio.twiml.voice_response import Dial, VoiceResponse

from ivr.language.prompts import Prompts
from ivr.telephony.twiml import LANGUAGE, MOST_NUMBERS

RINGING_S = 60


def fallback(prompts: Prompts, say_voice: str, numbers: Sequence[str]) -> str:
    """All numbers ring at once; who answers first has the caller."""
    response = VoiceResponse()
    response.say(prompts.text("fallback", {}), voice=say_voice, language=LANGUAGE)
    dial = Dial(timeout=RINGING_S)
    for number in numbers[:MOST_NUMBERS]:
        dial.number(number)
    response.append(dial)
    return str(response)
