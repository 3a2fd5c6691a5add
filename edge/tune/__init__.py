"""Measures what runs each stage best on this board, and keeps the choice (`edge-voice tune`).

candidates -> trial (a process each) -> agreement -> choice -> edge.hardware.tuned
chat: the same for the chat models and their threads -------> edge.hardware.tuned
"""
