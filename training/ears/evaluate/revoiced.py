"""Clips said once more by somebody else, so that what is believed is not learnt from one speaker's voice alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from training.ears.evaluate.clips import NOTHING, Clip, Sound, drawn
from training.ears.sound import voices


def revoiced(clips: Iterable[Clip]) -> Iterator[Clip]:
    """Of each clip in which an engine speaks, or a foreigner: another voice."""
    for clip in clips:
        if clip.what == "foreign" or (clip.synthetic and clip.what not in NOTHING):
            yield replace(clip, speaker=f"{clip.speaker} as others", fetch=partial(_said, clip))


def of_many(crowd: Sequence[Sound]) -> list[Sound]:
    """Every second one of a crowd as somebody else: a crowd may be one person's recordings."""
    return [_by_another(sound, f"crowd {n}") if n % 2 else sound for n, sound in enumerate(crowd)]


def _said(clip: Clip) -> Sound:
    return _by_another(clip.fetch(), clip.name)


def _by_another(sound: Sound, name: str) -> Sound:
    """In a voice drawn by the name, the same each time."""
    rng = drawn("voice", name)
    return voices.speak(sound, voices.draw_voice(rng, change=1.0), rng)
