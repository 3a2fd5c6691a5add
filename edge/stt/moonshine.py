"""Moonshine on onnxruntime: English, int8, 44 MB of weights; made for short audio on small processors.

What is done around the networks, and why (figures in docs/speech-to-text.md):

* 200 ms of silence before the audio: the model misreads words that begin at the first sample.
* A narrow beam instead of the single best token at each step.
* Beside it, over the same audio, a beam that may only write sentences of the grammar (docs/speech-to-intent.md).
* Is it speech at all? A text is evidence of speech only when the audio makes it much more likely than silence and
  noise do: the pointwise mutual information of text and audio (Church and Hanks 1990). "Thank you for watching!" is
  likely whatever is heard; "turn off the lamp" is not.
* A text that runs in circles is decoded again in two halves; long audio is cut at quiet places.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Candidate, Match, Progress, Samples, Transcript
from edge.grammar import Grammar
from edge.grammar.spelling import Speller
from edge.stt.beam import FreeBeam, GivenUpError, Hypothesis, search
from edge.stt.grammar_beam import GrammarBeam, Spelled
from edge.stt.loudness import is_silent, pieces, quietest, raise_quiet
from edge.stt.moonshine_model import SHORTEST_SAMPLES, MoonshineModel, Utterance
from edge.stt.prior import Prior
from edge.stt.repetition import loop_start
from edge.stt.tokens import END, Vocabulary
from edge.stt.verdict import LEAST_PROBABILITY, best, fit, probability

LONGEST_SAMPLES = 20 * SAMPLE_RATE_HZ
"""Longer audio is cut: the model was trained on less than 30 s and costs grow with the square."""

BEAM = 3
LEAD = np.zeros(SAMPLE_RATE_HZ // 5, np.float32)
TOKENS_A_SECOND = 6.5
"""More than anybody says; 6.5 is Moonshine's own limit."""

EVIDENCE = 6.0
EVIDENCE_A_TOKEN = 1.5
"""Natural logarithms by which the audio must make the text more likely than silence and noise do. Of 357 recordings of
speech the least had 7.1 and 2.4, "no" in 0.8 s; the most of 102 recordings of noise that had more than 6 was 1.3 a
token, a barking dog."""

CLEAR_EVIDENCE = 12.0
"""For a command in audio whose free text is not believed: a baby's cry has 8.5 for "help me"."""

LEAST_LOG_PROB = -1.2
"""Mean of the tokens of a text that the model does not believe itself: 30 %."""

_LEAST_SPLIT = 3 * SAMPLE_RATE_HZ
FURTHEST_BEGINNING = 3.0
"""Natural logarithms that the beginning of a command may be behind the free text."""

_WIDE, _WIDE_MARGIN, _WIDE_LENGTH = 32, 15.0, 16
"""The beam that looks for the nearest sentence of a near miss: five times as slow."""

_MOST_SENTENCES = 6
"""Sentences of the grammar that are weighed against each other; further ones have never won."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a piece of audio said; `log_probs` of its tokens."""

    text: str = ""
    log_probs: tuple[float, ...] = ()
    match: Match | None = None
    progress: Progress = "no-command"
    candidates: tuple[Candidate, ...] = ()


_NOTHING = _Heard()


