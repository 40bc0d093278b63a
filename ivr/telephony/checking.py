"""What is wrong with the line's account, number and address: one finding a line, in Russian, with the way out."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import requests
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from ivr.settings import Settings
from ivr.telephony.account import (
    FALLBACK,
    STATUS,
    Change,
    NumberUnclear,
    choose,
    differences,
    elsewhere,
    split,
)
from ivr.telephony.carrier import WRONG_CREDENTIALS, Carrier, CarrierError, Number

TIMEOUT_S = 10
MOST_SKEW_S = 60
RAW_QUERY = "?check=%D1%8F%20b"
"""A proxy that writes this anew breaks every signature."""
MOST_TWIML = 4000
WRONG_CREDENTIALS_TEXT = (
    "Twilio не принимает IVR_TWILIO_ACCOUNT_SID с первым из IVR_TWILIO_AUTH_TOKENS: сверьте оба с консолью."
)

OpenCarrier = Callable[[str], Carrier]
"""The account at the carrier, with this token."""


@dataclass(frozen=True)
class Finding:
    """One line. `wrong`: the line does not work as it should; else it is only good to know."""

    text: str
    wrong: bool = True


def check(settings: Settings, opened: OpenCarrier, asked: str = "") -> Iterator[Finding]:
    """All that can be seen from here. `asked`: the line's number, where the account has several."""
    yield from _settings(settings)
    yield from _address(settings)
    yield from _carrier(settings, opened, asked)


