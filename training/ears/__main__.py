"""`make ears`: everything from the data to the model. What is already made is kept, so an ended run goes on.

python -m training.ears [--model ivr/speech/model] [--from STAGE] [--without SPEAKER...]
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from training.ears.manifest import CACHE, CHECKOUT

MODEL = CHECKOUT / "ivr" / "speech" / "model"
CHECKPOINT = CACHE / "checkpoints" / "boosted" / "final.pt"
STAGES = {
    **{name: name for name in ("sources", "heldout", "store", "train")},
    "boosted": "train",
    **{name: name for name in ("export", "graph", "card", "evaluate.calibrate")},
}
"""In the order of a run: name → module of this package, a command of its own."""
THREADS = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_NUM_THREADS": "1"}
"""Threads that wait for each other by spinning, or multiply small matrices together, are slow where cores are few."""


def main() -> None:
    """The command. Ends with the status of the stage that failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=MODEL, help="the folder that is written")
    parser.add_argument("--from", dest="first", choices=STAGES, default="sources")
    parser.add_argument("--without", nargs="+", default=[], help="speakers kept out, for example effects")
    args = parser.parse_args()
    without = ["--without", *args.without] if args.without else []
    arguments = {
        "train": without,
        "boosted": ["--boosted", *without],
        "export": [str(CHECKPOINT), str(args.model)],
        "graph": [str(args.model)],
        "card": [str(CHECKPOINT), str(args.model)],
        "evaluate.calibrate": [str(args.model), "--most", "50", "--filler", "phones"],
    }
    names = list(STAGES)
    for stage in names[names.index(args.first) :]:
        begin = time.monotonic()
        command = [sys.executable, "-m", f"training.ears.{STAGES[stage]}", *arguments.get(stage, [])]
        done = subprocess.run(command, cwd=CHECKOUT, env={**os.environ, **THREADS})
        print(f"{stage}: {(time.monotonic() - begin) / 60:.1f} min", flush=True)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
