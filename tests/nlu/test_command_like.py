"""What asks for something to be done never reaches a chat model, which could only claim to have done it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.command_like import command_like
from tests.nlu.conftest import Recognize

COMMANDS = """
Open the garage door halfway.
Open the blinds a bit.
Turn on lamp 3.
Turn on lamp to.
Turn on everything.
Turn it off.
Switch them on again.
Turn on the aquarium.
Switch off the disco ball.
Power on the printer.
Turn the aquarium off.
Turn on zone 25.
Make the kitchen light purple.
Make the floor lamp blink.
Set the floor lamp to sunset mode.
Change the colour of the ceiling lamp to red.
Increase the brightness of the floor lamp.
Start the coffee machine with two cups.
Move the blinds down a little.
Close everything.
Dim the aquarium.
Lock the shed.
Restart the coffee machine.
Set the thermostat to eco.
Keep the bedroom lamp on.
Did you turn off the lights?
Have you locked the front door?
Did I leave the coffee machine on?
Has someone opened the garage door?
Are you turning on the ceiling fan?
Call Peter.
Call the office.
Phone my sister, please.
Text Anna I am late.
Send an email to my boss.
Send Peter that I will be late.
Read my messages.
Answer the phone.
Hang up.
Play the new album by Adele.
Play something relaxing.
Skip this song.
Next track.
Shuffle my playlist.
What song is this?
Put on some jazz.
Add bread to the shopping list.
Remove milk from my grocery list.
What's on my shopping list?
Order more coffee.
Buy paper towels.
Take a note.
Remember that my keys are in the drawer.
What's on my calendar?
Add a meeting with Tom on Friday to my calendar.
Show me the front door camera.
Take a picture.
Who's at the door?
Restart yourself.
Connect to my phone with bluetooth.
Change your voice.
Speak slower.
Go to sleep.
Call me a taxi.
Book a table for two.
Navigate to the station.
Find my phone.
Open Spotify.
Announce that dinner is ready.
Tell everyone that dinner is ready.
Vacuum the living room.
Clean the kitchen.
"""

QUESTIONS = """
How do I turn on dark mode on an iPhone?
What is a lamp?
Who set the record for the fastest marathon?
Play is important for children.
How do I call a taxi in Rome?
Why do people call cats kitty?
What does it mean to call it a day?
Call it a day, what does that mean?
Call of Duty is what kind of game?
Text to speech, how does it work?
How do I send an email on my phone?
Who invented the telephone?
What is the best way to add insulation to an attic?
Is it safe to leave the oven on overnight?
How do cameras work?
Take a guess.
Take me through the water cycle.
What is the shopping list problem in maths?
Order the planets by size.
Order of the Phoenix, who wrote it?
Who plays James Bond?
Who played the piano in Casablanca?
Turn on the charm.
Turn over a new leaf, is that an idiom?
Open your heart.
Unlock the secrets of the universe for me.
Close encounters of the third kind is about what?
Set the scene for a crime novel.
Set theory, what is it?
Make a sentence with the word lamp.
Make me laugh.
Make up a story about a door.
Start a story about a dragon.
Stop motion, how is it done?
Run Lola Run is a film from where?
Change is hard, why?
Keep talking.
Give me a name for a dog.
Give me three facts about doors.
Tell me about lighthouses.
Tell me a story about a light that would not turn off.
Write an email to my landlord about the broken heating.
Write a shopping list for pancakes.
Remember the Alamo, what was that?
What happened in the Battle of the Bulge?
Note to self, where does that come from?
Let's play a word game.
Play a game with me.
Play twenty questions.
Where do lamps come from?
Which lamp is best for reading?
Are LED lamps better than bulbs?
Can you explain how locks work?
Do fans use a lot of power?
Have you read Moby Dick?
Did Edison invent the light bulb?
Did you know that cats sleep a lot?
Were there lights in ancient Rome?
Print was invented by whom?
Find the square root of 16.
Track and field, what events are there?
Clean energy, is it cheaper?
Water boils at what temperature?
Show me how to tie a tie.
What should I order at a sushi restaurant?
Read me a poem.
Sing a song.
Buy or rent, what is better?
Light travels how fast?
Book recommendations, please.
"""

_WORDS = ("turn", "on", "the", "lamp", "and", "call", "play", "to", "of", "is", "text", "add", "my", "list", "it", "3")


def lines(texts: str) -> list[str]:
    return [line for line in texts.splitlines() if line]


@pytest.mark.parametrize("text", lines(COMMANDS))
def test_what_asks_for_something_to_be_done_is_for_the_home(text: str, at_home: Recognize, nowhere: Recognize) -> None:
    assert at_home(text) is not None
    assert nowhere(text) is not None


@pytest.mark.parametrize("text", lines(QUESTIONS))
def test_a_question_with_words_of_commands_is_for_the_model(text: str, at_home: Recognize, nowhere: Recognize) -> None:
    assert at_home(text) is None
    assert nowhere(text) is None


@given(st.lists(st.sampled_from(_WORDS)))
def test_no_text_breaks_it(words: list[str]) -> None:
    command_like(" ".join(words), {"lamp": "Lamp"})


@pytest.mark.parametrize(
    "text", ["a" * 200, "call " + "a" * 190 + " ? ?", "text " + "b " * 90, "turn on the " + "the " * 40]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    command_like(text, {})
    assert time.process_time() - began < 5  # exponential patterns would take hours