def _settings(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url.startswith("https://"):
        yield Finding(f"IVR_PUBLIC_URL={settings.public_url}: нужен адрес https://, его видно из интернета.")
    if settings.clock is not None:
        yield Finding("IVR_CLOCK задан: часы линии ненастоящие. Уберите его.")
    if not (settings.operators or settings.duty):
        yield Finding("Не заданы ни IVR_OPERATOR_NUMBERS, ни IVR_DUTY_NUMBERS: абоненты ждут в очереди Twilio, "
                      "и кто-то должен брать их оттуда.", wrong=False)  # fmt: skip


def _address(settings: Settings) -> Iterator[Finding]:
    """Whether the line answers at its public address, and takes what is signed for it."""
    url = settings.public_url
    try:
        health = requests.get(f"{url}/healthz", timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException as error:
        why = type(error).__name__
        yield Finding(
            f"{url} отсюда не отвечает ({why}): проверьте имя, сертификат, прокси и что линия запущена."
        )
        return
    if health.status_code != 200 or health.text != "ok\n":
        said = " ".join(health.text.split())[:100]
        yield Finding(f"{url}/healthz отвечает {health.status_code}, а не «ok» ({said}): там другая программа, "
                      "или линии недоступна база данных.")  # fmt: skip
        return
    for number, token in enumerate(settings.auth_tokens(), start=1):
        yield from _signature(url, number, token)


def _signature(url: str, number: int, token: str) -> Iterator[Finding]:
    """A callback of no call, signed as Twilio signs: the line takes it and stores nothing."""
    target = url + STATUS + RAW_QUERY
    form = {"CallSid": f"CA{uuid.uuid4().hex}", "CallStatus": "initiated"}
    headers = {SIGNATURE_HEADER: RequestValidator(token).compute_signature(target, form)}
    try:
        answer = requests.post(target, form, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException as error:
        yield Finding(f"{url}{STATUS} отсюда не отвечает ({type(error).__name__}): проверьте прокси.")
        return
    if answer.status_code == 403:
        yield Finding(f"Линия не признаёт подпись по {number}-му токену: перезапустите её с нынешними "
                      "IVR_TWILIO_AUTH_TOKENS и IVR_PUBLIC_URL, а прокси пусть не меняет путь и запрос.")  # fmt: skip
    elif answer.status_code != 204:
        yield Finding(
            f"{url}{STATUS} отвечает {answer.status_code}, а не 204: проверьте прокси и журнал линии."
        )


def _carrier(settings: Settings, opened: OpenCarrier, asked: str) -> Iterator[Finding]:
    if not settings.twilio_account_sid:
        yield Finding("IVR_TWILIO_ACCOUNT_SID не задан: он на первой странице консоли Twilio.")
    if not settings.twilio_tokens:
        yield Finding("IVR_TWILIO_AUTH_TOKENS не задан: линия сделала себе токен сама, Twilio его не знает.")
    if not (settings.twilio_account_sid and settings.twilio_tokens):
        return
    carrier = opened(settings.twilio_tokens[0])
    try:
        yield from _account(carrier)
        numbers = carrier.numbers()
        yield from _of_number(settings, numbers, asked)
        yield from _of_sms(settings, numbers)
    except CarrierError as error:
        yield _refused(error)
        if error.status != WRONG_CREDENTIALS:
            return
    for number, token in enumerate(settings.twilio_tokens[1:], start=2):
        yield from _other_token(opened(token), number)


def _account(carrier: Carrier) -> Iterator[Finding]:
    account = carrier.account()
    if carrier.answered_at is not None:
        skew_s = round(time.time() - carrier.answered_at.timestamp())
        if abs(skew_s) > MOST_SKEW_S:
            yield Finding(f"Часы этой машины расходятся с часами Twilio на {skew_s} с: включите NTP.")
    if not account.active:
        yield Finding(f"Аккаунт Twilio в состоянии «{account.status}»: разберитесь в консоли Twilio.")
    if account.trial:
        yield Finding("Аккаунт пробный: звонит и пишет только на подтверждённые номера и начинает звонок рекламой. "
                      "Для работы внесите деньги.", wrong=False)  # fmt: skip


def _of_number(settings: Settings, numbers: tuple[Number, ...], asked: str) -> Iterator[Finding]:
    try:
        number = choose(numbers, asked)
    except NumberUnclear as unclear:
        yield Finding(f"Номер линии: {unclear}.")
        return
    if not number.voice:
        yield Finding(f"Номер {number.number} не принимает звонков: нужен номер с возможностью Voice.")
    for change in differences(number, settings.public_url):
        yield Finding(f"Номер {number.number}, {_told(change)}. Исправит ivr twilio setup.")
    if number.number in settings.operators + settings.duty:
        yield Finding(f"Номер линии {number.number} стоит среди номеров, по которым она звонит: уберите его из "
                      "IVR_OPERATOR_NUMBERS и IVR_DUTY_NUMBERS.")  # fmt: skip
    if elsewhere(number, settings.public_url):
        yield from _static_fallback(number)


def _told(change: Change) -> str:
    if not change.now:
        return f"{change.name} {change.was}: с ним Twilio не смотрит на адреса"
    return f"{change.name}: {change.was or 'пусто'}, а нужно {change.now}"


def _static_fallback(number: Number) -> Iterator[Finding]:
    """Whether the file on another host is TwiML."""
    url = number.fallback_url.partition("#")[0]
    try:
        answer = requests.request(number.fallback_method or "POST", url, timeout=TIMEOUT_S)
        if split(url).path == FALLBACK and answer.status_code == 403:
            return  # another machine's line: it refuses what Twilio has not signed
        answer.raise_for_status()
        twiml = ElementTree.fromstring(answer.content)
    except (requests.RequestException, ElementTree.ParseError, ValueError, LookupError) as error:
        yield Finding(f"Запасной адрес {url} ({number.fallback_method}) не отдаёт TwiML ({type(error).__name__}): "
                      "положите туда то, что печатает ivr twilio fallback.")  # fmt: skip
        return
    if twiml.tag != "Response" or len(answer.content.decode("utf-8", "replace")) > MOST_TWIML:
        yield Finding(
            f"По запасному адресу {url} не TwiML: положите туда то, что печатает ivr twilio fallback."
        )
    elif not any(_rings(verb) for verb in twiml):
        yield Finding(f"TwiML по запасному адресу {url} никому не звонит: положите туда то, что печатает "
                      "ivr twilio fallback.")  # fmt: skip


def _rings(verb: ElementTree.Element) -> bool:
    """Whether a verb brings the caller to somebody; where a `<Redirect>` leads is not seen from here."""
    if verb.tag == "Dial":
        return len(verb) > 0 or bool((verb.text or "").strip())
    return verb.tag in {"Enqueue", "Redirect"}


def _of_sms(settings: Settings, numbers: tuple[Number, ...]) -> Iterator[Finding]:
    sender = settings.sms_from
    if sender and not sender.startswith("+"):
        yield Finding(f"IVR_SMS_FROM={sender}: имя отправителя отсюда не проверить; в России его регистрируют "
                      "заранее, иначе SMS не дойдут.", wrong=False)  # fmt: skip
    elif sender and sender not in {one.number for one in numbers}:
        yield Finding(
            f"IVR_SMS_FROM={sender}: такого номера в аккаунте нет. Возьмите номер аккаунта или уберите."
        )
    elif sender and not next(one for one in numbers if one.number == sender).sms:
        yield Finding(f"IVR_SMS_FROM={sender}: номер не отправляет SMS. Возьмите другой или уберите.")


def _other_token(carrier: Carrier, number: int) -> Iterator[Finding]:
    try:
        carrier.account()
    except CarrierError as error:
        if error.status == WRONG_CREDENTIALS:
            yield Finding(f"{number}-й токен в IVR_TWILIO_AUTH_TOKENS аккаунту не подходит: уберите его.")


def _refused(error: CarrierError) -> Finding:
    if error.status == WRONG_CREDENTIALS:
        return Finding(WRONG_CREDENTIALS_TEXT)
    if error.status:
        return Finding(f"Twilio отказал: {error}.")
    return Finding(f"Twilio отсюда недоступен ({error}): проверьте выход в интернет и прокси.")
