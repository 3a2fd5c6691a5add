"""Wordings of all kinds, written when the rest was done; 64 of 73 were right at the first try."""

import pytest

from tests.exact.asking import ask, says, table

MORE = table("""
what's the total if I buy three coffees at four twenty each -> 12.60
work out 18 percent of 250 please -> 45
what do I pay for a 90 dollar jacket at 40 percent off -> $54
how much is 350 divided between 7 people -> 50
a third of 96 -> 32
quarter of a million divided by 4 -> 62500
what is 7 to the third power -> 343
the square root of two hundred and twenty five -> 15
what's 1000 minus 1 -> 999
is 51 prime -> No
what's the lowest common multiple of 8 and 12 -> 24
add vat at 20 percent to 250 pounds -> £300
what's 45 plus 10 percent -> 49.5
take 15 percent off 200 -> 170
how much would each person pay if 8 people split 240 dollars -> $30
what's six times seven plus one -> 43
what is twelve point five times eight -> 100
how many times does 12 go into 144 -> 12
3/4 of 200 -> 150
what's 25 as a percentage of 200 -> 12.5%
how many cm is 6 foot -> 182.88
how much is 2 kilos in pounds -> 4.409
what's a mile in metres -> 1609.344
how many grams in an ounce -> 28.35
what's 30 degrees celsius in fahrenheit -> 86
how hot is 180 celsius in fahrenheit -> 356
convert two and a half miles into kilometers -> 4.023
how many seconds in an hour -> 3600
how many hours in a week -> 168
what's 5 litres in pints -> 10.57 & 8.799
how many tablespoons in half a cup -> 8
eight stone in kilos -> 50.8
how many inches are there in 3 feet -> 36
how many square feet in 50 square meters -> 538.2
what's 100 kph in mph -> 62.14
half a pint in ml -> 236.59 & 284.13
how many days are there in a leap year -> 366
how many minutes in a day -> 1440
how many kilobytes are in a megabyte -> 1000
how many mils in a fluid ounce -> 29.57 & 28.41
what date is it a week on Tuesday -> December 8th
what's the date two weeks from today -> December 11th
how many days to Christmas -> 28 days
how long till Christmas -> 28 days
how many days till the 1st of January -> 35 days
which day of the week is valentine's day -> Sunday
when's Easter in 2028 -> April 16th, 2028
how many weeks are left in the year -> 4 weeks
what day will it be in 100 days -> Sunday
how many days between today and New Year's Eve -> 34 days
what's the day after tomorrow's date -> November 29th
if someone was born in 1975 how old are they -> 51
how many days are there in June -> 30
what time is it in Berlin -> 10 AM
what time's it in Sydney -> 8 PM
whats the time in Cape Town -> 11 AM
what's the time over in Toronto -> 4 AM
if it's 6 pm here what time is it in Denver -> 10 AM
what time is 3 hours from now -> 1 PM
how long from 8:30 am to 4:45 pm -> 8 hours and 15 minutes
how many hours from 22:00 to 06:30 -> 8 hours and 30 minutes
what time does the sun set tomorrow -> 3:58 PM
how many s's are there in possesses -> 5 S's
how do you spell accommodate -> A C C O M M O D A T E
what's seven hundred and forty two in roman numerals -> D C C X L I I
what's the twentieth letter of the alphabet -> T
spell cat backwards -> tac:
throw two dice -> total
give me a number between 5 and 5 -> 5
what's fifty in hexadecimal -> 3 2
count backwards from 10 -> 10 9 8 & 1
what are the factors of 28 -> 14 & 28
how many zeros in a billion -> 9
""")


@pytest.mark.parametrize(("question", "answer"), MORE)
def test_everyday_questions_are_answered(question: str, answer: str) -> None:
    assert says(ask(question), answer)
