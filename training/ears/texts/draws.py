"""Random choices that a seed repeats, and that use everything up before they repeat anything."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """One stream of choices."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._bags: dict[str, list[str]] = {}

    def chance(self, probability: float) -> bool:
        """Whether it happened."""
        return self.rng.random() < probability

    def any(self, every: Sequence[T]) -> T:
        """One of all, each time anew."""
        return self.rng.choice(every)

    def next(self, name: str, every: Sequence[str]) -> str:
        """One of all, none twice before each was drawn once; `name` is the bag that remembers."""
        bag = self._bags.setdefault(name, [])
        if not bag:
            bag += self.rng.sample(list(every), len(every))
        return bag.pop()

    def digits(self, count: int) -> str:
        """So many random digits."""
        return "".join(self.rng.choices("0123456789", k=count))

    def paused(self, parts: Sequence[str]) -> str:
        """The parts with a comma, a pause, after each, after none, or after some."""
        share = self.any((0.0, 0.0, 0.25, 0.5, 1.0))
        said = [part + ("," if self.chance(share) else "") for part in parts]
        return " ".join(said).strip(",")
