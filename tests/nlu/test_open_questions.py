"""What is for a model must not be taken for a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nlu.conftest import Recognize

QUESTIONS = """
Who wrote Hamlet?
What's the capital of France?
Turn on the charm.
Turn on the charm, what does it mean?
What does it mean to turn on the charm?
Why is the sky blue?
How many people live in Berlin?
How far away is the moon?
What is a timer?
How do I set a pasta timer for ten minutes?
Who invented the alarm clock?
What time is it in Tokyo?
What's the time difference between London and New York?
What day is Christmas?
When is Easter this year?
What's the weather tomorrow?
What's the temperature?
What's the temperature on Mars?
How warm is it in Spain in June?
Play a game with me.
Let's play twenty questions.
Search for the best pizza in town.
Tell me a story about a light that would not turn off.
How does a light bulb work?
What is the speed of light?
Why do doors creak?
How do you lock a phone?
How many hours are in a week?
How many minutes are in a day?
What's ten percent of 350?
What's the volume of a sphere?
How do I increase the volume of a cone?
What is fifty divided by seven?
Can you explain quantum physics?
Can you help me with my homework?
Tell me about the Second World War.
Who was the second man on the moon?
What's another word for happy?
How do I boil an egg?
How long does it take to boil an egg?
How long is a marathon?
How much is a dollar in euros?
What should I cook tonight?
Give me a recipe for pancakes.
Write a poem about the kitchen light.
Is it dangerous to leave the oven on overnight?
Should I turn off the heating when I leave the house?
What happens if you leave a window open in winter?
Why did the chicken cross the road?
What happened in 1989?
Is a tomato a fruit?
Who is the president of the United States?
How do I stop a nosebleed?
How do I stop my dog from barking?
What's the best way to cancel a subscription?
When was the first alarm clock built?
Translate good night into German.
Spell necessary.
What can you tell me about Mozart?
Where do penguins live?
What comes after a million?
Do you like music?
What's a good name for a cat?
Turn over a new leaf, is that an idiom?
I turned on the news and they said it will rain.
Open your heart.
Close encounters of the third kind is about what?
What is the light year?
Tell me the rules of chess.
Which door has the prize behind it, statistically?
Is the moon out?
Set the scene for a crime novel.
"""


@pytest.mark.parametrize("text", [line for line in QUESTIONS.splitlines() if line])
def test_an_open_question_is_no_command(text: str, at_home: Recognize, nowhere: Recognize) -> None:
    assert at_home(text) is None
    assert nowhere(text) is None


def test_a_very_long_text_is_no_command(at_home: Recognize) -> None:
    assert at_home("turn on the kitchen light and " * 4000) is None


@pytest.mark.parametrize("text", ["", " ", "...", "Alexa.", "please"])
def test_nothing_is_no_command(text: str, at_home: Recognize) -> None:
    assert at_home(text) is None


_VOCABULARY = """
    set a the timer timers for 10 minutes hours called my turn on off light lights kitchen in to at percent volume add
    cancel and alarm all temperature brightness remind me how much time is left door 7:30 half past tomorrow -1 99999999
"""


@given(text=st.text(max_size=120) | st.lists(st.sampled_from(_VOCABULARY.split()), max_size=20).map(" ".join))
def test_no_text_breaks_the_grammar(text: str, at_home: Recognize) -> None:
    intent = at_home(text)
    assert intent is None or intent.name
