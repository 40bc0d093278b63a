"""A webhook turn against a bare route, and a late turn against an early one."""

from statistics import median

from benchmarks import serving
from benchmarks.client import Client

CALLS = 60
EARLY, LATE = 5, 50
READING = ["передать показания", "двенадцать тысяч четыреста пятьдесят", "нет", "12460"]
"""Four turns of handing in a reading; the fifth asks to hear the read-back again."""


def measure(databases: list[str]) -> list[str]:
    """Lines for the report: `database name ratio target`."""
    report = []
    with serving.bare() as bare_port:
        for name in databases:
            with serving.line_on(name) as port:
                report += _compare(name, Client(port), Client(bare_port))
    return report


def _compare(name: str, line: Client, bare: Client) -> list[str]:
    early, late, plain = [], [], []
    words = READING + ["повторите", "помощь"] * (LATE // 2)
    line.call(words)
    for _ in range(CALLS):
        spent = line.call(words[:LATE])
        early.append(spent[EARLY])
        late.append(spent[LATE])
        plain += [bare.post("/voice/turn/1", {"CallSid": "CA0", "SpeechResult": "да"}) for _ in range(3)]
    against_bare = median(plain) / median(early)
    against_early = median(late) / median(early)
    return [
        f"{name}: a turn against a bare route  {against_bare:.2f}  (target ≥ 0.22; "
        f"turn {median(early) * 1000:.2f} ms, bare {median(plain) * 1000:.2f} ms)",
        f"{name}: turn {LATE} against turn {EARLY}  {against_early:.2f}  (target ≤ 1.40)",
    ]
