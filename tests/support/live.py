"""The line on a real port, for webhooks over real HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.factory import create_app
from ivr.settings import Settings
from ivr.telemetry import set_up_logs

END_S = 0.02
"""How often a server looks whether it is to end: half a second by default, and there are hundreds of servers."""


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """No access log among the tests."""


@contextmanager
def serve(settings: Settings) -> Iterator[str]:
    """The line in threads of this process; gives its origin, which is the public one too."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Silent)
    origin = f"http://127.0.0.1:{server.server_port}"
    app = create_app(settings.model_copy(update={"public_url": origin}))
    set_up_logs("ERROR")
    server.app = app
    thread = threading.Thread(target=server.serve_forever, args=(END_S,), daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["line"].store.close()
