"""All settings, from the environment with the prefix `IVR_`. `docs/settings.md` lists them; a test keeps it so."""

import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, HttpUrl, TypeAdapter, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

TOKEN_FILE = "auth_token"
MOST_OPERATORS = 10
"""In one `<Dial>` (Twilio's rule)."""
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("an offset is needed, for example 2026-11-20T10:00:00+03:00")
    return moment


def _origin(url: str) -> str:
    if (TypeAdapter(HttpUrl).validate_python(url).path or "/") != "/" or "?" in url or "#" in url:
        raise ValueError("only an origin is possible, for example https://line.example")
    return url.rstrip("/")


def _origin_or_none(url: str) -> str:
    return _origin(url) if url else ""


def _database(url: str) -> str:
    if url:
        try:
            backend = make_url(url).get_backend_name()
        except ArgumentError:
            raise ValueError(
                "no database URL, for example postgresql+psycopg://user:password@host/name"
            ) from None
        if backend not in ("sqlite", "postgresql"):
            raise ValueError(f"{backend!r} is neither sqlite nor postgresql")
    return url


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


def _no_account(text: str) -> str:
    if text and not re.fullmatch(r"AC[0-9a-fA-F]{32}", text):
        raise ValueError("an account's SID is AC and 32 hexadecimal digits")
    return text


def _phones(text: str) -> str:
    for number in _list(text):
        if not _E164.fullmatch(number):
            raise ValueError(f"{number!r} is no phone number in E.164, for example +74951234567")
    return text


def _operators(text: str) -> str:
    if len(_list(_phones(text))) > MOST_OPERATORS:
        raise ValueError(f"at most {MOST_OPERATORS} numbers ring at once")
    return text


def _url_or_none(url: str) -> str:
    if url:
        TypeAdapter(HttpUrl).validate_python(url)
    return url


def _sender(text: str) -> str:
    if text and not (_E164.fullmatch(text) or _ALPHANUMERIC.fullmatch(text)):
        raise ValueError("a number in E.164, or up to 11 letters, digits and spaces with at least one letter")
    return text


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


class Settings(BaseSettings):
    """One line's settings. Raises pydantic.ValidationError, which names the field and the value."""

    model_config = SettingsConfigDict(env_prefix="IVR_", hide_input_in_errors=True)

    home: Path = Path("var")
    database_url: Annotated[str, AfterValidator(_database)] = ""
    public_url: Annotated[str, AfterValidator(_origin)] = "http://127.0.0.1:8000"
    bind: str = "127.0.0.1:8000"
    threads: int = Field(default=16, ge=1, le=500)
    twilio_auth_tokens: str = ""
    twilio_account_sid: Annotated[str, AfterValidator(_no_account)] = ""
    twilio_api_url: Annotated[str, AfterValidator(_origin_or_none)] = ""
    speech: Literal["twilio"] = "twilio"
    vosk_model: str = ""
    prompts: Literal["say"] = "say"
    say_voice: str = "Polly.Tatyana"
    operator_numbers: Annotated[str, AfterValidator(_operators)] = ""
    duty_numbers: Annotated[str, AfterValidator(_phones)] = ""
    urgent_wait: int = Field(default=45, ge=10, le=600)
    queue_name: str = "operators"
    queue_timeout: int = Field(default=300, ge=10, le=3600)
    schedule: str = ""
    clock: Annotated[datetime | None, AfterValidator(_aware)] = None
    window_first_day: int = Field(default=15, ge=1, le=31)
    window_last_day: int = Field(default=26, ge=1, le=31)
    usual_factor: float = Field(default=3.0, gt=1)
    account_digits: int = Field(default=10, ge=4, le=12)
    account_pattern: Annotated[str, AfterValidator(_pattern)] = r"\d+"
    idle_minutes: int = Field(default=30, ge=3)
    sms_from: Annotated[str, AfterValidator(_sender)] = ""
    notify_url: Annotated[str, AfterValidator(_url_or_none)] = ""
    notify_attempts: int = Field(default=12, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @model_validator(mode="after")
    def _window_in_order(self) -> Self:
        if self.window_first_day > self.window_last_day:
            first, last = self.window_first_day, self.window_last_day
            raise ValueError(f"IVR_WINDOW_FIRST_DAY={first} is after IVR_WINDOW_LAST_DAY={last}")
        return self

    @model_validator(mode="after")
    def _sms_has_an_account(self) -> Self:
        if self.sms_from and not (self.twilio_account_sid and self.twilio_tokens):
            raise ValueError("IVR_SMS_FROM needs IVR_TWILIO_ACCOUNT_SID and IVR_TWILIO_AUTH_TOKENS")
        return self

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'line.db'}"

    @property
    def schedule_file(self) -> Path:
        """Hours of operators, holidays and messages; by default in `home`. It need not be there."""
        return Path(self.schedule) if self.schedule else self.home / "schedule.yaml"

    @property
    def operators(self) -> tuple[str, ...]:
        """Numbers to ring; none means that callers wait in the queue."""
        return _list(self.operator_numbers)

    @property
    def duty(self) -> tuple[str, ...]:
        """Numbers that ring one after another where something is urgent and no operator took the call."""
        return _list(self.duty_numbers)

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """The tokens that were set: none made here is among them, Twilio would not know it."""
        return _list(self.twilio_auth_tokens)

    def auth_tokens(self) -> tuple[str, ...]:
        """The tokens that webhooks may be signed with, several while one replaces another.

        With none set, one is made at first start and kept in `home`, for trying the line without a carrier.
        """
        if tokens := self.twilio_tokens:
            return tokens
        self.home.mkdir(parents=True, exist_ok=True)
        file = self.home / TOKEN_FILE
        try:
            with file.open("x") as new:
                file.chmod(0o600)
                new.write(secrets.token_hex(16))
        except FileExistsError:
            pass
        return (file.read_text().strip(),)
