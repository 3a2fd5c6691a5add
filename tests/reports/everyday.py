"""What people say to a speaker on an ordinary day, by topic, and a way to read the answers.

`python -m tests.reports.everyday` prints the answer of the real speaker, with its models, to every sentence;
`... everyday weather sums` to those of some topics, `... everyday -` to those on standard input.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from edge.assembly import open_pipeline
from edge.audio.playlist import CaptureSink, PlaylistSource
from edge.events import TurnRecord
from edge.runtime.clock import SystemClock
from edge.settings import LlmSettings, Settings

_GUARDED: Final = {
    "timers": """
        start a timer for eight minutes
        can you time fifteen minutes for the laundry
        how much time is left on my timer
        is my timer still running
        did my timer go off
        pause the egg timer
        make the timer five minutes longer
        what was that timer for
        how long did i set the timer for
        which of my timers ends first
        set a timer until half past six
        set a timer for as long as the pasta needs
        set two timers of five minutes each
        stop all the timers but the bread one
    """,
    "alarms": """
        get me up at quarter past six
        wake me an hour earlier than usual
        did you set my alarm
        is my alarm on for tomorrow
        what time will my alarm ring on friday
        set an alarm for sunrise
        set an alarm for the twenty first of march at nine
        set an alarm for tuesday and thursday at half six
        move my seven o'clock alarm half an hour later
        turn my alarm off for the holidays
        no alarm tomorrow please
        why didn't my alarm ring this morning
        set an alarm ten minutes before my first meeting
    """,
    "reminders": """
        remind me to water the plants when i get home
        remind me to phone the dentist in the morning
        remind me every sunday to take the bins out
        remind me about the parcel at five
        what did i ask you to remind me of
        did i have any reminders for today
        don't let me forget the cake in the oven
        tell me when it's time to leave
        let me know when half an hour has passed
        forget the reminder about the plants
    """,
    "dates": """
        what day is the twenty fifth
        what's the date on saturday
        what date was it a week ago
        which day of the week was the first of january
        how many days are left in this month
        how many weeks until the summer holidays
        how long is it until friday
        how long ago was last christmas
        when is easter this year
        when's the next bank holiday
        when do the clocks go back
        is this a leap year
        what week of the year are we in
        what season is it
        how many sleeps until my birthday
        is it the weekend yet
        what's today's date plus ten days
        which month comes two months from now
        what century is it
        how old is someone born in 1984
    """,
    "clock elsewhere": """
        what time is it in new york right now
        what's the time in tokyo
        is it already midnight in sydney
        how late is it in london
        what's the time difference between berlin and los angeles
        if it's noon here what time is it in delhi
        what day is it in auckland
        which time zone am i in
    """,
    "weather": """
        do i need a coat today
        is it raining
        how cold will it get tonight
        what's it like outside
        how hot is it going to be at the weekend
        is it going to be windy this afternoon
        will there be frost tomorrow morning
        should i take sunglasses
        when does the sun go down
        what time is sunrise
        is there a storm coming
        what's the weather like in rome
        how's the weather over there
        is it nice out
        what was the weather yesterday
        how much rain did we get last night
        is there snow in the mountains
        what phase is the moon in
        is it dark outside
        what's the uv index today
    """,
    "news, prices, scores": """
        what's happening in the world
        what's new today
        did the home team win last night
        what was the score in the cup final
        how did the marathon end
        who's leading the championship
        when is the next match
        how much is a litre of petrol
        what's bitcoin worth
        how are the markets doing
        what's a euro in dollars
        how is tesla doing on the stock market
        how much does a loaf of bread cost at the corner shop
        what's on television tonight
        which films are on at the cinema
        is the pharmacy still open
        how busy is the motorway
        when does the next train to the airport leave
        is my flight on time
        what are the lottery numbers
    """,
    "sums": """
        what's nineteen plus twenty four
        what is 8 times 13
        how much is 144 divided by 12
        what's a third of ninety
        what's 20 percent off 65
        take 17 from 50
        what is the square root of 81
        what's two to the power of ten
        seven squared
        how much is five and six
        what do you get if you multiply 11 by 12
        add up 4, 9 and 23
        what's half of 250
        split 84 dollars between four people
        how much is a 15 percent tip on 48 dollars
        is 91 a prime number
        what's the average of 4, 8 and 12
        double 37
        how many minutes are in a week
        what's 3.5 minus 1.25
        2 + 2
        what is ten less than three hundred
        round 3.7 to the nearest whole number
        how much change do i get from a twenty if it costs 13.40
    """,
    "units": """
        how many grams are in a pound
        how many millilitres is a cup
        how many teaspoons in a tablespoon
        convert 10 miles to kilometres
        what's 180 degrees celsius in fahrenheit
        what is 6 foot 2 in centimetres
        how tall is 170 centimetres in feet
        how many ounces in a kilo
        how many feet are in a mile
        how many litres in a gallon
        what's half a cup in millilitres
        how heavy is 12 stone in kilos
        how many seconds are in a day
        how fast is 100 kilometres an hour in miles
        turn 350 fahrenheit into celsius
        what's a square metre in square feet
        how many euros are fifty pounds
        two pounds in grams please
    """,
    "chance": """
        flip a coin
        heads or tails
        roll a dice
        roll two dice
        throw a die for me
        pick a number between one and ten
        choose a random number
        give me a random number up to a hundred
        draw a card
        pick someone to start, anna or ben
    """,
    "itself": """
        what are you called
        how old are you
        where are you
        which version are you
        what version of the software do you run
        how loud are you at the moment
        what's your volume set to
        how full is your battery
        are you plugged in
        what's your ip address
        are you connected to the internet
        which wifi are you on
        are you online
        is your microphone on
        are you listening
        can you hear me
        how long have you been running
        how warm is your processor
        how much memory do you have left
        who built you
        what did you just do
        what was the last thing i said
        what did i ask you yesterday
    """,
    "the home and its people": """
        is the front door locked
        are any lights still on
        did i leave the iron on
        is the washing machine finished
        how warm is it in the bedroom
        what's the humidity in the bathroom
        is somebody in the garden
        who came home last
        is the dog inside
        did the post come
        is the baby asleep
        how much electricity did we use today
        is the window in the study open
        did someone ring the bell
        what's the temperature of the freezer
        turn the lamp next to the sofa on
        make the hall a bit brighter
        let the blinds down halfway
        i'm cold
        it's too dark in here
        it's too warm
        i'm leaving the house
        goodbye, switch everything off when i'm gone
    """,
    "lists and notes": """
        put oat milk on the shopping list
        what do we still need from the shop
        tick off the bananas
        is there butter on my list
        make a list for the camping trip
        add call the plumber to my tasks
        what's next on my to do list
        note down that the meter reads 4021
        save the number of the plumber
        when is my dentist appointment
        what have i got on tomorrow
        am i free on friday
        order some more dog food
    """,
    "music and calls": """
        play some soft music
        put the radio on
        next song
        who is this song by
        turn the music up
        stop the music when i'm asleep
        play the next episode
        call grandma
        send a message to leo
        have i got any new messages
        text my wife that i'm on my way
        tell the kids dinner is ready
    """,
    "volume": """
        a little louder please
        turn yourself down
        volume to three
        could you speak up
        set your volume to forty percent
        mute yourself
        that's too loud
        whisper
    """,
    "small talk": """
        good morning
        good afternoon
        good evening
        good night
        hello
        hi there
        hey, how's it going
        how are you today
        how do you feel
        bye
        see you later
        see you tomorrow
        thank you
        thanks a lot
        well done
        good job
        i love you
        you're funny
        you're stupid
        shut up
        sorry
        are you there
        nice to meet you
        welcome home
        merry christmas
        happy new year
        sweet dreams
        i'm home
        i'm back
        i'm going to bed
        tell me a joke
        do you know another joke
        make me laugh
        sing me a song
        are you a robot
        are you a person
    """,
    "follow-ups and corrections": """
        no, i meant eight
        not that one
        the other one
        make it twenty instead
        actually, leave it
        wait, stop
        say that again
        what
        cancel
        never mind
        no thanks
        yes please
        okay
        do it again
        and tomorrow
        and in the kitchen
        that's wrong
        i didn't say that
        undo that
        don't do that
        a bit more
        go on
        why not
        really
    """,
}
_OPEN: Final = {
    "the world": """
        how far is the moon
        why is the sea salty
        what do hedgehogs eat
        who wrote romeo and juliet
        what's the capital of portugal
        how do i get red wine out of a carpet
        how long do i boil a soft egg
        why do cats purr
        what is a black hole
        tell me a story about a fox
        what can i cook with leeks
        how do bees make honey
        could you tell me how paper is made
        i want to know how tides work
        is tea good for you
        explain why iron rusts
        suggest a game for a long train ride
        recipe for lemonade
    """,
}


def _lines(texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {topic: tuple(line.strip() for line in text.strip().splitlines()) for topic, text in texts.items()}


GUARDED: Final = _lines(_GUARDED)
"""Sentences that no model may answer: they are about what only the speaker, a service or a calculator knows."""

OPEN: Final = _lines(_OPEN)
"""Sentences that a model may answer."""


async def answers(sentences: Iterable[str], *, model: str = "smollm2-135m") -> AsyncIterator[tuple[str, TurnRecord]]:
    """The turns of the real speaker, without a memory of the conversation."""
    settings = Settings(llm=LlmSettings(model=model, memory_turns=0))
    clock = SystemClock()
    with TemporaryDirectory() as state:
        async with open_pipeline(
            settings,
            source=PlaylistSource(clock),
            sink=CaptureSink(clock),
            clock=clock,
            state=Path(state),
            listen=False,
        ) as pipeline:
            for sentence in sentences:
                yield sentence, await pipeline.ask(sentence, speak=False)


async def _print(sentences: Iterable[str]) -> None:
    async for sentence, turn in answers(sentences):
        sys.stdout.write(f"{sentence}\t{turn.answerer} {turn.reason}\t{turn.reply}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    every = {**GUARDED, **OPEN}
    topics = sys.argv[1:] or list(every)
    chosen = sys.stdin.read().splitlines() if topics == ["-"] else [it for topic in topics for it in every[topic]]
    asyncio.run(_print(chosen))
