"""Everyday sentences to timers, alarms, reminders and the clock. See `everyday_said` for the form."""

from tests.home.everyday_references import REFERENCES
from tests.home.everyday_said import EVENING, NIGHT, Said
from tests.home.everyday_talk import TALK

TEN = ("set a timer for ten minutes",)
PASTA = ("set a pasta timer for 10 minutes",)
TWO_TENS = ("set a timer for ten minutes", "set a timer for ten minutes")
PASTA_AND_TEA = ("set a pasta timer for 10 minutes", "set a tea timer for 3 minutes")
SEVEN = ("set an alarm for 7 am",)
THREE_ALARMS = ("set an alarm for 7 am", "set an alarm for 9 pm", "wake me every weekday at 6:30")
WORKDAYS = ("wake me every weekday at 6:30",)
NO_LENGTH = "I need one length for a timer. Say, for example, set a timer for ten minutes."
NO_UNIT = "Seconds, minutes or hours?"
WHICH_UNIT = "Is that hours or minutes? Say, for example, set a timer for one hour and thirty minutes."

NEW_TIMERS = (
    Said("set a timer for ten minutes", "Timer set for 10 minutes.", ("600",)),
    Said("Set a timer for 5 minutes, please.", "Timer set for 5 minutes.", ("300",)),
    Said("ten minute timer", "Timer set for 10 minutes.", ("600",)),
    Said("can you start a 45 second timer", "Timer set for 45 seconds.", ("45",)),
    Said("timer for half an hour", "Timer set for 30 minutes.", ("1800",)),
    Said("set a timer for two thirds of an hour", "Timer set for 40 minutes.", ("2400",)),
    Said("set a timer for a third of an hour", "Timer set for 20 minutes.", ("1200",)),
    Said("set a timer for three quarters of an hour", "Timer set for 45 minutes.", ("2700",)),
    Said("set a timer for an hour twenty", "Timer set for 1 hour and 20 minutes.", ("4800",)),
    Said("set a timer for a minute thirty", "Timer set for 1 minute and 30 seconds.", ("90",)),
    Said("set a timer for one hour fifteen", "Timer set for 1 hour and 15 minutes.", ("4500",)),
    Said("set a timer for 2 minutes 30", "Timer set for 2 minutes and 30 seconds.", ("150",)),
    Said("set a timer for one and a half hours", "Timer set for 1 hour and 30 minutes.", ("5400",)),
    Said("set a timer for two and a half minutes", "Timer set for 2 minutes and 30 seconds.", ("150",)),
    Said("set a timer for 90 minutes", "Timer set for 1 hour and 30 minutes.", ("5400",)),
    Said("timer 10m", "Timer set for 10 minutes.", ("600",)),
    Said("set a timer for 1h30m", "Timer set for 1 hour and 30 minutes.", ("5400",)),
    Said("set a timer for 1h 15m", "Timer set for 1 hour and 15 minutes.", ("4500",)),
    Said("set a 90s timer", "Timer set for 1 minute and 30 seconds.", ("90",)),
    Said("set a timer for 1:30", WHICH_UNIT, ()),
    Said("set a timer for five to ten minutes", NO_LENGTH, ()),
    Said("set a timer for 5-10 minutes", NO_LENGTH, ()),
    Said("set a timer for five or ten minutes", NO_LENGTH, ()),
    Said("set a timer for between five and ten minutes", NO_LENGTH, ()),
    Said("set a timer for 10", NO_UNIT, ()),
    Said("set a timer", "For how long?", ()),
    Said("set a pasta timer for twelve minutes", "Pasta timer set for 12 minutes.", ("pasta 720",)),
    Said("set a timer for 8 minutes for the eggs", "Eggs timer set for 8 minutes.", ("eggs 480",)),
    Said("set a timer called laundry for 45 minutes", "Laundry timer set for 45 minutes.", ("laundry 2700",)),
    Said("start a cup of tea timer for 4 minutes", "Cup of tea timer set for 4 minutes.", ("cup of tea 240",)),
    Said("set a timer for 20 minutes and call it pizza", "Pizza timer set for 20 minutes.", ("pizza 1200",)),
    Said("put 15 minutes on the clock", "Timer set for 15 minutes.", ("900",)),
    Said("wake me in twenty minutes", "Timer set for 20 minutes.", ("1200",)),
    Said("set another timer for 5 minutes", "Timer set for 5 minutes.", ("300", "600"), TEN),
    Said("set a timer for eight days", "A timer can run for at most seven days.", ()),
    Said("set a timer for 200 hours", "A timer can run for at most seven days.", ()),
    Said("don't set a timer for ten minutes", "I don't know how to do that with a timer.", ()),
    Said("who set the timer for ten minutes", "I don't know how to do that with a timer.", None, TEN),
)