class MoonshineStt:
    """See `edge.stt.Stt`."""

    name = "moonshine"

    def __init__(self, folder: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        self._model = MoonshineModel(folder)
        self._words = Vocabulary.read(folder / "tokenizer.bin")
        self._bound: tuple[Grammar, Speller] | None = None
        noise = np.random.default_rng(0).standard_normal(2 * SAMPLE_RATE_HZ).astype(np.float32)
        self._nothing_said = [Prior(self._utterance(noise * level)) for level in (1e-3, 0, 3e-2)]

    def use(self, grammar: Grammar | None) -> None:
        """See `Stt.use`."""
        self._bound = (
            None if grammar is None else (grammar, Speller(grammar.automaton, self._words.spelled(), grammar.surface))
        )

    def stream(self) -> "MoonshineStream":
        """See `Stt.stream`."""
        return MoonshineStream(self)

    def hear(self, samples: Samples, given_up: Callable[[], bool] = lambda: False) -> _Heard:
        """What a piece of at most `LONGEST_SAMPLES` says. Raises `GivenUpError` at the next step when `given_up()`."""
        if is_silent(samples):
            return _NOTHING
        utterance = self._utterance(np.concatenate([LEAD, raise_quiet(samples)]))
        limit = max(8, math.ceil(len(samples) / SAMPLE_RATE_HZ * TOKENS_A_SECOND))
        free = FreeBeam(end=END, width=BEAM, max_tokens=limit)
        if self._bound is None:
            search(utterance, free, given_up=given_up)
            faint = self._nothing_said[0].scores([_said(free.best())])
            return self._free_text(samples, free.best()) if self._is_speech(free.best(), faint[0]) else _NOTHING
        grammar, speller = self._bound
        bound = GrammarBeam(speller, end=END, max_tokens=limit)
        search(utterance, free, bound, given_up=given_up)
        return self._weigh(samples, free.best(), bound, grammar)

    def nearest(self, samples: Samples) -> tuple[Candidate, ...]:
        """See `edge.stt.commands.WideSearch`."""
        if self._bound is None or is_silent(samples):
            return ()
        grammar, speller = self._bound
        utterance = self._utterance(np.concatenate([LEAD, raise_quiet(samples[:LONGEST_SAMPLES])]))
        limit = max(_WIDE_LENGTH, math.ceil(len(samples) / SAMPLE_RATE_HZ * TOKENS_A_SECOND))
        bound = GrammarBeam(speller, end=END, max_tokens=limit, width=_WIDE, margin=_WIDE_MARGIN)
        search(utterance, bound)
        spelled = bound.sentences()[:_MOST_SENTENCES]
        priors = self._nothing_said[0].scores([(*s.tokens, END) for s in spelled]) if spelled else []
        found = [
            Candidate(s.text, s.total, prior, len(s.tokens) + 1, grammar.match(s.text), grammar.free_share(s.text))
            for s, prior in zip(spelled, priors, strict=True)
        ]
        return tuple(sorted((s for s in found if s.intent is not None), key=fit, reverse=True))

    def _weigh(self, samples: Samples, found: Hypothesis, bound: GrammarBeam, grammar: Grammar) -> _Heard:
        """Choose between the free text and the sentences of the grammar."""
        spelled = bound.sentences()[:_MOST_SENTENCES]
        begun = bound.begun()
        priors = self._nothing_said[0].scores([_said(found), *((*s.tokens, END) for s in spelled)])
        text = Candidate(self._words.text(found.tokens), found.total, priors[0], len(_said(found)))
        written = {s.text: self._words.text(s.tokens) for s in spelled}
        sentences = [
            Candidate(s.text, s.total, prior, len(s.tokens) + 1, grammar.match(s.text), grammar.free_share(s.text))
            for s, prior in zip(spelled, priors[1:], strict=True)
        ]
        ranked = sorted((s for s in sentences if s.intent is not None), key=fit, reverse=True)
        candidates = (text, *ranked)
        chosen = best(ranked)
        sure = 0.0 if chosen is None else probability(chosen, text)
        certain = chosen if sure >= LEAST_PROBABILITY else None
        gained = 0.0 if certain is None else certain.log_prob - certain.prior
        needed = math.inf if certain is None else _needed(certain.length)
        speech = gained >= max(CLEAR_EVIDENCE, needed) or self._is_speech(found, priors[0])
        if speech and certain is not None and certain.intent is not None and gained >= max(EVIDENCE, needed):
            spread = (certain.log_prob / certain.length,)
            match = Match(certain.text, certain.intent, sure)
            return _Heard(written[certain.text], spread, match, "complete", candidates)
        heard = self._free_text(samples, found) if speech else _NOTHING
        progress: Progress = "no-command"
        if begun is not None and heard.text and _is_beginning(begun, text, chosen):
            progress = "could-go-on"
        return _Heard(heard.text, heard.log_probs, None, progress, candidates)

    def _free_text(self, samples: Samples, found: Hypothesis) -> _Heard:
        circle = loop_start(found.tokens)
        if circle is None and found.ended:
            return _Heard(self._words.text(found.tokens), found.log_probs)
        if len(samples) >= _LEAST_SPLIT:
            place = quietest(samples, len(samples) // 3, len(samples) * 2 // 3)
            halves = join(self.hear(samples[:place]), self.hear(samples[place:]))
            return _Heard(halves.text, halves.log_probs)
        return _Heard(self._words.text(found.tokens[:circle]), found.log_probs[:circle])

    def _utterance(self, samples: Samples) -> Utterance:
        short = SHORTEST_SAMPLES - len(samples)
        return self._model.utterance(np.pad(samples, (0, short)) if short > 0 else samples)

    def _is_speech(self, found: Hypothesis, faint: float) -> bool:
        """Whether the audio makes the free text likely enough; `faint` is its log-probability in faint noise."""
        if found.mean < LEAST_LOG_PROB or not any(c.isascii() and c.isalnum() for c in self._words.text(found.tokens)):
            return False
        said = _said(found)
        most = found.total - max(EVIDENCE, _needed(len(said)))
        return faint <= most and all(noise.scores([said])[0] <= most for noise in self._nothing_said[1:])


class MoonshineStream:
    """See `edge.stt.SttStream`. Partial results are as good as final ones: `finish` repeats the last if that is all."""

    def __init__(self, engine: MoonshineStt) -> None:
        self._engine = engine
        self._waiting: list[Samples] = []
        self._length = 0
        self._settled = _NOTHING
        self._settled_length = 0
        self._latest: _Heard | None = None
        self._given_up = False

    def feed(self, samples: Samples) -> None:
        """See `SttStream.feed`. Audio beyond 20 s is not only stored: its first piece is decoded, for seconds."""
        self._given_up = False
        if not len(samples):
            return
        self._waiting.append(samples)
        self._length += len(samples)
        self._latest = None
        if self._length > LONGEST_SAMPLES:
            *whole, rest = pieces(np.concatenate(self._waiting), LONGEST_SAMPLES)
            for piece in whole:
                self._settled = join(self._settled, self._engine.hear(piece))
                self._settled_length += len(piece)
            self._waiting = [rest]
            self._length = len(rest)

    def partial(self) -> Transcript | None:
        """See `SttStream.partial`."""
        if self._latest is not None:
            return None
        try:
            return self._transcript(lambda: self._given_up)
        except GivenUpError:
            return None

    def give_up(self) -> None:
        """See `SttStream.give_up`; forgotten with the next `feed`."""
        self._given_up = True

    def finish(self) -> Transcript:
        """See `SttStream.finish`."""
        return self._transcript()

    def _transcript(self, given_up: Callable[[], bool] = lambda: False) -> Transcript:
        if self._latest is None:
            audio = np.concatenate(self._waiting) if self._waiting else np.zeros(0, np.float32)
            self._waiting = [audio]
            self._latest = self._engine.hear(audio, given_up)
        heard = join(self._settled, self._latest)
        confidence = math.exp(sum(heard.log_probs) / len(heard.log_probs)) if heard.log_probs else 0.0
        heard_ms = (self._settled_length + self._length) * 1000 / SAMPLE_RATE_HZ
        return Transcript(
            heard.text,
            heard.match.probability if heard.match else confidence,
            final=True,
            audio_ms=heard_ms,
            match=heard.match,
            progress=heard.progress,
            candidates=heard.candidates,
        )


def join(first: _Heard, second: _Heard) -> _Heard:
    """One after the other. What comes in two pieces is free text: no command is that long."""
    if not first.text or not second.text:
        return first if first.text else second
    return _Heard(f"{first.text} {second.text}", first.log_probs + second.log_probs)


def _said(found: Hypothesis) -> tuple[int, ...]:
    return (*found.tokens, END) if found.ended else found.tokens


def _needed(length: int) -> float:
    return EVIDENCE_A_TOKEN * length


def _is_beginning(begun: Spelled, free: Candidate, sentence: Candidate | None) -> bool:
    """Whether the audio is better explained by the beginning of a sentence than by any whole one."""
    if sentence is not None and sentence.log_prob > begun.total:
        return False
    return begun.total >= free.log_prob - FURTHEST_BEGINNING
