"""The WSGI application: `gunicorn app:app`, `flask --app app run`."""

from ivr.factory import create_app

app = create_app()
