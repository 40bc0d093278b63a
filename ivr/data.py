"""Where grammars and prompts lie: at the repo's top level in a checkout, in the package in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def grammars() -> Path:
    """The folder of `*.yaml` grammars. Raises FileNotFoundError."""
    return _folder("grammars")


def audio_prompts() -> Path:
    """The folder of `prompts.yaml` and the recordings. Raises FileNotFoundError."""
    return _folder("audio_prompts")


def gunicorn_config() -> Path:
    """`gunicorn.conf.py`. Raises FileNotFoundError."""
    return _place("gunicorn.conf.py")


def _folder(name: str, package: Path = PACKAGE) -> Path:
    return _place(name, package)


def _place(name: str, package: Path = PACKAGE) -> Path:
    # The wheel's own copy first: beside an installed package a file of this name would be somebody else's.
    places = (package / "_data" / name, package.parent / name)
    for place in places:
        if place.exists():
            return place
    looked = " and ".join(str(place) for place in places)
    raise FileNotFoundError(f"no {name}: looked in {looked}; reinstall the package or run from a checkout")
