"""Settings: what is refused is named, and no secret is shown with it."""

import pytest
from pydantic import ValidationError

from ivr.settings import Settings


def test_no_secret_is_in_an_error(monkeypatch):
    monkeypatch.setenv("IVR_TWILIO_AUTH_TOKENS", "very-secret")
    monkeypatch.setenv("IVR_DATABASE_URL", "postgresql://user:very-secret@host/name")
    with pytest.raises(ValidationError) as error:
        Settings(window_first_day=28, window_last_day=3)
    assert "very-secret" not in str(error.value)
    assert "IVR_WINDOW_FIRST_DAY=28" in str(error.value)


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense"])
def test_only_two_databases(url):
    with pytest.raises(ValidationError):
        Settings(database_url=url)


def test_a_token_is_made_once_and_kept(tmp_path):
    settings = Settings(home=tmp_path, twilio_auth_tokens="")
    assert settings.auth_tokens() == settings.auth_tokens()
    assert (tmp_path / "auth_token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duty_numbers", "88002200220"),
        ("duty_numbers", "+74950000011, 112"),
        ("operator_numbers", "88002200220"),
        ("operator_numbers", ",".join(f"+749500000{n}" for n in range(11, 22))),
        ("notify_url", "crm.example"),
        ("sms_from", "Светлая"),
        ("sms_from", "12345"),
        ("sms_from", "TwelveLetters"),
        ("twilio_account_sid", "AC1"),
        ("twilio_account_sid", "SK" + "1" * 32),
        ("twilio_api_url", "http://host/path"),
    ],
)
def test_what_twilio_would_not_take_is_refused(name, value):
    with pytest.raises(ValidationError):
        Settings(**{name: value})


def test_duty_and_senders():
    settings = Settings(
        duty_numbers="+74950000011, +74950000012,", notify_url="http://crm.example/n", twilio_auth_tokens=""
    )
    assert settings.duty == ("+74950000011", "+74950000012")
    assert settings.twilio_tokens == ()
    account = {"twilio_account_sid": "AC" + "1" * 32, "twilio_auth_tokens": "t"}
    for sender in ("+74950000099", "Svet Line"):
        assert Settings(sms_from=sender, **account).sms_from == sender


@pytest.mark.parametrize("lacks", ["twilio_account_sid", "twilio_auth_tokens"])
def test_sms_need_an_account(lacks):
    account = {"twilio_account_sid": "AC" + "1" * 32, "twilio_auth_tokens": "t", lacks: ""}
    with pytest.raises(ValidationError, match="IVR_SMS_FROM"):
        Settings(sms_from="+74950000099", **account)
