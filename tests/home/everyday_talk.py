"""Everyday sentences that correct, refer, list and leave out: like `everyday_schedule`, and the volume.

All but a few were written before the grammar was looked at.
"""

from tests.home.everyday_said import Said

TALK = (
    Said("set a timer for an hour twenty five", "Timer set for 1 hour and 25 minutes.", ("5100",)),
    Said("timer, quarter of an hour", "Timer set for 15 minutes.", ("900",)),
    Said("put eight and a half minutes on the clock", "Timer set for 8 minutes and 30 seconds.", ("510",)),
    Said("twelve minutes for the pizza", "Pizza timer set for 12 minutes.", ("pizza 720",)),
    Said("start the timer, 20 minutes, for the rice", "Rice timer set for 20 minutes.", ("rice 1200",)),
    Said(
        "what's left on the pasta",
        "10 minutes left on the pasta timer.",
        None,
        before=("set a pasta timer for 10 minutes", "set a timer for 3 minutes"),
    ),
    Said("cancel the laundry", "Laundry timer cancelled.", (), before=("set a laundry timer for 40 minutes",)),
    Said(
        "make the pasta timer two minutes longer",
        "12 minutes left on the pasta timer.",
        ("pasta 720",),
        before=("set a pasta timer for 10 minutes",),
    ),
    Said(
        "give the tea another minute",
        "4 minutes left on the tea timer.",
        ("tea 240",),
        before=("set a tea timer for 3 minutes",),
    ),
    Said(
        "delete the second one",
        "10 minute timer cancelled.",
        ("300",),
        before=("set a timer for 5 minutes", "set a timer for ten minutes", "what timers do i have"),
    ),
    Said(
        "no, make it eight", "10 minute timer changed to 8 minutes.", ("480",), before=("set a timer for ten minutes",)
    ),
    Said(
        "five minute timer and ten minute timer", "Timer set for 5 minutes. Timer set for 10 minutes.", ("300", "600")
    ),
    Said(
        "set a timer for 5 minutes and another one for 8 minutes",
        "Timer set for 5 minutes. Timer set for 8 minutes.",
        ("300", "480"),
    ),
    Said(
        "set two timers, one for five minutes and one for ten minutes", "I don't know how to do that with a timer.", ()
    ),
    Said("count down from 30 seconds", "Timer set for 30 seconds.", ("30",)),
    Said("wake me in 20 minutes", "Timer set for 20 minutes.", ("1200",)),
    Said("set an egg timer", "For how long?", ()),
    Said("stop the pasta timer", "Pasta timer cancelled.", (), before=("set a pasta timer for 10 minutes",)),
    Said(
        "is the timer still running",
        "10 minutes left on the 10 minute timer.",
        None,
        before=("set a timer for ten minutes",),
    ),
    Said(
        "when does the pasta timer go off",
        "10 minutes left on the pasta timer.",
        None,
        before=("set a pasta timer for 10 minutes",),
    ),
    Said(
        "take 30 seconds off",
        "9 minutes and 30 seconds left on the 10 minute timer.",
        ("570",),
        before=("set a timer for ten minutes",),
    ),
    Said("set a timer for zero minutes", "A timer needs at least one second.", ()),
    Said("set a timer for minus five minutes", "I don't know how to do that with a timer.", ()),
    Said(
        "hold the timer", "10 minute timer paused with 10 minutes left.", None, before=("set a timer for ten minutes",)
    ),
    Said(
        "carry on with the timer",
        "10 minute timer resumed, 10 minutes left.",
        None,
        before=("set a timer for ten minutes", "pause the timer"),
    ),
    Said(
        "get rid of all my timers",
        "All timers cancelled.",
        (),
        before=("set a timer for 5 minutes", "set a timer for ten minutes"),
    ),
    Said("set timer 1 hr 30 min", "Timer set for 1 hour and 30 minutes.", ("5400",)),
    Said("set a timer for a couple of minutes", "Timer set for 2 minutes.", ("120",)),
    Said("set a timer for a few minutes", "I don't know how to do that with a timer.", ()),
    Said(
        "timer until half past ten",
        "A timer needs a length. For a time of day, say, for example, set an alarm for seven AM.",
        (),
    ),
    Said("set a timer for seventy five seconds", "Timer set for 1 minute and 15 seconds.", ("75",)),
    Said(
        "add a quarter of an hour to the roast",
        "2 hours and 15 minutes left on the roast timer.",
        ("roast 8100",),
        before=("set a roast timer for 2 hours",),
    ),
    Said(
        "how long has the timer been running",
        "I don't know how to do that with a timer.",
        None,
        before=("set a timer for ten minutes",),
    ),
    Said(
        "cancel both timers",
        "All timers cancelled.",
        (),
        before=("set a pasta timer for 10 minutes", "set a rice timer for 15 minutes"),
    ),
    Said(
        "cancel all timers except the pasta one",
        "I don't know how to do that with a timer.",
        None,
        before=("set a pasta timer for 10 minutes", "set a rice timer for 15 minutes"),
    ),
    Said("wake me up at half eight", "Alarm set for 8:30 AM tomorrow.", ("2026-11-28 08:30",)),
    Said("alarm at half eight tonight", "Alarm set for 8:30 PM today.", ("2026-11-27 20:30",)),
    Said(
        "wake me up on weekdays at 6:45 except Friday",
        "Alarm set for 6:45 AM every Monday, Tuesday, Wednesday and Thursday.",
        ("2026-11-30 06:45 0123",),
    ),
    Said("set my alarm for ten to seven tomorrow morning", "Alarm set for 6:50 AM tomorrow.", ("2026-11-28 06:50",)),
    Said("alarm for 0630", "Alarm set for 6:30 AM tomorrow.", ("2026-11-28 06:30",)),
    Said("I need to be up by six", "Alarm set for 6 AM tomorrow.", ("2026-11-28 06:00",)),
    Said(
        "cancel my 7 am and 8 am alarm",
        "Alarms for 7 AM tomorrow and 8 AM tomorrow cancelled.",
        ("2026-11-28 09:00",),
        before=("set an alarm for 7 am", "set an alarm for 8 am", "set an alarm for 9 am"),
    ),
    Said("no, eight", "Alarm changed to 8 AM tomorrow.", ("2026-11-28 08:00",), before=("wake me at seven",)),
    Said(
        "make it half past seven",
        "Alarm changed to 7:30 AM tomorrow.",
        ("2026-11-28 07:30",),
        before=("wake me at seven",),
    ),
    Said("turn off tomorrow's alarm", "Alarm for 7 AM tomorrow cancelled.", (), before=("set an alarm for 7 am",)),
    Said("do i have an alarm set", "Your alarm is set for 7 AM tomorrow.", None, before=("set an alarm for 7 am",)),
    Said("what time will you wake me", "Your alarm is set for 7 AM tomorrow.", None, before=("set an alarm for 7 am",)),
    Said(
        "move my seven o'clock alarm to half past",
        "I don't know how to do that with an alarm.",
        None,
        before=("set an alarm for 7 am",),
    ),
    Said("set an alarm every other Monday at 7", "I can't repeat an alarm like that, only on days of the week.", ()),
    Said(
        "wake me on the first of every month at eight",
        "I can't repeat an alarm like that, only on days of the week.",
        (),
    ),
    Said("wake me at seven every third day", "I can't repeat an alarm like that, only on days of the week.", ()),
    Said("set an alarm for seven in the evening", "Alarm set for 7 PM today.", ("2026-11-27 19:00",)),
    Said("wake me in the morning", "For what time?", ()),
    Said("set an alarm for 25:00", "I don't know how to do that with an alarm.", ()),
    Said(
        "cancel all alarms",
        "You have 3 alarms: 7 AM tomorrow, 8 AM tomorrow and 9 AM tomorrow. Cancel all of them?",
        None,
        before=("set an alarm for 7 am", "set an alarm for 8 am", "set an alarm for 9 am"),
    ),
    Said(
        "yes",
        "All alarms cancelled.",
        (),
        before=("set an alarm for 7 am", "set an alarm for 8 am", "cancel all alarms"),
    ),
    Said(
        "no",
        "Okay, I leave it as it is.",
        None,
        before=("set an alarm for 7 am", "set an alarm for 8 am", "cancel all alarms"),
    ),
    Said(
        "set an alarm on Saturday and Sunday at nine",
        "Alarms set for 9 AM tomorrow and 9 AM on Sunday.",
        ("2026-11-28 09:00", "2026-11-29 09:00"),
    ),
    Said(
        "every day at noon except weekends set an alarm", "Alarm set for noon on weekdays.", ("2026-11-27 12:00 01234",)
    ),
    Said(
        "set an alarm every day except weekends at noon", "Alarm set for noon on weekdays.", ("2026-11-27 12:00 01234",)
    ),
    Said("alarm for the day after tomorrow at noon", "Alarm set for noon on Sunday.", ("2026-11-29 12:00",)),
    Said("set an alarm for next Friday at 6", "Alarm set for 6 AM on December 4th.", ("2026-12-04 06:00",)),
    Said("wake me on Christmas at eight", "Alarm set for 8 AM on December 25th.", ("2026-12-25 08:00",)),
    Said(
        "change all my alarms to nine",
        "I don't know how to do that with an alarm.",
        None,
        before=("set an alarm for 7 am", "set an alarm for 8 am"),
    ),
    Said(
        "rename my alarm to gym", "I don't know how to do that with an alarm.", None, before=("set an alarm for 7 am",)
    ),
    Said(
        "make my alarm half an hour earlier",
        "Alarm changed to 6:30 AM tomorrow.",
        ("2026-11-28 06:30",),
        before=("set an alarm for 7 am",),
    ),
    Said(
        "don't wake me on Monday",
        "No alarm at 6:30 AM on Monday. The alarm for 6:30 AM on weekdays stays.",
        ("2026-12-01 06:30 01234",),
        before=("wake me every weekday at 6:30",),
    ),
    Said(
        "in a quarter of an hour remind me to take out the bread",
        "I'll remind you in 15 minutes to take out the bread.",
        ("900: take out the bread",),
    ),
    Said(
        "remind me about the laundry in an hour and a half",
        "I'll remind you in 1 hour and 30 minutes about the laundry.",
        ("5400: about the laundry",),
    ),
    Said(
        "remind me to feed the cat at six and to take my pills at nine",
        "I'll remind you at 6 PM today to feed the cat. I'll remind you at 9 PM today to take my pills.",
        ("2026-11-27 18:00: feed the cat", "2026-11-27 21:00: take my pills"),
    ),
    Said(
        "don't let me forget the cake in 20 minutes",
        "I'll remind you in 20 minutes about the cake.",
        ("1200: about the cake",),
    ),
    Said(
        "remind me at 5 that mum is coming",
        "I'll remind you at 5 PM today that mum is coming.",
        ("2026-11-27 17:00: that mum is coming",),
    ),
    Said(
        "delete all reminders",
        "You have 2 reminders: at 6 PM today to call mum and at 7 PM today to feed the cat. Cancel both?",
        None,
        before=("remind me to call mum at 6 pm", "remind me to feed the cat at 7 pm"),
    ),
    Said(
        "forget the reminder about the cat",
        "Reminder to feed the cat cancelled.",
        (),
        before=("remind me to feed the cat at 7 pm",),
    ),
    Said(
        "change my reminder to 8 pm",
        "I'll remind you at 8 PM today to feed the cat.",
        ("2026-11-27 20:00: feed the cat",),
        before=("remind me to feed the cat at 7 pm",),
    ),
    Said(
        "remind me every other week to water the plants at 9",
        "I can't repeat a reminder like that, only on days of the week.",
        (),
    ),
    Said("remind me tomorrow morning to call the dentist", "When?", ()),
    Said("remind me when I get home to close the windows", "I don't know how to do that with a reminder.", ()),
    Said(
        "remind me tonight at half nine to put the bins out",
        "I'll remind you at 9:30 PM today to put the bins out.",
        ("2026-11-27 21:30: put the bins out",),
    ),
    Said(
        "what was I supposed to remember",
        "You have 1 reminder: at 6 PM today to call mum.",
        None,
        before=("remind me to call mum at 6 pm",),
    ),
    Said("have you got the time", "It's 10 AM.", ()),
    Said("what's tomorrow's date", "Tomorrow is Saturday, November 28th.", ()),
    Said("what day of the week is it", "It's Friday, November 27th.", ()),
    Said("what time is it in tokyo", "I only know the time here.", ()),
    Said("how long until noon", "I don't know that. I can only tell you today's date and the time.", ()),
    Said("what date is it next Tuesday", "I don't know that. I can only tell you today's date and the time.", ()),
    Said("louder", "Volume 70 percent.", (), volume=70),
    Said("volume to thirty", "Volume 30 percent.", (), volume=30),
    Said("mute", "", (), volume=0),
    Said("turn the volume up a bit", "Volume 70 percent.", (), volume=70),
    Said("turn it down by twenty percent", "Volume 40 percent.", (), volume=40),
    Said("set the volume to max", "Volume 100 percent.", (), volume=100),
    Said("volume 150", "I can set the volume from 0 to 100 percent.", ()),
    Said("half volume", "Volume 50 percent.", (), volume=50),
    Said("quieter please", "Volume 50 percent.", (), volume=50),
    Said("unmute yourself", "Volume 60 percent.", (), before=("mute",)),
    Said("a bit more", "Volume 80 percent.", (), before=("louder",), volume=80),
    Said("increase the volume to 80", "Volume 80 percent.", (), volume=80),
    Said("that's too loud", "Volume 50 percent.", (), volume=50),
    Said("how loud are you", "Volume 60 percent.", ()),
    Said("set the volume to thirty five percent", "Volume 35 percent.", (), volume=35),
    Said("no, forty", "Volume 40 percent.", (), before=("volume 30 percent",), volume=40),
    Said("make it louder", "Volume 70 percent.", (), volume=70),
)
