"""Measures what runs each stage best on this board, and keeps the choice (`edge-voice tune`).

candidates -> trial (a process each) -> agreement -> choice -> edge.hardware.tuned
"""
