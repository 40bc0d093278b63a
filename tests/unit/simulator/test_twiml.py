"""TwiML is read strictly."""

import pytest

from ivr.simulator.twiml import TwimlError, parse
from ivr.simulator.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Number,
    Pause,
    Play,
    Redirect,
    Reject,
    Say,
)


def inside(body: str, place: str = "call"):
    return parse(f"<Response>{body}</Response>", place)


def test_an_empty_response_is_lawful() -> None:
    assert inside("") == ()


@pytest.mark.parametrize(
    ("body", "verb"),
    [
        ('<Say language="ru-RU" voice="v" loop="2"> Здравствуйте,\n  это  мы </Say>',
         Say("Здравствуйте, это мы", "ru-RU", "v", 2)),
        ('<Say>раз <prosody rate="slow">два <break time="500ms"/>три</prosody>'
         ' <lang xml:lang="ru-RU">А</lang></Say>',
         Say("раз два три А", rate="slow", breaks_s=0.5)),
        ('<Play loop="0">https://x/a.wav</Play>', Play("https://x/a.wav", 0)),
        ("<Pause/>", Pause(1)),
        ('<Pause length="3"/>', Pause(3)),
        ("<Gather/>", Gather()),
        ('<Redirect method="get">/next</Redirect>', Redirect("/next", "GET")),
        ("<Hangup/>", Hangup()),
        ('<Reject reason="busy"/>', Reject("busy")),
        ('<Enqueue action="/a" waitUrl="/w" waitUrlMethod="GET">q</Enqueue>',
         Enqueue("q", "/a", "POST", "/w", "GET")),
        ("<Dial>+79161234501</Dial>", Dial((Number("+79161234501"),))),
        ('<Dial action="/a" timeout="20" answerOnBridge="true" callerId="+7800" timeLimit="60"'
         ' hangupOnStar="true"><Number url="/w" method="GET" statusCallback="/s"'
         ' statusCallbackEvent="ringing answered">+79161234501</Number></Dial>',
         Dial((Number("+79161234501", "/w", "GET", "/s", frozenset({"ringing", "answered"})),),
              "/a", "POST", 20, True, "+7800", 60, True)),
    ],
)  # fmt: skip
def test_each_verb_has_its_attributes_and_defaults(body: str, verb: object) -> None:
    assert inside(body) == (verb,)


def test_a_gather_has_all_that_we_use() -> None:
    (gather,) = inside(
        '<Gather input="speech dtmf" action="/turn/1" timeout="7" speechTimeout="2" speechModel="phone_call"'
        ' hints="да, нет" language="ru-RU" profanityFilter="false" numDigits="1" finishOnKey=""'
        ' actionOnEmptyResult="true" bargeIn="false" enhanced="true"><Say>Да?</Say><Pause/></Gather>'
    )
    assert gather == Gather(
        (Say("Да?"), Pause()), frozenset({"dtmf", "speech"}), "/turn/1", "POST", 7, 2, "phone_call",
        ("да", "нет"), "ru-RU", False, 1, "", True, False, True,
    )  # fmt: skip


def test_only_the_queue_knows_leave() -> None:
    assert inside("<Leave/>", "queue") == (Leave(),)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<Sing/>", 12200),
        ("<Say>а", 12100),
        ('<Say tone="low">а</Say>', 12200),
        ("<Say></Say>", 13520),
        (f"<Say>{'а' * 4097}</Say>", 13520),
        ('<Say loop="-1">а</Say>', 13510),
        ("<Say><b>а</b></Say>", 12200),
        ('<Say><break time="11s"/>а</Say>', 12200),
        ('<Pause length="0"/>', 13910),
        ('<Pause length="1.5"/>', 13910),
        ('<Gather timeout="0"/>', 13313),
        ('<Gather timeout="auto"/>', 13313),
        ('<Gather timeout="٣"/>', 13313),
        ('<Gather speechTimeout="soon"/>', 13327),
        ('<Gather speechModel="phone_call" speechTimeout="auto"/>', 13331),
        ('<Gather speechModel="guess"/>', 13334),
        ('<Gather speechModel="numbers_and_commands" language="ru-RU"/>', 13334),
        ('<Gather finishOnKey="A"/>', 13311),
        ('<Gather numDigits="0"/>', 13314),
        ('<Gather input="voice"/>', 12200),
        ('<Gather method="PUT"/>', 13312),
        (f'<Gather hints="{",".join(["а"] * 501)}"/>', 12200),
        (f'<Gather hints="{"а" * 101}"/>', 12200),
        ("<Gather><Hangup/></Gather>", 13320),
        ("<Gather>текст</Gather>", 12200),
        ('<Gather profanityFilter="no"/>', 12200),
        ('<Redirect method="PUT">/</Redirect>', 13710),
        ("<Redirect><Say>а</Say></Redirect>", 12200),
        ('<Reject reason="rude"/>', 12200),
        ('<Enqueue workflowSid="WW1"/>', 12200),
        ("<Enqueue/>", 12200),
        ("<Leave/>", 12200),
        ('<Dial timeout="601">+79161234501</Dial>', 13212),
        ("<Dial>112x</Dial>", 13223),
        ("<Dial><Client>a</Client></Dial>", 12200),
        ("<Hangup>а</Hangup>", 12200),
        ("текст", 12200),
        ("<Say>а</Say>текст", 12200),
    ],
)
def test_what_twilio_would_not_take_is_an_error(body: str, code: int) -> None:
    with pytest.raises(TwimlError) as error:
        inside(body)
    assert error.value.code == code


@pytest.mark.parametrize(
    "body",
    [f"<Say>{'а' * 4096}</Say>", f'<Gather hints="{",".join(["а" * 100] * 500)}"/>',
     '<Gather speechTimeout="auto"/>',
     '<Gather speechModel="phone_call" speechTimeout="1"/>', '<Dial timeout="600">+79161234501</Dial>'],
)  # fmt: skip
def test_the_limits_themselves_are_lawful(body: str) -> None:
    inside(body)


@pytest.mark.parametrize(
    ("place", "verb"), [("queue", "<Enqueue>q</Enqueue>"), ("whisper", "<Dial>+79161234501</Dial>")]
)
def test_a_verb_out_of_place_is_an_error(place: str, verb: str) -> None:
    with pytest.raises(TwimlError):
        inside(verb, place)


@pytest.mark.parametrize("document", ["", "hello", "<Html/>", '{"a": 1}'])
def test_what_is_no_response_is_no_document(document: str) -> None:
    with pytest.raises(TwimlError) as error:
        parse(document)
    assert error.value.code == 12100


def test_slow_words_and_breaks_take_time() -> None:
    (said,) = inside('<Say loop="2">' + "а" * 28 + '<break time="1s"/></Say>')
    assert said.seconds == 6.0
