"""Clips said once more by somebody else, so that what is believed is not learnt from one speaker's voice alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from training.ears.evaluate.clips import NOTHING, Clip, Sound, drawn
from training.ears.sound import voices


def revoiced(clips: Iterable[Clip]) -> Iterator[Clip]:
    """Of each clip in which an engine speaks: another voice, drawn by the name, which stays.

    Its breath differs each time.
    """
    for clip in clips:
        if clip.synthetic and clip.what not in NOTHING:
            yield replace(clip, speaker=f"{clip.speaker} as others", fetch=partial(_said, clip))


def _said(clip: Clip) -> Sound:
    rng = drawn("voice", clip.name)
    return voices.speak(clip.fetch(), voices.draw_voice(rng, change=1.0), rng)
