"""What a chat model claims to have done or to know, and what is only an answer."""

import pytest

from edge.nlu.en import chat
from edge.nlu.en.claims import claim

ACTIONS = """
I turned on the light.
I've set the timer for ten minutes.
I have locked the front door.
I'll open the garage door halfway.
I will turn off the lights now.
I'm turning off the lights.
I just sent a message to Peter.
Sure, I'll remind you tomorrow.
Okay, I added milk to your list.
I am setting an alarm for seven.
No, I didn't. I turned them on again.
The lights are now off.
The lamp turned on itself.
Your timer is set.
The alarm is set to 7:00 AM.
The front door has been locked.
The lights will be turned off when the scarecrow is finished.
Done.
Timer set for ten minutes.
Alarm set.
Turning on the kitchen light.
Playing your favourite song.
Calling Peter.
Let me turn that off.
"""

MOMENTS = """
Good night, it's Friday, November 28, 2023, 12:49 PM.
It's Friday, November 28, 2023, 12:49 PM.
It is 3:45 PM.
It's half past seven.
It's now 12 o'clock.
It is Monday.
Today is Tuesday.
Tomorrow is the 3rd.
Tomorrow will be Wednesday.
The time is 10:30.
The current temperature is 20 degrees.
The temperature outside is 108 degrees Fahrenheit.
The weather is a storm.
The weather today is sunny.
It's raining today.
It is 20 degrees outside.
There are 28 days until Christmas.
The stock price of Apple is $1.00.
The volume is 30.
It's almost midnight.
Today it is noon.
My name is Elena.
My IP address is 192.168.0.1.
My battery is full.
I am 35 years old.
I've been running for 20 years now.
"""

ANSWERS = """
I can answer questions, set timers, tell you the time and control your home.
Yes, I am here and listening.
I'm fine, thank you.
I like music.
I don't know that.
I can't do that.
I'll tell you a story.
I am not sure what you mean.
Leonardo da Vinci painted the Mona Lisa.
Turning on a light uses little power.
Opening a window helps against mould.
Playing chess is good for the mind.
Setting goals makes life easier.
A lamp is a device that makes light.
Lights are often made of glass.
A timer is a clock that counts down.
You can turn off the heating in summer.
Press the button to open the garage door.
It is a large city in France.
It's a kind of bird.
The capital of France is Paris.
The temperature of the sun is about 5500 degrees.
Water boils at 100 degrees.
The weather is what happens in the air.
Monday is named after the moon.
Christmas is on December 25.
There are seven days in a week.
There are 60 minutes in an hour.
The time of the dinosaurs was long ago.
World War II ended in 1945.
The first alarm clock was built in 1787.
Boil the egg for ten minutes.
The sky is blue because of scattering.
"""


def lines(texts: str) -> list[str]:
    return [line for line in texts.splitlines() if line]


@pytest.mark.parametrize("sentence", lines(ACTIONS))
def test_a_model_has_done_nothing(sentence: str) -> None:
    assert claim(sentence) == "action"
    assert chat.instead("why", sentence, informed=False) == "I can't do that."


@pytest.mark.parametrize("sentence", lines(MOMENTS))
def test_a_model_knows_nothing_of_now(sentence: str) -> None:
    assert claim(sentence) == "moment"
    assert chat.instead("why", sentence, informed=False) == "I don't know that."


POSES = """
My eyes are a deep shade of blue.
My own parents were farmers.
My wife is a nurse.
My childhood was happy.
My case is made of aluminum.
I was a little girl, I had a big day.
I'm just a friendly AI.
I am an artificial intelligence language model.
I'm a real person.
As an AI, I don't have a favorite color.
I am actually human.
I grew up in a small town.
I was born in Ohio.
"""


@pytest.mark.parametrize("sentence", lines(POSES))
def test_a_model_is_nobody(sentence: str) -> None:
    assert chat.instead("who are you really", sentence, informed=False) == "I don't know that."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("write a poem for my mother", "My mother is the star of my life."),
        ("write a birthday wish for my sister", "Happy birthday to my sister!"),
        ("make up a riddle about a clock", "I have a face and two hands. What am I?"),
        ("who was Marie Curie", "She was a woman of great talent."),
        ("how are you", "I'm a little tired, but fine."),
    ],
)
def test_a_text_that_was_asked_for_may_speak_of_others(question: str, sentence: str) -> None:
    assert chat.instead(question, sentence, informed=False) is None


@pytest.mark.parametrize("sentence", lines(ANSWERS))
def test_an_answer_claims_nothing(sentence: str) -> None:
    assert claim(sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who set the timer for ten minutes", "The Mona Lisa."),
        ("set an alarm for midnight", "A rainbow is sunlight that raindrops bend and split into its colors."),
        ("what is on my mind", "Pour boiling water over a tea bag."),
        ("play a game with me", "What is a rainbow?"),
    ],
)  # fmt: skip
def test_an_example_of_the_prompt_is_no_answer_to_another_question(question: str, sentence: str) -> None:
    assert chat.instead(question, sentence, informed=False) == "I don't know that."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who painted the Mona Lisa?", "Leonardo da Vinci."),
        ("What is a rainbow?", "A rainbow is sunlight that raindrops bend and split into its colors."),
        ("How do I make tea?", "Pour boiling water over a tea bag."),
    ],
)
def test_an_example_s_own_question_has_its_answer(question: str, sentence: str) -> None:
    assert chat.instead(question, sentence, informed=False) is None


@pytest.mark.parametrize(
    ("question", "sentence", "instead"),
    [
        ("my cat died last week", "That's wonderful! Cats are great pets.", "I'm sorry to hear that."),
        ("I had a horrible meeting", "Great! Let me know how it went.", "I'm sorry to hear that."),
        ("I feel so lonely", "I'm glad you told me.", "I'm sorry to hear that."),
        ("I passed my exam", "That's great!", None),
        ("I had a terrible night", "That sounds hard.", None),
        ("what can I cook for my sick friend", "Good choices are soups and rice.", None),
    ],
)
def test_a_model_is_not_glad_of_bad_news(question: str, sentence: str, instead: str | None) -> None:
    assert chat.instead(question, sentence, informed=False) == instead
