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
could you get the lights for me
kill the lights downstairs
can you turn the radiator in the study up a notch
slide the patio door open
pull the curtains halfway
crack the window open
put the porch light on a timer
make the room darker
make it brighter in here
set the mood
turn the heat way up
warm up the car
start the washing machine
start the dishwasher at midnight
unlock my car
arm the security system
set the alarm system to away
give my wife a call
get me john on the phone
shoot mom a text saying i'm late
read me my latest email
what did peter write me
any new messages
order me a pizza
add two apples and a banana to the list
what do i need to buy
scratch milk off the list
write down that i need eggs
put on the radio
put on channel four
i want to listen to the beatles
turn the music down
show me pictures of my dog
start recording a video
what can you see
switch to german
change the wake word to computer
update your firmware
join the wifi network guest
have the lights been turned off
did the garage door close
who turned on the lights
when did you lock the door
turn on the heated blanket
switch the hoover on
please make the office light less bright
change my lamp to blue
set the shower to 38 degrees
turn the volume of the radio up
unlock the shed for ten minutes
leave the hall light on all night
stop the music in the kitchen
pause the movie
increase the temperature by two degrees
decrease the brightness a little
is my garage open
have you turned the oven off
was the front door locked last night
did you add milk to the list
ring my sister
message dad that dinner is ready
dial 555 1234
email the plumber
start a phone call with nina
read out my shopping list
remove everything from the shopping list
put a meeting in my calendar for monday
what appointments do i have today
play radio four
shuffle my songs
skip
take a selfie
show me who is outside
record a message for anna
reboot
turn yourself off
set your volume to loud
connect to bluetooth
who rang the doorbell
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
Buy or rent, what is better?
Light travels how fast?
Book recommendations, please.
how can i open a jar
what does turn on a dime mean
why should i lock my phone
is it rude to call someone at night
what's a good song to play at a wedding
who sings bohemian rhapsody
how do i add a list in excel
can cats see in the dark
what is the best camera for beginners
how do you take a good picture of the moon
explain how a garage door opener works
give me a recipe with milk and eggs
who lit the first lamp
should i close the blinds in summer
what color should i paint the door
are window fans efficient
start with the letter a and list animals
name a movie with a robot
open source software is what
close friends matter why
set a good example how
tell me about the lock ness monster
what was the first text message
when was email invented
is a fan cheaper than an air conditioner
how many lights are on a christmas tree usually
make a list of fruits
add five and seven
add two plus two
remove a stain from a shirt how
change a tire how do i
run a marathon training tips
turn 18 what can i do
book a good mystery suggestion
order of operations in maths
plays by shakespeare
call of the wild who wrote it
print media history
clean jokes please
find me a synonym for happy
show me how to dance
read a story about a fox
write a song about a lamp
raise children well how
lower back pain what helps
stop procrastinating tips
light as a feather meaning
dim sum is what
how do lamps work
what is the best way to clean an oven
why do fans make noise
who invented the light switch
what does it mean to lock someone out
can i leave my heater on overnight
is it bad to open windows in winter
how do i unlock a phone without the code
what's a good name for a robot
tell me something about cameras
what is radio made of
how many doors does a beetle have
where should i put my plug
do you know any songs
what music did mozart write
how do you play chess
who plays guitar in queen
what are shopping lists good for
how do i write a good message
what should i text my girlfriend
why won't my car start
when should i turn on the heating
does turning off the lights save money
explain the difference between a fan and a heater
which is better curtains or blinds
where can i buy a lamp
give me a fun fact about windows
describe a sunset
recommend a book about space
let's talk about music
help me sleep
what's the opposite of open
spell temperature
how old is the internet
make a joke about doors
start counting to five
count to ten
say something nice
set me a riddle
how do i switch off location on my phone
what's the difference between turn on and switch on
why do dogs bark at doors
how tall is a door usually
what do you call a baby goat
who is the fastest runner
where is the light the brightest on earth
can plants grow under a lamp
what makes a window fog up
tell me how to fix a lock
is there life on mars
how do speakers work
when do you use a comma
what's a fan of music called
how do i take notes faster
why do we set clocks back
how do you order at a french restaurant
what happens when you open a parachute
do cameras add ten pounds
what does pause mean in music
give me an example of a list
what is a shopping cart
play fair what does that mean
how long do batteries last
who turned lead into gold
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
