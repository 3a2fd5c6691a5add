"""A process that reports numbered events until all have been handed over and sent: `sending.py PORT FOLDER TOTAL`.

It can be killed at any moment. FOLDER/produced holds the first number that was not yet on the disk for certain.
"""

import asyncio
import os
import sys
from pathlib import Path

from edge.telemetry.reporter import Reporter
from tests.mqtt.world import HastyClock, connection, settings

BATCH = 25
AHEAD = 200
"""How many records may wait: it goes on reporting during all of the run."""


async def main(port: int, folder: Path, total: int) -> None:
    produced = os.open(folder / "produced", os.O_RDWR | os.O_CREAT)
    begin = int(os.pread(produced, 10, 0) or 0)
    chosen = settings(port, telemetry={"metrics_interval_s": 86_400})
    async with (
        connection(port) as mqtt,
        Reporter(chosen, mqtt, state=folder, clock=HastyClock(), rate_per_s=1e6) as reports,
    ):
        assert reports._outbox is not None
        backlog = reports._outbox._backlog
        for first in range(begin, total, BATCH):
            for number in range(first, first + BATCH):
                reports.event("wake", {"number": number})
            await backlog.written()
            os.pwrite(produced, f"{first + BATCH:010}".encode(), 0)
            while backlog.waiting > AHEAD:  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0.005)
        while backlog.waiting:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
