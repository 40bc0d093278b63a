"""Webhooks signed as Twilio signs them, into the application itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from ivr.factory import create_app
from ivr.telemetry import set_up_logs
from tests.conftest import TOKEN

ORIGIN = "https://line.example"


@dataclass
class Webhooks:
    """Posts forms to the line."""

    client: FlaskClient
    token: str = TOKEN
    sid: str = "CA" + "1" * 32

    def post(self, path: str, *, signature: str | None = None, **form: str) -> TestResponse:
        form = {"CallSid": self.sid, "From": "+79161234501", "CallStatus": "in-progress", **form}
        form = {name: value for name, value in form.items() if value is not None}
        if signature is None:
            signature = RequestValidator(self.token).compute_signature(ORIGIN + path, form)
        return self.client.post(
            path, data=form, headers={"X-Twilio-Signature": signature} if signature else {}
        )


@pytest.fixture
def new_app(settings) -> Iterator[Callable[..., Flask]]:
    apps: list[Flask] = []

    def make(**more: object) -> Flask:
        apps.append(create_app(settings.model_copy(update={"public_url": ORIGIN, **more})))
        set_up_logs("ERROR")
        return apps[-1]

    yield make
    for app in apps:
        app.extensions["line"].store.close()


@pytest.fixture
def webhooks(new_app) -> Webhooks:
    return Webhooks(new_app().test_client())
