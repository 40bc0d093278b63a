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


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("an offset is needed, for example 2026-11-20T10:00:00+03:00")
    return moment


def _origin(url: str) -> str:
    if (TypeAdapter(HttpUrl).validate_python(url).path or "/") != "/" or "?" in url or "#" in url:
        raise ValueError("only an origin is possible, for example https://line.example")
    return url.rstrip("/")


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
    speech: Literal["twilio"] = "twilio"
    prompts: Literal["say"] = "say"
    say_voice: str = "Polly.Tatyana"
    operator_numbers: str = ""
    queue_name: str = "operators"
    queue_timeout: int = Field(default=300, ge=10, le=3600)
    clock: Annotated[datetime | None, AfterValidator(_aware)] = None
    window_first_day: int = Field(default=15, ge=1, le=31)
    window_last_day: int = Field(default=26, ge=1, le=31)
    usual_factor: float = Field(default=3.0, gt=1)
    account_digits: int = Field(default=10, ge=4, le=12)
    account_pattern: Annotated[str, AfterValidator(_pattern)] = r"\d+"
    idle_minutes: int = Field(default=30, ge=3)
    notify_url: str = ""
    notify_attempts: int = Field(default=12, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @model_validator(mode="after")
    def _window_in_order(self) -> Self:
        if self.window_first_day > self.window_last_day:
            first, last = self.window_first_day, self.window_last_day
            raise ValueError(f"IVR_WINDOW_FIRST_DAY={first} is after IVR_WINDOW_LAST_DAY={last}")
        return self

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'line.db'}"

    @property
    def operators(self) -> tuple[str, ...]:
        """Numbers to ring; none means that callers wait in the queue."""
        return _list(self.operator_numbers)

    def auth_tokens(self) -> tuple[str, ...]:
        """The tokens that webhooks may be signed with, several while one replaces another.

        With none set, one is made at first start and kept in `home`, for trying the line without a carrier.
        """
        if tokens := _list(self.twilio_auth_tokens):
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
