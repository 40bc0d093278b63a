"""The measure to hold a turn against: a Flask route that returns fixed TwiML."""

from flask import Flask, Response

TWIML = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf speech" action="/voice/turn/1">'
    "<Say>Здравствуйте!</Say></Gather></Response>"
)

app = Flask(__name__)


@app.post("/voice/turn/<int:turn>")
def turn(turn: int) -> Response:
    """Always the same."""
    return Response(TWIML, mimetype="text/xml")
