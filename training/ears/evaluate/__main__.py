"""`python -m training.ears.evaluate [MODEL_FOLDER]`: what a model reaches on the held-out sets of the test.

Prints tables, and writes var/ears/evaluation.json. `--side calibration` shows the other side: whoever looks at
outcomes in order to change something looks at that one.
"""

import argparse
from pathlib import Path
from typing import get_args

from ivr import data
from ivr.language import understanding
from ivr.speech import model
from ivr.speech.recogniser import Ears
from ivr.telemetry import set_up_logs
from training.ears.evaluate import report, sets
from training.ears.evaluate.clips import NOTHING, What, some
from training.ears.evaluate.conditions import CONDITIONS
from training.ears.evaluate.judging import Judge, outcomes
from training.ears.evaluate.revoiced import of_many
from training.ears.manifest import CACHE


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, nargs="?", default=model.SHIPPED)
    parser.add_argument("--side", choices=get_args(sets.Side), default="test")
    parser.add_argument("--condition", action="append", choices=CONDITIONS, help="these alone")
    parser.add_argument("--what", action="append", choices=get_args(What), help="clips of these kinds alone")
    parser.add_argument("--most", type=int, default=150, help="clips of each speaker and kind, at most")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=CACHE / "evaluation.json")
    args = parser.parse_args()
    set_up_logs("ERROR")
    understood = understanding.load(data.grammars())
    ears = Ears(model.load(args.model), understood.grammars)
    judge = Judge(ears.calibration.score_scale, understood.grammars, understood.topics)
    crowd = of_many(sets.crowd(args.side))
    found = sets.clips(args.side, understood.grammars, crowd)
    clips = some((clip for clip in found if not args.what or clip.what in args.what), args.most)
    heard = list(outcomes(ears, judge, clips, crowd, args.threads, args.condition or CONDITIONS))
    about = {
        "side": args.side,
        "clips": len(clips),
        "of_people": sum(not clip.synthetic and clip.what not in NOTHING for clip in clips),
        "calibrated": ears.calibration.fitted,
    }
    report.write(args.out, heard, about)
    print(report.markdown(heard))


if __name__ == "__main__":
    main()
