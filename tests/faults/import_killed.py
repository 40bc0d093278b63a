"""`python -m tests.faults.import_killed WHERE …`: `ivr …`, which kills itself before a statement or a commit.

WHERE is how the statement begins; `commit` is the commit of the transaction that writes.
"""

import os
import signal
import sys

from sqlalchemy import Engine, event

from ivr.cli import main

WRITING = "INSERT INTO accounts"
_seen: list[str] = []


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@event.listens_for(Engine, "before_cursor_execute")
def _before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    _seen.append(statement)
    if statement.startswith(where):
        _die()


@event.listens_for(Engine, "commit")
def _commit(_connection: object) -> None:
    if where == "commit" and any(statement.startswith(WRITING) for statement in _seen):
        _die()


where = sys.argv.pop(1)
main()
