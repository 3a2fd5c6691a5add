"""`python -m edge` is `edge-voice`."""

from edge.cli.app import main

main()
