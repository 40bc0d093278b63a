"""The one place that wires objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, Response
from sqlalchemy import make_url

from ivr import data
from ivr.domain.calls import CallFacts
from ivr.domain.readings import Limits, Window
from ivr.language.prompts import Prompts
from ivr.language.understanding import Understanding, load
from ivr.services import texting
from ivr.services.calls import Calls
from ivr.services.delivery import Sender
from ivr.services.notices import Notices
from ivr.services.queue import Queue
from ivr.services.schedule import ScheduleFile
from ivr.settings import Settings
from ivr.store import schema
from ivr.store.clock import Clock, open_clock
from ivr.store.engine import Store, Unavailable
from ivr.telemetry import set_up_logs
from ivr.telephony.carrier import Carrier
from ivr.telephony.held import Sealer
from ivr.telephony.signature import Signatures
from ivr.telephony.transfer import WaitingRoom
from ivr.telephony.twiml import Voice
from ivr.telephony.voice import Desk, blueprint

MAX_BODY = 64 * 1024
"""Bytes; a webhook has about two thousand."""


@dataclass(frozen=True)
class Line:
    """The line without its web: what the webhooks, the worker and the command line share."""

    settings: Settings
    store: Store
    clock: Clock
    prompts: Prompts
    understanding: Understanding
    calls: Calls
    schedule: ScheduleFile


def open_store(settings: Settings) -> Store:
    """The database by the settings; the folder of a SQLite file is made."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        settings.home.mkdir(parents=True, exist_ok=True)
    return Store(settings.database, pool_size=settings.threads)


def open_line(settings: Settings, store: Store | None = None) -> Line:
    """Everything below telephony. Raises Unavailable only where a clock is set and the database is away."""
    store = store or open_store(settings)
    clock = open_clock(store, settings.clock)
    prompts = Prompts.load(data.audio_prompts())
    understanding = load(data.grammars())
    pinned = CallFacts(
        sid="",
        caller=None,
        started=datetime(1970, 1, 1, tzinfo=UTC),
        window=Window(settings.window_first_day, settings.window_last_day),
        limits=Limits(usual_factor=settings.usual_factor),
        account_digits=settings.account_digits,
        account_pattern=settings.account_pattern,
        grammar=understanding.revision,
    )
    schedule = ScheduleFile(settings.schedule_file)
    calls = Calls(
        store,
        clock,
        understanding,
        prompts,
        pinned,
        notices=bool(settings.notify_url),
        sms=bool(settings.sms_from),
        schedule=schedule.current,
    )
    return Line(settings, store, clock, prompts, understanding, calls, schedule)


def open_carrier(settings: Settings, token: str = "") -> Carrier:
    """The account at Twilio, with the first of the tokens that were set, or with another."""
    tokens = settings.twilio_tokens
    return Carrier(
        settings.twilio_account_sid,
        token or (tokens[0] if tokens else ""),
        settings.twilio_api_url,
        settings.sms_from,
    )


def senders(settings: Settings) -> Mapping[str, Sender]:
    """How each kind of the outbox leaves this machine."""
    carrier = open_carrier(settings) if settings.sms_from else None
    return {
        "notify": Notices(settings.notify_url, settings.notify_attempts),
        texting.KIND: texting.Texts(carrier),
    }


def create_app(settings: Settings | None = None) -> Flask:
    """The web application, for any WSGI server."""
    settings = settings or Settings()
    set_up_logs(settings.log_level)
    line = open_line(settings)
    line.schedule.current()  # what is wrong with it stands in the log from the start
    app = Flask("ivr")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.extensions["line"] = line
    app.register_blueprint(blueprint(_desk(line)))

    @app.get("/healthz")
    def healthz() -> Response:
        try:
            with line.store.read() as db:
                revision = schema.current(db)
        except Unavailable as error:
            return Response(f"database: {error}\n", 503, mimetype="text/plain")
        if revision != schema.newest():
            return Response(
                f"schema: {revision}, needed {schema.newest()}: ivr db upgrade\n", 503, mimetype="text/plain"
            )
        return Response("ok\n", mimetype="text/plain")

    return app


def _desk(line: Line) -> Desk:
    settings, tokens = line.settings, line.settings.auth_tokens()
    hints = {name: ",".join(grammar.hints()) for name, grammar in line.understanding.grammars.items()}
    voice = Voice(
        settings.say_voice,
        hints,
        settings.operators,
        settings.queue_name,
        settings.queue_timeout,
        settings.duty,
        settings.urgent_wait,
    )
    queue = Queue(line.store, line.calls)
    return Desk(
        line.calls,
        queue,
        WaitingRoom(queue, line.prompts, voice),
        voice,
        line.prompts,
        Signatures(settings.public_url, tokens),
        Sealer(tokens),
    )
