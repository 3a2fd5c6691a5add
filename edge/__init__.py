"""edge-voice: a private smart speaker that runs on the board. Start reading at `events` and `pipeline`."""

__version__ = "0.1.0"
