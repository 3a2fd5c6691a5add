"""ONNX Runtime for every stage: which provider runs which model, and what runs it instead when that fails.

    [compute], tuned choices -> plan -> session -> report

`session`, `providers` and `files` load the runtime, so only engines import them, when they are opened.
"""
