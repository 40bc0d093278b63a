"""What every command is: what it writes, and what comes back."""

from typing import Generic, TypeVar

R = TypeVar("R")


class Command(Generic[R]):
    """What a script asks the services to do, and the frozen dataclass that comes back."""

    result: type[R]
    writes: bool = True
    """False: «назад» may cross it, because nothing that matters was written."""
