"""A hundred simulated calls at once: how many turns a second, and how long the slowest take."""

import threading
import time
from statistics import median, quantiles

from benchmarks import serving
from benchmarks.client import Client

AT_ONCE = 100
ROUNDS = 3
WORDS = ["передать показания", "двенадцать тысяч четыреста пятьдесят", "нет", "12460", "да", "нет спасибо"]


def measure(databases: list[str]) -> list[str]:
    """Lines for the report. A bare route under the same load stands beside each, so that ratios can be read."""
    report = []
    for name in databases:
        with serving.line_on(name) as port, serving.bare() as bare_port:
            plain, plain_s = _together(bare_port, bare=True)
            turns, turns_s = _together(port, bare=False)
            rate, plain_rate = len(turns) / turns_s, len(plain) / plain_s
            report.append(
                f"{name}: {AT_ONCE} calls at once  {rate / plain_rate:.2f} of a bare route's throughput  "
                f"({rate:.0f} turns/s; median {median(turns) * 1000:.0f} ms, p95 {_p95(turns) * 1000:.0f} ms; "
                f"bare {plain_rate:.0f}/s, p95 {_p95(plain) * 1000:.0f} ms)"
            )
    return report


def _together(port: int, *, bare: bool) -> tuple[list[float], float]:
    """Seconds of each turn, and of the whole. Each caller has a phone of their own; nobody thinks between turns."""
    spent: list[float] = []
    start = threading.Barrier(AT_ONCE + 1)

    def caller() -> None:
        client = Client(port)
        start.wait()
        for _ in range(ROUNDS):
            if bare:
                spent.extend(client.post("/voice/turn/1", {"CallSid": "CA0"}) for _ in range(len(WORDS) + 1))
            else:
                spent.extend(client.call(WORDS))

    threads = [threading.Thread(target=caller) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    expected = AT_ONCE * ROUNDS * (len(WORDS) + 1)
    if len(spent) != expected:
        raise RuntimeError(f"{expected - len(spent)} turns failed")
    return spent, took


def _p95(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]
