"""How the line's number is to stand at the carrier: which number, what differs, what is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ivr.language.phones import russian_phone
from ivr.telephony.carrier import Number

INCOMING, FALLBACK, STATUS = "/voice/incoming", "/voice/fallback", "/voice/status"
NAMES = {
    "voice_url": "адрес входящего звонка",
    "voice_method": "метод входящего звонка",
    "fallback_url": "запасной адрес",
    "fallback_method": "метод запасного адреса",
    "status_url": "адрес статусов",
    "status_method": "метод статусов",
    "application_sid": "приложение TwiML",
    "trunk_sid": "SIP-транк",
}
_URLS = ("voice_url", "fallback_url", "status_url")


class NumberUnclear(LookupError):
    """Which number is meant cannot be told; the message is Russian."""


@dataclass(frozen=True)
class Change:
    """A field of a number that is not as it should be."""

    field: str
    was: str
    now: str

    @property
    def name(self) -> str:
        """In Russian."""
        return NAMES[self.field]


def choose(numbers: Sequence[Number], asked: str = "") -> Number:
    """The number that was asked for, or the only one. Raises NumberUnclear, which lists them."""
    if not numbers:
        raise NumberUnclear("в аккаунте нет ни одного номера: купите его в консоли Twilio")
    listed = ", ".join(one.number for one in numbers)
    if asked:
        asked = _e164(asked)
        found = next((one for one in numbers if one.number == asked), None)
        if found is None:
            raise NumberUnclear(f"номера {asked} в аккаунте нет, есть {listed}")
        return found
    if len(numbers) > 1:
        raise NumberUnclear(f"номеров несколько, назовите нужный ключом --number: {listed}")
    return numbers[0]


def _e164(asked: str) -> str:
    """As people write it («8 (495) …», spaces and dashes) → as Twilio does; whatever else stays as it is."""
    bare = "".join(sign for sign in asked if sign not in " ()-\u00a0")
    return bare if bare.startswith("+") else russian_phone(bare) or bare


def split(url: str) -> SplitResult:
    """The parts of a URL; of one that is malformed, none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def differences(number: Number, public_url: str, fallback_url: str = "") -> tuple[Change, ...]:
    """What is to be changed, in the order of NAMES. `fallback_url`: one on another host, where plain files are read.

    What stands behind `#` in a URL is advice to Twilio on retries: it is left as it is, and goes over to a new URL.
    """
    own = {"voice_url": public_url + INCOMING, "status_url": public_url + STATUS, "voice_method": "POST",
           "status_method": "POST", "application_sid": "", "trunk_sid": ""}  # fmt: skip
    wanted = own | _fallback(number, public_url, fallback_url)
    found = (_change(field, getattr(number, field), wanted[field]) for field in NAMES)
    return tuple(change for change in found if not _same(change))


def _fallback(number: Number, public_url: str, asked: str) -> dict[str, str]:
    """The line's own address, or another host's: the one asked for, else the one that stands there already."""
    if asked and split(asked).netloc != split(public_url).netloc:
        method = "POST" if split(asked).path == FALLBACK else "GET"
        return {"fallback_url": asked, "fallback_method": method}
    if not asked and elsewhere(number, public_url):
        method = "POST" if split(number.fallback_url).path == FALLBACK else number.fallback_method
        return {"fallback_url": number.fallback_url, "fallback_method": method}
    return {"fallback_url": asked or public_url + FALLBACK, "fallback_method": "POST"}


def elsewhere(number: Number, public_url: str) -> bool:
    """Whether the fallback is on another host: a file, or another machine's line; and no old address of this line."""
    url = split(number.fallback_url)
    moved = url.path == FALLBACK and url.netloc == split(number.voice_url).netloc
    return bool(url.netloc) and url.netloc != split(public_url).netloc and not moved


def _change(field: str, was: str, now: str) -> Change:
    fragment = was.partition("#")[2] if field in _URLS and now and "#" not in now else ""
    return Change(field, was, f"{now}#{fragment}" if fragment else now)


def _same(change: Change) -> bool:
    if change.field in _URLS:
        return change.was.partition("#")[0] == change.now.partition("#")[0]
    return change.was == change.now
