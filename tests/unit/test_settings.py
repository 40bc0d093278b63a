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
