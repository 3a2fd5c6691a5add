"""The recordings of `edge/bench/turns`: commands and questions for one speaker with default settings, in order.

Nothing in them waits or rings: timers run for ten minutes at least, alarms are for tomorrow, and the volume stays
audible. The questions are no commands, and none is one that a small model would better hand on.
"""

from collections.abc import Iterable
from itertools import cycle

from scripts.recordings.take import Take

SPEAKERS = (
    ("heart", 1.0, 1.0),
    ("joe", 1.0, 1.0),
    ("heart", 0.9, 0.9),
    ("joe", 1.15, 1.08),
    ("heart", 1.2, 1.06),
    ("joe", 0.85, 0.92),
    ("heart", 1.1, 0.94),
    ("joe", 1.05, 1.12),
    ("heart", 0.95, 1.12),
    ("joe", 1.2, 0.96),
)
"""Voice, speed, pitch: they speak in turn."""

_COMMANDS = (
    ("time", "What time is it?", "HassGetCurrentTime"),
    ("date", "What's the date today?", "HassGetCurrentDate"),
    ("weekday", "Which day of the week is it?", "HassGetCurrentDate"),
    ("year", "What year is it?", "HassGetCurrentDate"),
    ("timer", "Set a timer for twenty minutes.", "HassStartTimer"),
    ("timer-left", "How much time is left?", "HassTimerStatus"),
    ("pause", "Pause the timer.", "HassPauseTimer"),
    ("resume", "Resume the timer.", "HassUnpauseTimer"),
    ("add", "Add five minutes.", "HassIncreaseTimer"),
    ("timer-pasta", "Start a pasta timer for fifteen minutes.", "HassStartTimer"),
    ("pasta-left", "How long on the pasta timer?", "HassTimerStatus"),
    ("take-off", "Take two minutes off the pasta timer.", "HassDecreaseTimer"),
    ("timer-hours", "Set a timer for an hour and a half.", "HassStartTimer"),
    ("timer-laundry", "Start a ninety minute laundry timer.", "HassStartTimer"),
    ("remind", "Remind me in forty five minutes.", "HassStartTimer"),
    ("timer-polite", "Set a timer for an hour and twenty minutes, please.", "HassStartTimer"),
    ("timers", "Which timers do I have?", "HassTimerStatus"),
    ("cancel-pasta", "Cancel the pasta timer.", "HassCancelTimer"),
    ("cancel-timers", "Cancel all timers.", "HassCancelAllTimers"),
    ("alarm-noon", "Set an alarm for tomorrow at noon.", "EdgeSetAlarm"),
    ("wake-me", "Wake me up at seven thirty tomorrow morning.", "EdgeSetAlarm"),
    ("alarm-nine", "Set an alarm for nine o'clock tomorrow.", "EdgeSetAlarm"),
    ("next-alarm", "When is my next alarm?", "EdgeAlarmStatus"),
    ("alarms", "What alarms do I have?", "EdgeAlarmStatus"),
    ("cancel-alarms", "Cancel all alarms.", "EdgeCancelAllAlarms"),
    ("volume", "Set the volume to fifty percent.", "HassSetVolume"),
    ("volume-up", "Turn the volume up a little.", "HassSetVolumeRelative"),
    ("volume-down", "Volume down.", "HassSetVolumeRelative"),
    ("repeat", "Can you repeat that, please?", "EdgeRepeat"),
    ("help", "What can you do?", "HassRespond"),
)

_QUESTIONS = (
    ("sky", "Why is the sky blue?"),
    ("egg", "How do I boil an egg?"),
    ("joke", "Tell me a joke about cats."),
    ("volcano", "Can you explain what a volcano is?"),
    ("penguins", "What do penguins eat?"),
    ("einstein", "Who was Albert Einstein?"),
    ("bananas", "Where do bananas grow?"),
    ("tomatoes", "When should I plant tomatoes?"),
    ("desert", "Which animals can live in the desert?"),
    ("rainbow", "How does a rainbow form?"),
    ("frog", "What is the difference between frogs and toads?"),
    ("dinner", "Give me an idea for a quick dinner."),
    ("dogs", "Why do dogs wag their tails?"),
    ("bread", "Could you tell me how bread is made?"),
    ("picnic", "What should I take to a picnic?"),
    ("coffee", "Is coffee good for you?"),
    ("fish", "Do fish ever sleep?"),
    ("flying", "Are there any fish that can fly?"),
    ("asleep", "How can I fall asleep faster?"),
    ("dough", "What makes bread rise?"),
    ("story", "Please tell me a story about a mouse."),
    ("clouds", "I want to know how clouds are made."),
    ("gravity", "Does the moon have gravity?"),
    ("names", "What helps me to remember names?"),
    ("ice", "Explain why ice floats on water."),
    ("fruits", "List some fruits that grow on trees."),
    ("plants", "Should I water plants in the morning or the evening?"),
    ("leaves", "Why do the leaves turn red in the autumn?"),
    ("rain", "Suggest something to do when it rains."),
    ("child", "How would you explain to a child why the moon changes shape?"),
)


def _takes(part: str, rows: Iterable[tuple[str, str, str | None]]) -> tuple[Take, ...]:
    return tuple(
        Take(
            f"{part}-{number:02}-{name}",
            text,
            voice,
            speed,
            pitch,
            tail_ms=1500,  # the longest wait for the end is shorter: nothing but the room decides it
            expect={"transcript": text, "intent": intent, "reply": None},
        )
        for number, ((name, text, intent), (voice, speed, pitch)) in enumerate(zip(rows, cycle(SPEAKERS)), 1)
    )


TURNS = {"command": _takes("command", _COMMANDS), "question": _takes("question", ((*row, None) for row in _QUESTIONS))}
