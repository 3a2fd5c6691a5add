"""What refers to the timers, alarms and reminders that were just set. See `everyday_said` for the form."""

from tests.home.everyday_said import Said

TEN = ("set a timer for ten minutes",)
CHICKEN = ("set a chicken timer for 20 minutes",)
TWO = ("set a pasta timer for nine minutes", "set an egg timer for six minutes")
TWO_ALARMS = ("set an alarm for 7 am", "set an alarm for 8 am")
TWO_REMINDERS = ("remind me to call mum at 5", "remind me to feed the cat at 6")

REFERENCES = (
    Said("set another one for twelve minutes", "Timer set for 12 minutes.", ("600", "720"), TEN),
    Said(
        "add another one at 9", "Alarm set for 9 AM tomorrow.", ("2026-11-28 07:00", "2026-11-28 09:00"), TWO_ALARMS[:1]
    ),
    Said("knock off three minutes", "7 minutes left on the 10 minute timer.", ("420",), TEN),
    Said("minus five minutes", "5 minutes left on the 10 minute timer.", ("300",), TEN),
    Said("add five", "15 minutes left on the 10 minute timer.", ("900",), TEN),
    Said("never mind the timer", "10 minute timer cancelled.", (), TEN),
    Said("is it nearly done", "10 minutes left on the 10 minute timer.", None, TEN),
    Said("how's the chicken doing", "20 minutes left on the chicken timer.", None, CHICKEN),
    Said("add ten to the chicken", "30 minutes left on the chicken timer.", ("chicken 1800",), CHICKEN),
    Said("cancel the shorter one", "Egg timer cancelled.", ("pasta 540",), TWO),
    Said("which one is next", "6 minutes left on the egg timer.", None, TWO),
    Said("how much is left on the second one", "9 minutes left on the pasta timer.", None, TWO),
    Said("pause the first one", "Egg timer paused with 6 minutes left.", ("pasta 540", "egg 360"), TWO),
    Said("cancel them", "All timers cancelled.", (), TWO),
    Said(
        "move the second one to 9",
        "Alarm changed to 9 AM tomorrow.",
        ("2026-11-28 07:00", "2026-11-28 09:00"),
        TWO_ALARMS,
    ),
    Said("cancel the first one", "Alarm for 7 AM tomorrow cancelled.", ("2026-11-28 08:00",), TWO_ALARMS),
    Said("which one is first", "Your alarm is set for 7 AM tomorrow.", None, TWO_ALARMS),
    Said("cancel both of them", "You have 2 alarms: 7 AM tomorrow and 8 AM tomorrow. Cancel both?", None, TWO_ALARMS),
    Said("i changed my mind, cancel it", "Alarm for 7 AM tomorrow cancelled.", (), TWO_ALARMS[:1]),
    Said(
        "cancel the second one", "Reminder to feed the cat cancelled.", ("2026-11-27 17:00: call mum",), TWO_REMINDERS
    ),
    Said("minutes", "Timer set for 10 minutes.", ("600",), ("timer 10",)),
    Said("seconds please", "Timer set for 45 seconds.", ("45",), ("set a timer for 45",)),
    Said(
        "at seven",
        "I'll remind you at 7 PM today to feed the cat.",
        ("2026-11-27 19:00: feed the cat",),
        ("set a reminder", "to feed the cat"),
    ),
    Said(
        "at seven",
        "I'll remind you at 7 PM tomorrow to ring dad.",
        ("2026-11-28 19:00: ring dad",),
        ("remind me tomorrow evening to ring dad",),
    ),
    Said(
        "half past eight",
        "I'll remind you at 8:30 PM today to ring dad.",
        ("2026-11-27 20:30: ring dad",),
        ("remind me this evening to ring dad",),
    ),
    Said(
        "set a pasta timer for nine minutes and an egg timer for six",
        "Pasta timer set for 9 minutes. Egg timer set for 6 minutes.",
        ("egg 360", "pasta 540"),
    ),
    Said(
        "set 3 alarms for 6, 6:15 and 6:30 am",
        "Alarm set for 6 AM tomorrow. Alarm set for 6:15 AM tomorrow. Alarm set for 6:30 AM tomorrow.",
        ("2026-11-28 06:00", "2026-11-28 06:15", "2026-11-28 06:30"),
    ),
    Said(
        "start three timers one for 5 minutes one for 10 and one for fifteen",
        "Timer set for 5 minutes. Timer set for 10 minutes. Timer set for 15 minutes.",
        ("300", "600", "900"),
    ),
    Said("set a two minute thirty timer", "Timer set for 2 minutes and 30 seconds.", ("150",)),
    Said(
        "in ten minutes remind me the cake is done",
        "I'll remind you in 10 minutes that the cake is done.",
        ("600: that the cake is done",),
    ),
    Said("set an alarm for february thirtieth", "There is no such day.", ()),
    Said("remind me on february thirtieth to pay the rent", "There is no such day.", ()),
)
