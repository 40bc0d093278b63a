"""What TwiML may not hold is not in it."""

from xml.etree import ElementTree

import pytest
from twilio.twiml.voice_response import VoiceResponse

from ivr.telephony.twiml import Voice


@pytest.mark.parametrize("slow", [False, True])
def test_signs_that_xml_forbids_are_left_out(slow):
    response = VoiceResponse()
    forbidden = "\0\a\x1b\ud800\ufffe\uffff"
    Voice("Polly.Tatyana", {}, (), "queue", 60).say(response, [f"Света{forbidden} нет\t💡 <&"], slow=slow)
    (said,) = ElementTree.fromstring(str(response).encode())
    assert "".join(said.itertext()) == "Света нет\t💡 <&"
