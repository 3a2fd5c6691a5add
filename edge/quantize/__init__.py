"""Static int8 for accelerators, made from a model in standard operators (`edge-voice models quantize`).

    float networks -> listening (what they hear) -> calibration -> qdq -> sensitivity -> comparison

* `listening`: runs the networks of the recogniser over recordings.
* `calibration`: the largest number that each matrix is multiplied by.
* `qdq`: the graph with int8 matrices; `sensitivity`: which of them stay in float.
* `quantizing`: all of it, from a model of the store to its files; `comparison`: what that costs and saves.
"""
