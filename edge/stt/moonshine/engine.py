"""The Moonshine recogniser: English, int8, 44 MB of weights, made for short audio on small processors.

What is done around the networks, and why (figures in docs/speech-to-text.md):

* 200 ms of silence before the audio: the model misreads words that begin at the first sample.
* A narrow beam instead of the single best token at each step.
* Beside it, over the same audio, a beam that may only write sentences of the grammar (docs/speech-to-intent.md).
* A test for speech: a text is evidence of speech only when the audio makes it much more likely than silence and noise
  do (pointwise mutual information, Church and Hanks 1990). "Thank you for watching!" is likely whatever is heard; "turn
  off the lamp" is not.
* A text that loops is decoded again in two halves; long audio is cut at quiet places.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Candidate, Match, Progress, Samples
from edge.grammar import Grammar
from edge.grammar.token_constraint import TokenConstraint
from edge.runtime.memory import return_free_memory
from edge.runtime.onnx.resident import ResidentLost
from edge.stt.loudness import is_silent, quietest, raise_quiet
from edge.stt.moonshine.beam import FreeBeam, Hypothesis, search
from edge.stt.moonshine.grammar_beam import GrammarBeam, Spelled
from edge.stt.moonshine.networks import MIN_SAMPLES, MoonshineNetworks, Utterance
from edge.stt.moonshine.prior import Prior
from edge.stt.moonshine.repetition import loop_start, says_again
from edge.stt.moonshine.stream import MAX_SAMPLES, NOTHING, Decoded, MoonshineStream, join
from edge.stt.moonshine.tokens import END, Vocabulary
from edge.stt.moonshine.tuning import Tuning
from edge.stt.moonshine.verdict import Verdict

BEAM = 3
LEAD = np.zeros(SAMPLE_RATE_HZ // 5, np.float32)

_MIN_SPLIT_SAMPLES = 3 * SAMPLE_RATE_HZ

_WIDE, _WIDE_MARGIN, _WIDE_LENGTH = 32, 15.0, 16
"""The beam that looks for the nearest sentence of a near miss: five times as slow."""

_MAX_SENTENCES = 6
"""Sentences of the grammar that are compared; later ones have never won."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """The grammar in use."""

    grammar: Grammar
    constraint: TokenConstraint


class MoonshineStt:
    """See `edge.stt.Stt` and `edge.stt.commands.Explains`."""

    name = "moonshine"

    def __init__(self, folder: Path, tuning: Tuning) -> None:
        """Load a converted model. Raises `ModelError` `model-missing` or `model-invalid`."""
        self.verdict = Verdict(tuning)
        self._tuning = tuning
        self._networks = MoonshineNetworks(folder)
        self._vocabulary = Vocabulary.read(folder / "tokenizer.bin")
        self._bound: _Bound | None = None
        noise = np.random.default_rng(0).standard_normal(2 * SAMPLE_RATE_HZ).astype(np.float32)
        self._levels_of_noise = [noise * level for level in (1e-3, 0, 3e-2)]
        self._priors = self._heard_in_noise()

    def use(self, grammar: Grammar | None) -> None:
        """See `Stt.use`."""
        if grammar is None:
            self._bound = None
        else:
            constraint = TokenConstraint(grammar.automaton, self._vocabulary.spelled(), grammar.surface)
            self._bound = _Bound(grammar, constraint)
        return_free_memory()  # compiling the grammar left about 10 MB

    def stream(self) -> MoonshineStream:
        """See `Stt.stream`."""
        return MoonshineStream(self.decode)

    def decode(self, samples: Samples, cancelled: Callable[[], bool] = lambda: False) -> Decoded:
        """Recognise at most `MAX_SAMPLES`. Raises `SearchCancelledError` at the next step once `cancelled()`."""
        if is_silent(samples):
            return NOTHING
        try:
            return self._search(samples, cancelled)
        except ResidentLost:  # with its device; the networks run on the next one now
            self._priors = self._heard_in_noise()
            return self._search(samples, cancelled)

    def _heard_in_noise(self) -> list[Prior]:
        return [Prior(self._utterance(noise)) for noise in self._levels_of_noise]

    def _search(self, samples: Samples, cancelled: Callable[[], bool]) -> Decoded:
        utterance = self._utterance(np.concatenate([LEAD, raise_quiet(samples)]))
        limit = self._max_tokens(samples)
        free = FreeBeam(end=END, width=BEAM, max_tokens=limit)
        bound = self._bound
        if bound is None:
            search(utterance, free, cancelled=cancelled)
            faint = self._priors[0].scores([_with_end(free.best())])
            if self._is_speech(free.best(), faint[0]):
                return self._free_text(samples, free.best())
            return self._said_again(samples, free.best())
        sentences = GrammarBeam(bound.constraint, end=END, max_tokens=limit)
        search(utterance, free, sentences, cancelled=cancelled)
        return self._choose(samples, free.best(), sentences, bound.grammar)

    def nearest(self, samples: Samples) -> tuple[Candidate, ...]:
        """See `edge.stt.commands.Explains`."""
        bound = self._bound
        if bound is None or is_silent(samples):
            return ()
        utterance = self._utterance(np.concatenate([LEAD, raise_quiet(samples[:MAX_SAMPLES])]))
        limit = max(_WIDE_LENGTH, self._max_tokens(samples))
        sentences = GrammarBeam(bound.constraint, end=END, max_tokens=limit, width=_WIDE, margin=_WIDE_MARGIN)
        search(utterance, sentences)
        spelled = sentences.sentences()[:_MAX_SENTENCES]
        priors = self._priors[0].scores([(*s.tokens, END) for s in spelled]) if spelled else []
        return tuple(self._ranked(spelled, priors, bound.grammar))

    def _choose(self, samples: Samples, found: Hypothesis, sentences: GrammarBeam, grammar: Grammar) -> Decoded:
        """Choose between the free text and the sentences of the grammar."""
        spelled = sentences.sentences()[:_MAX_SENTENCES]
        prefix = sentences.prefix()
        priors = self._priors[0].scores([_with_end(found), *((*s.tokens, END) for s in spelled)])
        text = Candidate(self._vocabulary.text(found.tokens), found.total, priors[0], len(_with_end(found)))
        ranked = self._ranked(spelled, priors[1:], grammar)
        candidates = (text, *ranked)
        best = self.verdict.best(ranked)
        probability = 0.0 if best is None else self.verdict.probability(best, text)
        command = best if probability >= self._tuning.min_probability else None
        pmi = 0.0 if command is None else command.log_prob - command.prior
        needed = math.inf if command is None else self._tuning.min_pmi_per_token * command.length
        speech = pmi >= max(self._tuning.min_pmi_of_unclear_speech, needed) or self._is_speech(found, priors[0])
        if speech and command is not None and command.intent is not None and pmi >= max(self._tuning.min_pmi, needed):
            written = next(self._vocabulary.text(s.tokens) for s in spelled if s.text == command.text)
            match = Match(command.text, command.intent, probability)
            return Decoded(written, (command.log_prob / command.length,), match, "complete", candidates)
        decoded = self._free_text(samples, found) if speech else self._said_again(samples, found)
        progress: Progress = "no-command"
        if prefix is not None and decoded.text and self._is_prefix(prefix, text, best):
            progress = "could-go-on"
        return Decoded(decoded.text, decoded.log_probs, None, progress, candidates)

    def _ranked(self, spelled: Sequence[Spelled], priors: Sequence[float], grammar: Grammar) -> list[Candidate]:
        """The sentences that mean something, best first."""
        sentences = (
            Candidate(s.text, s.total, prior, len(s.tokens) + 1, grammar.match(s.text), grammar.free_share(s.text))
            for s, prior in zip(spelled, priors, strict=True)
        )
        return sorted((s for s in sentences if s.intent is not None), key=self.verdict.score, reverse=True)

    def _free_text(self, samples: Samples, found: Hypothesis) -> Decoded:
        loop = loop_start(found.tokens)
        if loop is None and found.ended:
            return Decoded(self._vocabulary.text(found.tokens), found.log_probs)
        if len(samples) >= _MIN_SPLIT_SAMPLES:
            return self._halves(samples)
        return Decoded(self._vocabulary.text(found.tokens[:loop]), found.log_probs[:loop])

    def _said_again(self, samples: Samples, found: Hypothesis) -> Decoded:
        """What the test for speech has refused. A phrase is likely after itself, whatever is heard: test the halves."""
        if len(samples) >= _MIN_SPLIT_SAMPLES and says_again(found.tokens):
            return self._halves(samples)
        return NOTHING

    def _halves(self, samples: Samples) -> Decoded:
        place = quietest(samples, len(samples) // 3, len(samples) * 2 // 3)
        halves = join(self.decode(samples[:place]), self.decode(samples[place:]))
        return Decoded(halves.text, halves.log_probs)

    def _max_tokens(self, samples: Samples) -> int:
        return math.ceil(len(samples) / SAMPLE_RATE_HZ * self._tuning.max_tokens_per_second)

    def _utterance(self, samples: Samples) -> Utterance:
        short = MIN_SAMPLES - len(samples)
        return self._networks.utterance(np.pad(samples, (0, short)) if short > 0 else samples)

    def _is_speech(self, found: Hypothesis, faint: float) -> bool:
        """Whether the audio makes the free text likely enough; `faint` is its log-probability in faint noise."""
        text = self._vocabulary.text(found.tokens)
        if found.mean < self._tuning.min_mean_log_prob or not any(c.isascii() and c.isalnum() for c in text):
            return False
        tokens = _with_end(found)
        limit = found.total - max(self._tuning.min_pmi, self._tuning.min_pmi_per_token * len(tokens))
        return faint <= limit and all(noise.scores([tokens])[0] <= limit for noise in self._priors[1:])

    def _is_prefix(self, prefix: Spelled, free: Candidate, sentence: Candidate | None) -> bool:
        """Whether the beginning of a sentence explains the audio better than any whole sentence does."""
        if sentence is not None and sentence.log_prob > prefix.total:
            return False
        return prefix.total >= free.log_prob - self._tuning.max_prefix_gap


def _with_end(found: Hypothesis) -> tuple[int, ...]:
    return (*found.tokens, END) if found.ended else found.tokens
