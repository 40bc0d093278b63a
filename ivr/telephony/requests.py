"""What a webhook says, read from its form. The caller's number, what was heard, how a transfer ended."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from flask import Request
from werkzeug.datastructures import MultiDict

from ivr.dialogue.steps import Heard

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HIDDEN = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What Twilio sends for ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE."""
_TURN = re.compile(r"/voice/(turn|queue|whisper|duty|screen)/(\d{1,6})(?:/(\d{1,2}))?")
_KEYS = frozenset("0123456789*ABCD")
INCOMING = 0
UNKNOWN_TURN = -1

_ANSWERED = frozenset({"completed", "answered"})
FINAL = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@dataclass(frozen=True)
class Webhook:
    """One webhook. `turn` as its URL names it."""

    sid: str
    turn: int
    form: MultiDict[str, str]
    held: str = ""
    """The sealed answer that rides in the URL while the database is away."""
    hurried: bool = False
    """Of the waiting loop: duty numbers come next, and soon."""
    duty: int | None = None
    """Of a ringing that ended: the duty number (from 0) that comes next; None where none does."""

    @property
    def caller(self) -> str | None:
        """The caller's number in E.164, or None where it is hidden or no number."""
        number = self.form.get("From", "")
        return number if _E164.fullmatch(number) and number not in _HIDDEN else None

    @property
    def heard(self) -> Heard:
        """What the Gather brought, without what neither a keypad nor a mouth can give. `#` only ends an answer."""
        speech = "".join(c if c.isprintable() else " " for c in self.form.get("SpeechResult", "")).strip()
        keys = "".join(key for key in self.form.get("Digits", "") if key in _KEYS)
        return Heard((speech,) if speech else (), keys)

    @property
    def note(self) -> dict[str, object]:
        """What else is worth a line in the log."""
        confidence = self.form.get("Confidence")
        return {"confidence": confidence} if confidence else {}

    @property
    def transfer_ended(self) -> str | None:
        """How the queue or the ringing ended, in Twilio's word; None where this is no such webhook.

        A leg that answered and was never bridged (a voicemail; an operator who hung up during the summary) did not
        take the call. A caller who is gone is gone, whatever became of the ringing.
        """
        if ended := self.form.get("QueueResult"):
            return ended
        ended = self.form.get("DialCallStatus")
        if ended is None or (ended in _ANSWERED and self._bridged):
            return ended
        if self.form.get("CallStatus") == "completed":
            return "canceled"
        return "no-answer" if ended in _ANSWERED else ended

    @property
    def _bridged(self) -> bool:
        """As Twilio says. Where it says nothing, who answered was put through, unless a key was asked for first."""
        return self.form.get("DialBridged", "true" if self.duty is None else "false") == "true"

    @property
    def queue_time(self) -> int:
        """Seconds in the queue."""
        return _number(self.form.get("QueueTime"))

    @property
    def queue_position(self) -> int:
        """The place in the queue, from 1."""
        return max(1, _number(self.form.get("QueuePosition")))


def read(request: Request, turn: int, duty: int | None = None) -> Webhook | None:
    """The webhook, or None where it names no call."""
    sid = request.form.get("CallSid", "")
    if not _SID.fullmatch(sid):
        return None
    return Webhook(
        sid, turn, request.form, request.args.get("held", ""), hurried="hurried" in request.args, duty=duty
    )


def read_fallback(request: Request) -> tuple[str, Webhook] | None:
    """The webhook that failed elsewhere, found again by `ErrorUrl`: what it was for, and itself."""
    url = urlsplit(request.form.get("ErrorUrl", ""))
    webhook = read(request, UNKNOWN_TURN)
    if webhook is None:
        return None
    query = parse_qs(url.query)
    held = query.get("held", [""])[0]
    if named := _TURN.search(url.path):
        duty = int(named[3] or 0) if named[1] == "duty" else None
        caller = query.get("call", [webhook.sid])[0]  # a leg's own webhook names the caller's call in its URL
        sid = caller if _SID.fullmatch(caller) else webhook.sid
        return named[1], Webhook(sid, int(named[2]), webhook.form, held, "hurried" in query, duty)
    turn = INCOMING if url.path.endswith("/voice/incoming") else UNKNOWN_TURN
    return "turn", Webhook(webhook.sid, turn, webhook.form, held)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
