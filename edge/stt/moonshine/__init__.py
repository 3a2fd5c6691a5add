"""Moonshine (Jeffries et al. 2024, https://arxiv.org/abs/2410.15608): the default recogniser, English.

    samples -> networks (encoder) -> tree (decoder) -> beam + grammar_beam -> verdict -> engine

* `engine`: the recogniser (`edge.stt.Stt`); `stream`: one utterance.
* `networks`, `tree`: the two networks on ONNX Runtime; `tokens`: the vocabulary.
* `beam`, `grammar_beam`: the search, free and along the grammar.
* `prior`, `verdict`: choose between free text, a sentence of the grammar and nothing; `repetition` finds loops.
* `tuning`: the numbers that were fitted to one model, read from its manifest.

Only `networks` and `tree` load the runtime.
"""
