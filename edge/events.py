"""The nouns of a turn, in the order in which they flow.

    AudioFrame -> HeardFrame, WakeDetected -> Transcript -> Decision -> ReplySentence -> Speech -> TurnRecord

Frozen values without behaviour; no runtime is imported here. Times are counted in samples at
`SAMPLE_RATE_HZ` since the audio source was opened, durations are in milliseconds, probabilities 0 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000
"""The rate of every frame between the front end and the recognisers."""

FRAME_SAMPLES = 512
"""Samples in one frame: 32 ms, the step of the voice-activity detector."""

FRAME_MS = FRAME_SAMPLES * 1000 / SAMPLE_RATE_HZ

Samples = npt.NDArray[np.float32]
"""Mono audio, shape (n,), -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class AudioFrame:
    """`FRAME_SAMPLES` samples; `start` is the index of the first one."""

    samples: Samples
    start: int

    @property
    def end(self) -> int:
        """The index after the last sample."""
        return self.start + len(self.samples)


@dataclass(frozen=True, slots=True, eq=False)
class HeardFrame:
    """A frame behind the ears: `speech` is the probability of speech, `at` the clock's seconds of its arrival."""

    frame: AudioFrame
    speech: float
    at: float


@dataclass(frozen=True, slots=True)
class WakeDetected:
    """A wake word was spoken; `at` is the sample index at which the detector was certain.

    `word_end` is the best estimate of the sample index at which the word itself ended; a command in the same breath
    follows there. Its error is in `docs/wake-words.md`.
    """

    word: str
    score: float
    at: int
    word_end: int


SlotValue = str | int | float

HERE: Final = "here"
"""The slot `area` of a command that means the room it was said in, where the settings do not name that room."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A command of the home's grammar with its slots, e.g. HassTurnOn {name: kitchen light}.

    `then` are the further commands of the same sentence, in order, each without a `then` of its own.
    """

    name: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    then: tuple["Intent", ...] = ()


AS_SPELLED = "as_spelled"
"""The slot of a command whose `name` is an entity's in the owner's spelling: it was chosen, not said."""

IN_SHORT = "in_short"
"""The slot of a command to a timer that was named without the word "timer", and so may be for something else."""

CONFIRMED = "confirmed"
"""The slot of a command that the user said yes to: it is not asked about again."""


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the grammar that was heard in the audio itself, with the probability that it was meant."""

    sentence: str
    intent: Intent
    probability: float


ASK_CLOUD = "EdgeAskCloud"
"""The intent that asks the user whether the cloud may be asked for the `text` in its slot."""

LISTENING = "edge:listening"
"""The response of a HassRespond about what the speaker hears, keeps and sends; its slot `sends` is the mode."""

MODEL = "edge:model"
"""The response of a HassRespond about the language model; its slots are `sends` and `model`, the name of the one in the
home, without which none is open."""

LOOKED_UP = "EdgeLookedUp"
"""The intent of a fact: the slot `question` is what was asked, `response` what is told."""

UNDO = "undo"
"""The slot of a command that was said in short ("undo that", "turn it off"): it opens and unlocks nothing."""


Progress = Literal["complete", "could-go-on", "no-command"]
"""How much of a command a text is: all it needs, the beginning of one, or none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that the audio was compared with, `length` in tokens of the recogniser.

    `log_prob` is the natural logarithm of its probability given the audio, `prior` the same given noise: what the
    recogniser expects of any audio. `intent` is the command of a sentence of the grammar, None for free text;
    `free` is the share of such a sentence that is free text ("add MILK to my list"), 0 to 1.
    """

    text: str
    log_prob: float
    prior: float
    length: int
    intent: Intent | None = None
    free: float = 0.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of an utterance, empty when nothing was said. `confidence` is 0 to 1; `audio_ms` is the audio heard.

    `match` is the command that was heard, where the recogniser listens for a grammar; `progress` tells how complete a
    command is; `candidates` are the texts that were weighed, the free text first.
    """

    text: str
    confidence: float
    final: bool
    audio_ms: float = 0.0
    match: Match | None = None
    progress: Progress = "no-command"
    candidates: tuple[Candidate, ...] = ()


Answerer = Literal["home", "exact", "llm", "cloud"]
"""The home and the speaker itself, what computes or looks up answers on the board, the model there, the cloud."""