CHANGED_TIMERS = (
    Said("change the timer to twenty minutes", "10 minute timer changed to 20 minutes.", ("1200",), TEN, wait=60),
    Said("update the timer to twenty minutes", "10 minute timer changed to 20 minutes.", ("1200",), TEN),
    Said("reset the timer to twenty minutes", "10 minute timer changed to 20 minutes.", ("1200",), TEN),
    Said("make the timer 20 minutes", "10 minute timer changed to 20 minutes.", ("1200",), TEN),
    Said("change the pasta timer to twelve minutes", "Pasta timer changed to 12 minutes.", ("pasta 720",), PASTA),
    Said("change the ten minute timer to 15 minutes", "10 minute timer changed to 15 minutes.", ("900",), TEN),
    Said("change the ten minute timer to 15", "10 minute timer changed to 15 minutes.", ("900",), TEN),
    Said(
        "change the timer from ten minutes to five minutes",
        "10 minute timer changed to 5 minutes.",
        ("300",),
        TEN,
    ),
    Said("change the timer to twenty minutes", "No timer is running.", ()),
    Said("change the timer", "I don't know how to do that with a timer.", None, TEN),
    Said("change the rice timer to 5 minutes", "You have no rice timer.", None, PASTA),
    Said("add five minutes", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("add five minutes to the timer", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("add another two minutes to the pasta timer", "12 minutes left on the pasta timer.", ("pasta 720",), PASTA),
    Said("extend the timer by five minutes", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("make the timer five minutes longer", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("give me five more minutes", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("five more minutes on the timer", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("take two minutes off the timer", "8 minutes left on the 10 minute timer.", ("480",), TEN),
    Said("shorten the timer by three minutes", "7 minutes left on the 10 minute timer.", ("420",), TEN),
    Said("make the timer two minutes shorter", "8 minutes left on the 10 minute timer.", ("480",), TEN),
    Said("restart the timer", "10 minute timer restarted with 10 minutes.", ("600",), TEN, wait=120),
    Said("restart the pasta timer", "Pasta timer restarted with 10 minutes.", ("pasta 600",), PASTA, wait=120),
    Said("reset the timer", "10 minute timer restarted with 10 minutes.", ("600",), TEN, wait=120),
    Said("start the timer over", "10 minute timer restarted with 10 minutes.", ("600",), TEN, wait=120),
    Said("restart the timer", "Timer set for 10 minutes.", ("600",), TEN, wait=610, rings=True),
    Said("pause the timer", "10 minute timer paused with 8 minutes left.", ("480",), TEN, wait=120),
    Said(
        "resume the timer", "10 minute timer resumed, 10 minutes left.", ("600",), (*TEN, "pause the timer"), wait=120
    ),
    Said("continue the timer", "It's already running.", None, TEN),
    Said("cancel the timer", "10 minute timer cancelled.", (), TEN),
    Said("stop the pasta timer", "Pasta timer cancelled.", ("tea 180",), PASTA_AND_TEA),
    Said("cancel the ten minute timer", "10 minute timer cancelled.", (), TEN),
    Said("cancel all timers", "All timers cancelled.", (), PASTA_AND_TEA),
    Said("cancel both timers", "All timers cancelled.", (), TWO_TENS),
    Said("cancel the first timer", "Tea timer cancelled.", ("pasta 600",), PASTA_AND_TEA),
    Said("cancel the next timer", "Tea timer cancelled.", ("pasta 600",), PASTA_AND_TEA),
    Said("cancel the last timer", "Pasta timer cancelled.", ("tea 180",), PASTA_AND_TEA),
    Said("cancel the second timer", "Pasta timer cancelled.", ("tea 180",), PASTA_AND_TEA),
    Said(
        "cancel the ten minute timer",
        "You have 2 timers: first 10 minute timer and second 10 minute timer. Which one?",
        None,
        TWO_TENS,
    ),
    Said("cancel the first ten minute timer", "First 10 minute timer cancelled.", ("600",), TWO_TENS),
    Said("cancel the second ten minute timer", "Second 10 minute timer cancelled.", ("600",), TWO_TENS),
    Said(
        "cancel the third timer",
        "You have 2 timers: 3 minutes on the tea timer and 10 minutes on the pasta timer.",
        None,
        PASTA_AND_TEA,
    ),
    Said("how much time is left on the timer", "8 minutes left on the 10 minute timer.", None, TEN, wait=120),
    Said(
        "how long is left on the pasta timer", "8 minutes left on the pasta timer.", None, PASTA_AND_TEA[:1], wait=120
    ),
    Said(
        "what timers do i have",
        "You have 2 timers: 3 minutes on the tea timer and 10 minutes on the pasta timer.",
        None,
        PASTA_AND_TEA,
    ),
    Said(
        "what timers do i have",
        "You have 8 timers: 1 minute on the 1 minute timer, 2 minutes on the 2 minute timer, 3 minutes on the 3"
        " minute timer, 4 minutes on the 4 minute timer, 5 minutes on the 5 minute timer, 6 minutes on the 6"
        " minute timer and 2 more.",
        None,
        tuple(f"set a timer for {number} minutes" for number in range(1, 9)),
    ),
    Said("is there a timer running", "No timer is running.", ()),
)

NEW_ALARMS = (
    Said("set an alarm for 7 am", "Alarm set for 7 AM tomorrow.", ("2026-11-28 07:00",)),
    Said("set an alarm for seven thirty in the evening", "Alarm set for 7:30 PM today.", ("2026-11-27 19:30",)),
    Said("wake me at half past six", "Alarm set for 6:30 AM tomorrow.", ("2026-11-28 06:30",)),
    Said("wake me up tomorrow at quarter to seven", "Alarm set for 6:45 AM tomorrow.", ("2026-11-28 06:45",)),
    Said("set an alarm for midnight tonight", "Alarm set for midnight tonight.", ("2026-11-28 00:00",), at=EVENING),
    Said("set an alarm for 12 am tonight", "Alarm set for midnight tonight.", ("2026-11-28 00:00",), at=EVENING),
    Said("wake me at midnight", "Alarm set for midnight tonight.", ("2026-11-28 00:00",), at=EVENING),
    Said("set an alarm for midnight tomorrow", "Alarm set for midnight tomorrow.", ("2026-11-29 00:00",), at=EVENING),
    Said("set an alarm for 1 am tonight", "Alarm set for 1 AM tonight.", ("2026-11-28 01:00",), at=EVENING),
    Said("set an alarm for tonight at 1 am", "Alarm set for 1 AM tonight.", ("2026-11-28 01:00",), at=EVENING),
    Said("set an alarm for 1 am tonight", "Alarm set for 1 AM today.", ("2026-11-28 01:00",), at=NIGHT),
    Said("wake me tonight at 2:30", "Alarm set for 2:30 AM tonight.", ("2026-11-28 02:30",), at=EVENING),
    Said("set an alarm for 11 tonight", "Alarm set for 11 PM today.", ("2026-11-27 23:00",), at=EVENING),
    Said("set an alarm for eight tonight", "That time has already passed.", (), at=EVENING),
    Said(
        "set an alarm for a quarter past midnight", "Alarm set for 12:15 AM tonight.", ("2026-11-28 00:15",), at=EVENING
    ),
    Said("set an alarm for tomorrow night at 1 am", "Alarm set for 1 AM on Sunday.", ("2026-11-29 01:00",), at=EVENING),
    Said("set an alarm for noon", "Alarm set for noon today.", ("2026-11-27 12:00",)),
    Said("set an alarm for december 24th at 8", "Alarm set for 8 AM on December 24th.", ("2026-12-24 08:00",)),
    Said(
        "set an alarm for the 24th of december at 8 pm", "Alarm set for 8 PM on December 24th.", ("2026-12-24 20:00",)
    ),
    Said("wake me on december twenty fourth at 8", "Alarm set for 8 AM on December 24th.", ("2026-12-24 08:00",)),
    Said("set an alarm for january 1st at noon", "Alarm set for noon on January 1st.", ("2027-01-01 12:00",)),
    Said("set an alarm on the 3rd at 9 am", "Alarm set for 9 AM on Thursday.", ("2026-12-03 09:00",)),
    Said("wake me on christmas eve at 9", "Alarm set for 9 AM on December 24th.", ("2026-12-24 09:00",)),
    Said("set an alarm for december 24th", "For what time?", ()),
    Said("set an alarm for february 30th at 8", "There is no such day.", ()),
    Said("set an alarm in three days at 8", "Alarm set for 8 AM on Monday.", ("2026-11-30 08:00",)),
    Said(
        "set an alarm for monday and wednesday at 7",
        "Alarms set for 7 AM on Monday and 7 AM on Wednesday.",
        ("2026-11-30 07:00", "2026-12-02 07:00"),
    ),
    Said(
        "wake me every monday and wednesday at 7",
        "Alarm set for 7 AM every Monday and Wednesday.",
        ("2026-11-30 07:00 02",),
    ),
    Said(
        "set an alarm for 7 on mondays and fridays",
        "Alarm set for 7 AM every Monday and Friday.",
        ("2026-11-30 07:00 04",),
    ),
    Said("wake me every weekday at 6:30", "Alarm set for 6:30 AM on weekdays.", ("2026-11-30 06:30 01234",)),
    Said(
        "set an alarm every day except sunday at 7",
        "Alarm set for 7 AM every day except Sunday.",
        ("2026-11-28 07:00 012345",),
    ),
    Said(
        "wake me at 7 every weekday except wednesday",
        "Alarm set for 7 AM every Monday, Tuesday, Thursday and Friday.",
        ("2026-11-30 07:00 0134",),
    ),
    Said("wake me every day at 8 except on weekends", "Alarm set for 8 AM on weekdays.", ("2026-11-30 08:00 01234",)),
    Said("set an alarm for 10 on the weekend", "Alarm set for 10 AM on weekends.", ("2026-11-28 10:00 56",)),
    Said(
        "set an alarm from monday to thursday at 7",
        "Alarm set for 7 AM every Monday, Tuesday, Wednesday and Thursday.",
        ("2026-11-30 07:00 0123",),
    ),
    Said("set an alarm every other monday at 7", "I can't repeat an alarm like that, only on days of the week.", ()),
    Said("set a monthly alarm at 7", "I can't repeat an alarm like that, only on days of the week.", ()),
    Said("set an alarm called gym for 6 am", "Gym alarm set for 6 AM tomorrow.", ("gym 2026-11-28 06:00",)),
    Said("set a gym alarm for 6 am", "Gym alarm set for 6 AM tomorrow.", ("gym 2026-11-28 06:00",)),
    Said("set an alarm for 6 am called gym", "Gym alarm set for 6 AM tomorrow.", ("gym 2026-11-28 06:00",)),
    Said(
        "set an alarm for 7 am and 8 am",
        "Alarms set for 7 AM tomorrow and 8 AM tomorrow.",
        ("2026-11-28 07:00", "2026-11-28 08:00"),
    ),
    Said("set an alarm", "For what time?", ()),
    Said("set an alarm for 27 o'clock", "I don't know how to do that with an alarm.", ()),
)

CHANGED_ALARMS = (
    Said("change my 7 am alarm to 8", "Alarm changed to 8 AM tomorrow.", ("2026-11-28 08:00",), SEVEN),
    Said("change my alarm to 8", "Alarm changed to 8 AM tomorrow.", ("2026-11-28 08:00",), SEVEN),
    Said("move my 7 am alarm to 7:30", "Alarm changed to 7:30 AM tomorrow.", ("2026-11-28 07:30",), SEVEN),
    Said("change the alarm from 7 to 9 pm", "Alarm changed to 9 PM tomorrow.", ("2026-11-28 21:00",), SEVEN),
    Said("change my 6:30 alarm to 7", "Alarm changed to 7 AM on weekdays.", ("2026-11-30 07:00 01234",), WORKDAYS),
    Said("move my alarm to monday", "Alarm changed to 7 AM on Monday.", ("2026-11-30 07:00",), SEVEN),
    Said("push my alarm back by 30 minutes", "Alarm changed to 7:30 AM tomorrow.", ("2026-11-28 07:30",), SEVEN),
    Said("make my alarm an hour earlier", "Alarm changed to 6 AM tomorrow.", ("2026-11-28 06:00",), SEVEN),
    Said("change my alarm", "To what time?", None, SEVEN),
    Said("change my 5 am alarm to 8", "You don't have an alarm like that.", None, SEVEN),
    Said("change my alarm to 8", "No alarm is set.", ()),
    Said("cancel my alarm", "Alarm for 7 AM tomorrow cancelled.", (), SEVEN),
    Said("cancel my 7 o clock alarm", "Alarm for 7 AM tomorrow cancelled.", (), SEVEN),
    Said("cancel the 7 alarm", "Alarm for 7 AM tomorrow cancelled.", (), SEVEN),
    Said(
        "cancel the next alarm",
        "Alarm for 9 PM today cancelled.",
        ("2026-11-28 07:00", "2026-11-30 06:30 01234"),
        THREE_ALARMS,
    ),
    Said(
        "cancel the last alarm",
        "Alarm for 6:30 AM on weekdays cancelled.",
        ("2026-11-27 21:00", "2026-11-28 07:00"),
        THREE_ALARMS,
    ),
    Said("cancel tomorrow's alarm", "Alarm for 7 AM tomorrow cancelled.", (), SEVEN),
    Said(
        "skip the next alarm",
        "No alarm at 6:30 AM on Monday. The alarm for 6:30 AM on weekdays stays.",
        ("2026-12-01 06:30 01234",),
        WORKDAYS,
    ),
    Said(
        "cancel my alarm for tuesday",
        "No alarm at 6:30 AM on Tuesday. The alarm for 6:30 AM on weekdays stays.",
        ("2026-11-30 06:30 01234",),
        WORKDAYS,
    ),
    Said("cancel my 6:30 alarm", "Alarm for 6:30 AM on weekdays cancelled.", (), WORKDAYS),
    Said("cancel the gym alarm", "Gym alarm for 6 AM tomorrow cancelled.", (), ("set a gym alarm for 6 am",)),
    Said(
        "cancel all alarms",
        "You have 3 alarms: 9 PM today, 7 AM tomorrow and 6:30 AM on weekdays. Cancel all of them?",
        None,
        THREE_ALARMS,
    ),
    Said("when is my next alarm", "Your alarm is set for 9 PM today.", None, THREE_ALARMS),
    Said(
        "when is my gym alarm", "Your gym alarm is set for 6 AM tomorrow.", None, ("set a gym alarm for 6 am", *SEVEN)
    ),
    Said(
        "what alarms do i have",
        "You have 3 alarms: 9 PM today, 7 AM tomorrow and 6:30 AM on weekdays.",
        None,
        THREE_ALARMS,
    ),
    Said(
        "what alarms do i have",
        "You have 8 alarms: 1 PM today, 2 PM today, 3 PM today, 4 PM today, 5 PM today, 6 PM today and 2 more.",
        None,
        tuple(f"set an alarm for {hour} pm" for hour in range(1, 9)),
    ),
    Said("do i have an alarm for tomorrow", "Your alarm is set for 7 AM tomorrow.", None, SEVEN),
    Said(
        "snooze", "Snoozed for 9 minutes.", ("2026-11-27 10:10",), ("set an alarm for 10:01 am",), wait=70, rings=True
    ),
    Said(
        "snooze for five minutes",
        "Snoozed for 5 minutes.",
        ("2026-11-27 10:06",),
        ("set an alarm for 10:01 am",),
        wait=70,
        rings=True,
    ),
    Said("snooze", "Nothing is ringing that I could snooze.", None, SEVEN),
)

REMINDERS = (
    Said(
        "remind me in ten minutes to check the oven",
        "I'll remind you in 10 minutes to check the oven.",
        ("600: check the oven",),
    ),
    Said(
        "remind me to check the oven in ten minutes",
        "I'll remind you in 10 minutes to check the oven.",
        ("600: check the oven",),
    ),
    Said(
        "remind me at 6 pm to call mum", "I'll remind you at 6 PM today to call mum.", ("2026-11-27 18:00: call mum",)
    ),
    Said(
        "Remind me to call Mum at 6 pm.", "I'll remind you at 6 PM today to call Mum.", ("2026-11-27 18:00: call Mum",)
    ),
    Said(
        "remind me tomorrow at 9 to buy milk",
        "I'll remind you at 9 AM tomorrow to buy milk.",
        ("2026-11-28 09:00: buy milk",),
    ),
    Said(
        "remind me tomorrow to buy milk at 9",
        "I'll remind you at 9 AM tomorrow to buy milk.",
        ("2026-11-28 09:00: buy milk",),
    ),
    Said(
        "set a reminder for 6 pm to call mum",
        "I'll remind you at 6 PM today to call mum.",
        ("2026-11-27 18:00: call mum",),
    ),
    Said(
        "set a reminder to take my pills every day at 8",
        "I'll remind you at 8 AM every day to take my pills.",
        ("2026-11-28 08:00 0123456: take my pills",),
    ),
    Said(
        "remind me about the cake in half an hour",
        "I'll remind you in 30 minutes about the cake.",
        ("1800: about the cake",),
    ),
    Said(
        "remind me on monday at 7 to put out the bins",
        "I'll remind you at 7 AM on Monday to put out the bins.",
        ("2026-11-30 07:00: put out the bins",),
    ),
    Said("remind me in ten minutes", "Timer set for 10 minutes.", ("600",)),
    Said("remind me to call mum", "When?", ()),
    Said("remind me when the pasta is done", "I don't know how to do that with a reminder.", ()),
    Said(
        "what reminders do i have",
        "You have 1 reminder: in 10 minutes to check the oven.",
        None,
        ("remind me in ten minutes to check the oven",),
    ),
    Said("what reminders do i have", "You have no reminders.", ()),
    Said(
        "cancel the reminder to call mum",
        "Reminder to call mum cancelled.",
        ("600: check the oven",),
        ("remind me in ten minutes to check the oven", "remind me at 6 pm to call mum"),
    ),
    Said(
        "cancel all reminders",
        "You have 2 reminders: in 10 minutes to check the oven and at 6 PM today to call mum. Cancel both?",
        None,
        ("remind me in ten minutes to check the oven", "remind me at 6 pm to call mum"),
    ),
)

MORE = (
    Said("set an alarm for half six", "Alarm set for 6:30 PM today.", ("2026-11-27 18:30",)),
    Said("wake me up in the morning", "For what time?", ()),
    Said(
        "wake me up at 7 and again at 7:30",
        "Alarms set for 7 AM tomorrow and 7:30 AM tomorrow.",
        ("2026-11-28 07:00", "2026-11-28 07:30"),
    ),
    Said("set a recurring alarm for 7 am on mondays", "Alarm set for 7 AM every Monday.", ("2026-11-30 07:00 0",)),
    Said(
        "cancel all my alarms for monday",
        "Alarms for 6:30 AM on Monday and 8 AM on Monday cancelled.",
        ("2026-12-01 06:30 01234",),
        (*WORKDAYS, "set an alarm for monday at 8"),
    ),
    Said("is the timer still running", "10 minutes left on the 10 minute timer.", None, TEN),
    Said("is the pasta timer done", "3 minutes left on the pasta timer.", None, PASTA, wait=420),
    Said("did the timer go off", "No timer is running.", ()),
    Said("pause all timers", "All timers paused.", ("tea 180", "pasta 600"), PASTA_AND_TEA),
    Said("resume all timers", "All timers resumed.", ("tea 180", "pasta 600"), (*PASTA_AND_TEA, "pause all timers")),
    Said("why did the timer ring", "I don't know how to do that with a timer.", ()),
    Said("set a timer for a fifth of an hour", "Timer set for 12 minutes.", ("720",)),
    Said(
        "set a timer for 5 pm",
        "A timer needs a length. For a time of day, say, for example, set an alarm for seven AM.",
        (),
    ),
    Said("set the pasta timer to 12 minutes", "Pasta timer changed to 12 minutes.", ("pasta 720",), PASTA),
    Said("set the pasta timer to 12 minutes", "Pasta timer set for 12 minutes.", ("pasta 720",)),
    Said("take five minutes off", "5 minutes left on the 10 minute timer.", ("300",), TEN),
    Said("pizza timer 12 minutes", "Pizza timer set for 12 minutes.", ("pizza 720",)),
    Said("set an alarm a week from today at 7", "Alarm set for 7 AM on December 4th.", ("2026-12-04 07:00",)),
    Said("change tomorrow's alarm to 9", "Alarm changed to 9 AM tomorrow.", ("2026-11-28 09:00",), SEVEN),
    Said("move the alarm an hour later", "Alarm changed to 8 AM tomorrow.", ("2026-11-28 08:00",), SEVEN),
    Said("set a timer for about 20 minutes", "Timer set for 20 minutes.", ("1200",)),
    Said(
        "change the laundry timer from 30 to 40 minutes",
        "Laundry timer changed to 40 minutes.",
        ("laundry 2400",),
        ("set a laundry timer for 30 minutes",),
    ),
    Said("how many minutes are left", "10 minutes left on the 10 minute timer.", None, TEN),
    Said(
        "set an alarm for friday the 4th of december at 9", "Alarm set for 9 AM on December 4th.", ("2026-12-04 09:00",)
    ),
    Said("reschedule my alarm for 9", "Alarm changed to 9 AM tomorrow.", ("2026-11-28 09:00",), SEVEN),
    Said("get me up at 6", "Alarm set for 6 AM tomorrow.", ("2026-11-28 06:00",)),
    Said("when do i have to get up", "Your alarm is set for 7 AM tomorrow.", None, SEVEN),
    Said(
        "snooze ten minutes",
        "Snoozed for 10 minutes.",
        ("2026-11-27 10:11",),
        ("set an alarm for 10:01 am",),
        wait=70,
        rings=True,
    ),
    Said("remind me to stretch every hour", "I can't repeat a reminder like that, only on days of the week.", ()),
    Said(
        "remind me to water the plants on monday and thursday at 7 pm",
        "I'll remind you at 7 PM on Monday and at 7 PM on Thursday to water the plants.",
        ("2026-11-30 19:00: water the plants", "2026-12-03 19:00: water the plants"),
    ),
    Said("cancel my 7:30", "Alarm for 7:30 AM tomorrow cancelled.", (), ("set an alarm for 7:30 am",)),
)

CLOCK = (
    Said("what time is it", "It's 10 AM."),
    Said("what's the time", "It's 9:15 PM.", at=EVENING),
    Said("what's the date", "It's Friday, November 27th."),
    Said("what day is it today", "It's Friday, November 27th."),
    Said("what year is it", "It's 2026."),
)

SENTENCES = (*NEW_TIMERS, *CHANGED_TIMERS, *NEW_ALARMS, *CHANGED_ALARMS, *REMINDERS, *MORE, *CLOCK, *TALK, *REFERENCES)
