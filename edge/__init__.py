"""edge-voice: a private smart speaker that runs on the board. Start reading at `events` and `pipeline`."""

import os

__version__ = "0.1.0"

NO_TELEMETRY = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""Turns off the usage reports of libraries (docs/privacy.md). ONNX Runtime reads its variable once, during its
import, so these must be set before any other import. Child processes inherit them."""

os.environ.update(NO_TELEMETRY)  # not setdefault: "0" or "" in the environment would switch the collection on
