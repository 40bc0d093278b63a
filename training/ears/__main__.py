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
STAGES = ("sources", "heldout", "store", "train", "boosted", "export", "graph", "card", "evaluate.calibrate")
"""Modules of this package, each a command of its own, in the order of a run; `boosted` is `train` once more."""
THREADS = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_NUM_THREADS": "1"}
"""Threads that wait for each other by spinning, or multiply small matrices together, are slow where cores are few."""


def main() -> None:
    """The command. Ends with the status of the stage that failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=MODEL, help="the folder that is written")
    parser.add_argument("--from", dest="first", choices=STAGES, default=STAGES[0])
    parser.add_argument("--without", nargs="+", default=[], help="speakers kept out, for example effects")
    args = parser.parse_args()
    without = ["--without", *args.without] if args.without else []
    arguments = {
        "train": without,
        "boosted": ["--boosted", *without],
        "export": [str(CHECKPOINT), str(args.model)],
        "graph": [str(args.model)],
        "card": [str(CHECKPOINT), str(args.model), *without],
        "evaluate.calibrate": [str(args.model)],
    }
    for stage in STAGES[STAGES.index(args.first) :]:
        begin = time.monotonic()
        module = "train" if stage == "boosted" else stage
        command = [sys.executable, "-m", f"training.ears.{module}", *arguments.get(stage, [])]
        done = subprocess.run(command, cwd=CHECKOUT, env={**os.environ, **THREADS})
        print(f"{stage}: {(time.monotonic() - begin) / 60:.1f} min", flush=True)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
