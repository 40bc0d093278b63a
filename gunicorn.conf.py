"""gunicorn: one process with threads, because a call waits for the network and the database, not for the CPU.

More processes by `WEB_CONCURRENCY` (PostgreSQL): a call's state is in the database, any of them serves any turn.
"""

from ivr.settings import Settings

_settings = Settings()

bind = _settings.bind
worker_class = "gthread"
threads = _settings.threads
timeout = 30
graceful_timeout = 20
keepalive = 75
limit_request_line = 8190
control_socket_disable = True
