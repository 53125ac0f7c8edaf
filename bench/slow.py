"""A vendor that takes its time: threads wait for it, the processor does not."""

from __future__ import annotations

import json
import ssl
import urllib.request
from typing import Final

from bench import crowd
from bench.figure import Figure, targets
from bench.playbook import NOON
from bench.process import Meter, wait_until
from bench.stage import Stage, stage
from bench.throughput import Load, load, shown, strike

PACE: Final = 300  # touches/s of one worker process


def run(count: int, milliseconds: int) -> str:
    """One worker, and a vendor that answers after so long; beside it the same with a vendor that answers at once."""
    loads = [measure(count, 0), measure(count, milliseconds)]
    figures = [
        Figure(
            f"one worker, answers after {milliseconds} ms: touches/s",
            loads[1].rate,
            PACE,
            least=True,
            digits=0,
        ),
        Figure("its CPU / the same with answers at once", loads[1].cpu / loads[0].cpu, 1.2),
    ]
    return f"{shown(loads, 'sms')}\n\n{targets(figures, 'a slow vendor')}"


def measure(count: int, milliseconds: int) -> Load:
    """Texts due at once for one worker over PostgreSQL and Redis."""
    with stage(embedded=False) as scene:
        if milliseconds:
            _delay(scene, milliseconds)
        crowd.gather(scene.house(), count, "sms", due=NOON)
        strike(scene, workers=1)
        with Meter(**scene.families()) as meter:
            wait_until(lambda: scene.count() >= count, "not everybody was written to", patience=600)
        return load(f"one worker, answers after {milliseconds} ms", scene.accepted(), meter)


def _delay(scene: Stage, milliseconds: int) -> None:
    order = json.dumps({"fault": "latency", "seconds": milliseconds / 1000}).encode()
    asked = urllib.request.Request(f"{scene.env['TWILIO_URL']}/sandbox/faults", order)
    trust = ssl.create_default_context(cafile=scene.env["SSL_CERT_FILE"])
    urllib.request.urlopen(asked, context=trust).close()
