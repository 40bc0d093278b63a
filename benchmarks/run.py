"""`make bench`: every measure, on SQLite and PostgreSQL. Ratios of one run; the machine's own speed falls out."""

import argparse
from collections.abc import Callable

from benchmarks import ears, imports, language, load, ranking, turns

MEASURES: dict[str, Callable[[list[str]], list[str]]] = {
    "language": language.measure,
    "ears": ears.measure,
    "ranking": ranking.measure,
    "turns": turns.measure,
    "load": load.measure,
    "imports": imports.measure,
}
DATABASES = ["sqlite", "postgresql"]


def main() -> None:
    """Print a line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", nargs="?", choices=[*MEASURES], help="all of them if none is named")
    parser.add_argument("--database", action="append", choices=DATABASES)
    chosen = parser.parse_args()
    for name in [chosen.measure] if chosen.measure else MEASURES:
        for line in MEASURES[name](chosen.database or DATABASES):
            print(line, flush=True)


if __name__ == "__main__":
    main()
