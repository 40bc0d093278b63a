"""Signatures of webhooks: over the public origin and the raw path and query, with any of the tokens."""

from collections.abc import Sequence

from flask import Request
from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)


class Signatures:
    """Tells Twilio's requests from forged ones."""

    def __init__(self, public_url: str, tokens: Sequence[str]) -> None:
        """`public_url`: the origin by which Twilio knows this line, with no slash at its end."""
        self._public_url = public_url
        self._validators = [RequestValidator(token) for token in tokens]

    def valid(self, request: Request) -> bool:
        """Whether a request was signed with one of the tokens; false too for whatever cannot be checked."""
        signature = request.headers.get(SIGNATURE_HEADER)
        if not signature:
            return False
        algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
        url = self._public_url + raw_target(request)
        try:
            return any(v.validate(url, request.form, signature, algorithm) for v in self._validators)
        except ValueError:
            return False


def raw_target(request: Request) -> str:
    """Path and query as they came over the wire; Flask's own are decoded, and `full_path` adds a `?`."""
    raw: str | None = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    if raw is not None:
        return raw
    query = request.query_string.decode("latin-1")
    return request.path + (f"?{query}" if query else "")