Chooser = Literal["llm", "cloud"]
"""A model that may choose a command for a text that was not understood."""


CloudState = Literal["ready", "no-key", "down", "over-budget"]
"""Whether the cloud can be asked now, and if not, why: "down" is for a while, after failures in a row."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers, and why.

    `reason` is a stable kebab-case word for records ("intent", "open-question", "fresh-knowledge", "asked-for-cloud",
    ...); `intent` is set exactly when `answerer` is home or exact. `text` is the question, without the wake word and
    "ask the cloud". `refusal` is the topic of a question that no model in the home may answer: the `what` of the
    EdgeUnsupported that is said if the cloud fails. `kind` is that of a question (`edge.nlu.kinds`). `consent`: the
    text answers whether the cloud may be asked. `why` are the features that decided and the runner-up, for records and
    `--explain`; nothing in it quotes the text.
    """

    answerer: Answerer
    reason: str
    text: str
    intent: Intent | None = None
    confidence: float = 1.0
    refusal: str | None = None
    kind: str | None = None
    consent: Literal["yes", "no"] | None = None
    why: Mapping[str, SlotValue] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question that a reply asks, for the next turn to answer.

    With `choices`, the labels that the reply named, the answer selects one of their intents. Without, the answer is a
    part that `intent` lacks ("for how long?"). A `confirmation` is answered with yes or no: yes carries `intent` out;
    with `choices`, one of them may be named instead. A `secret` is answered with the spoken code, which `intent` then
    has as its slot "code"; nothing that is said in answer is kept.
    """

    intent: Intent
    choices: tuple[tuple[str, Intent], ...] = ()
    confirmation: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the next turn may refer to: the question that waits for its answer, and the last command.

    `also` are the commands of the same sentence before it, for "both" and "them". `asked` is the last exact question or
    fact, which "and in miles" goes on from; with `asked_since` it came after the command: "cancel that" means none.
    `other_choices` are the choices that the last answer did not select. `chatting`: a model answered the turn before.
    `consent` is the user's answer whether the cloud may be asked, as long as it counts.
    """

    question: PendingQuestion | None = None
    last: Intent | None = None
    other_choices: tuple[tuple[str, Intent], ...] = ()
    chatting: bool = False
    also: tuple[Intent, ...] = ()
    asked: Intent | None = None
    asked_since: bool = False
    consent: Literal["unasked", "yes", "no"] = "unasked"


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """One piece of a reply that can be spoken by itself.

    `fixed` replies come from a table and may be cached; one that `goes_on` is the beginning of a sentence. `question`:
    it asks something that the next turn may answer. An `aside` is heard, and is no part of the answer: a filler.
    """

    text: str
    fixed: bool = False
    goes_on: bool = False
    question: PendingQuestion | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Synthesised or recorded sound for the output, mono, at `rate_hz`."""

    samples: Samples
    rate_hz: int

    @property
    def duration_ms(self) -> float:
        """Its length."""
        return len(self.samples) * 1000 / self.rate_hz


Stage = Literal["turn", "stt", "route", "home", "llm", "tts"]
"""The consumers of time in a turn: `turn` is the wait for the end of the utterance, the others are the stages."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stage was at work from `begin` to `end`; `discarded`: for a reply that was never spoken."""

    stage: Stage
    begin: float
    end: float
    discarded: bool = False


Outcome = Literal["answered", "nothing-said", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn, explained: who answered, why, how sure, and the milliseconds of each stage.

    `stages_ms` maps stage names (stt, route, llm, tts, ...) to milliseconds spent waiting for them; `first_audio_ms`
    runs from the last voiced frame to the first sample handed to the output, None when nothing was played. `reply` is
    the text that was heard: of a reply that was cut, the words before the cut. `cost_usd` is the charge of a paid
    endpoint. `spans` say which stage ran when, in milliseconds from the last voiced frame.
    """

    id: str
    started_at: str
    wake_word: str | None
    transcript: str
    confidence: float
    answerer: Answerer | None
    reason: str
    intent: Intent | None
    reply: str
    outcome: Outcome
    stages_ms: Mapping[str, float]
    first_audio_ms: float | None
    error: str | None = None
    cost_usd: float = 0.0
    details: Mapping[str, SlotValue] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
