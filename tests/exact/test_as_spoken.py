"""Questions as a recogniser writes them: in words, without punctuation, with "um" and "hey".

Each table was written before the first question of it was tried. Of the first, 115 of 166 were answered rightly at the
first try; of the second, after what had been learned from the first, 46 of 64; of the third 27 of 39. Those that are no
exact questions, or have an answer by chance, are left out here.
"""

import re

import pytest

from tests.exact.asking import ask, says, table

FIRST = table("""
um when is the next bank holiday -> country
[GB] hey when's the next bank holiday please -> December 25th
[GB] is monday a public holiday -> parts of the country only
[GB] is the twenty eighth of december a bank holiday -> Yes
[US] is tomorrow a federal holiday -> No
[US] when is the next public holiday -> December 25th
[DE] is the third of october a public holiday in germany -> Yes
[GB] how many bank holidays are there next year -> 8
[GB] how many days until the next bank holiday -> 28 days
[US] um how many days until thanksgiving -> 363 days
[GB] what bank holidays are there in may -> 3rd & 31st
[GB] is good friday a bank holiday -> Yes
[FR] is bastille day a public holiday -> Yes
[GB] is today a bank holiday -> No
when does spring start -> March 20th
um when does winter begin -> December 21st
when is the winter solstice -> December 21st
what's the longest day of the year -> June 21st
when is the first day of summer -> June 21st
what season is it -> autumn
when's the next equinox -> March 20th
how many days until spring -> 113 days
when does autumn start next year -> September 23rd
which day is the shortest of the year -> December 21st
how many syllables are in banana -> 3
how many syllables does the word photography have -> 4
how many days are left in this year -> 34 days
um what quarter is it -> fourth
what quarter of the year are we in right now -> fourth
is twenty twenty eight a leap year -> Yes
was the year two thousand a leap year -> Yes
hey what's the date next friday -> December 4th
what will the date be next wednesday -> December 2nd
how old is someone who was born in nineteen eighty seven -> 39
if my nan was born in nineteen forty one how old is she -> 85
my son was born in twenty nineteen how old is he -> 7
how old will i be in twenty forty if i was born in nineteen ninety -> 50
what time is it in tokyo right now -> 6 PM
hey could you tell me the time in new york -> 4 AM
what time will it be in sydney when it is noon here -> 10 PM
when it's nine in the morning in london what time is it in los angeles -> 1 AM
if i call my sister in toronto at six pm here what time is it for her -> noon
is it daytime in singapore -> 5 PM
what day is it in auckland -> Friday
how many hours is india ahead of us -> 4 & 30
um what's seventeen times twenty four -> 408
hey can you add up twelve fifty and seven ninety nine -> 20.49
what's fifteen percent of eighty four -> 12.6
whats a twenty percent tip on sixty three dollars -> $12.60
split a hundred and forty dollar bill four ways with eighteen percent tip -> $41.30
um if something costs eighty pounds and it's thirty percent off what do i pay -> £56
what's two thirds of ninety -> 60
what is the square root of one hundred forty four -> 12
five squared plus twelve squared -> 169
what's a hundred minus thirty seven point five -> 62.5
how much is nine ninety nine times six -> 59.94
what's one thousand divided by eight -> 125
what is two to the power of ten -> 1024
three quarters plus five eighths -> 1 3/8
how much vat is there on fifty pounds at twenty percent -> £10
what's half of a hundred and thirty five -> 67 1/2
please work out forty five times twelve minus ten -> 530
i have five twenties and three tens how much is that -> 130
what percentage of two hundred is fifty five -> 27.5%
what's the average of seventy eighty five and ninety one -> 82
if i save fifty dollars a week how much is that in a year -> $2600
if i drive sixty miles an hour for two and a half hours how far do i get -> 150
i paid with a twenty for something that cost thirteen forty how much change do i get -> 6.60
my rent is twelve hundred a month how much is that a year -> 14400
what's thirty nine divided by seven -> 5.571
what's the remainder when you divide fifty by seven -> 1
is ninety seven a prime number -> Yes
what's negative four times negative six -> 24
how many seconds are in a day -> 86400
what's ten factorial -> 3628800
um how many pints in a gallon -> 8
how many grams are in a pound -> 453.59
what's six foot two in centimeters -> 187.96
convert seventy kilos to stone -> 11
how many ounces in half a pound -> 8
what's three hundred and fifty fahrenheit in celsius -> 176.7
how hot is minus ten celsius in fahrenheit -> 14
how many teaspoons are in a tablespoon -> 3
how many cups are in a liter -> 4.227
um what is gas mark six in celsius -> 200
how many kilometers is twenty six point two miles -> 42.16
how far is five k in miles -> 3.107
what's a hundred kilometers an hour in miles per hour -> 62.14
how many inches are in two meters -> 78.74
how many feet are there in a mile -> 5280
how many milliliters are in a pint -> 473.18
how many acres is ten hectares -> 24.71
what's two hundred pounds in kilos -> 90.72
how many weeks are in a year -> 52
how many minutes are in a week -> 10080
how many hours are in three days -> 72
how long is ninety minutes in hours -> 1.5
how many megabytes in a gigabyte -> 1000
what day of the week is the twenty fourth of december -> Thursday
what day is christmas on this year -> Friday
um how many days until christmas -> 28 days
how many weeks till new year's eve -> 4 weeks
how many days has it been since the first of january -> 330 days
what's the date in three weeks -> December 18th
what was the date ten days ago -> November 17th
what's the date a week on monday -> December 7th
when is easter twenty twenty seven -> March 28th
how many days are there in february next year -> 28
what week of the year is it -> 48
how many days between the first of march and the fifteenth of april -> 45 days
how many working days are there until christmas -> 20
how long ago was the fourth of july nineteen seventy six -> 50 years
what day of the week was the first of january two thousand -> Saturday
what was yesterday's date -> November 26th
what day will it be in a hundred days -> Sunday
how many months until june -> 6 months
what year was someone born who is forty two -> 1984
is tomorrow a weekday -> No
what's the last day of february in twenty twenty eight -> February 29th
what time will it be in forty five minutes -> 10:45
what time was it three hours ago -> 7
how long until half past five -> 7 hours and 30 minutes
how many hours until midnight -> 14 hours
how long is it from nine fifteen to five forty -> 8 hours and 25 minutes
if i go to bed at eleven and get up at six thirty how long do i sleep -> 7 hours and 30 minutes
what's seventeen thirty in twelve hour time -> 5:30 PM
when does the sun set today -> 3:59 PM
what time is sunrise tomorrow -> 7:49 AM
when's the next full moon -> December 24th
how long is the day today -> 8 hours
when do the clocks go forward -> March 28th
hey how do you spell necessary -> N E C E S S A R Y
how many letters are in the word refrigerator -> 12
how many e's are in cheese -> 3
um what's banana backwards -> ananab:
is racecar a palindrome -> Yes
what's the tenth letter of the alphabet -> J
what letter comes after q -> R
what's two thousand and twenty six in roman numerals -> M M X X V I
what is x i v in normal numbers -> 14
what's thirteen in binary -> 1 1 0 1
how many vowels are there in education -> 5
how many words are in the quick brown fox -> 4
um roll two dice -> total
pick a card any card -> of
what's twelve times seven || plus ten -> 94
what's a fifteen percent tip on forty dollars || and on sixty -> $9
how far is ten miles in kilometers || and in yards -> 17600
what time is it in tokyo || and in paris -> 10 AM
how many days until christmas || and until easter -> 121 days
is twenty twenty eight a leap year || what about twenty thirty -> No
how do you spell rhythm || and backwards -> M H T Y H R
[GB] when is the next bank holiday || and the one after that -> December 26th
what's twelve times seven || divide that by four -> 21
""")

SECOND = table("""
[GB] hey um is the first of january a bank holiday -> Yes
[GB] please tell me when the last bank holiday was -> May 25th & Parts of the country
[US] how many federal holidays are left this year -> 1 public holiday
[GB] do we have a bank holiday next week -> no public holiday
[DE] is the day after christmas a public holiday in germany -> Yes
what time of year does winter officially start -> December 21st
um how long till the summer solstice -> 206 days
when's the first day of spring in twenty twenty eight -> March 20th
how many syllables has the word elephant got -> 3
hey could you count the letters in mississippi -> 11
how many times does the letter s appear in mississippi -> 4
what's the word stressed backwards -> desserts:
what comes before m in the alphabet -> L
what number is x l i i -> 42
what's twenty nineteen in roman numerals -> M M X I X
so um how much is a third of four hundred and fifty -> 150
if dinner was ninety six dollars and we tip twenty percent what's the total -> $115.20
i want to split two hundred and ten euros between six friends what does each pay -> €35
a coat costs a hundred and twenty pounds with forty percent off how much is it now -> £72
i earn eighteen dollars an hour how much do i make in a forty hour week -> $720
my phone contract is thirty five pounds a month how much is that over two years -> £840
netflix is fifteen ninety nine a month what does it cost me per year -> 191.88
if a train goes a hundred and twenty kilometers an hour how long does it take for three hundred kilometers -> 2.5 hours
what's eight hundred and forty divided by twelve times three -> 210
could you please tell me what four to the power of five is -> 1024
what is the cube root of twenty seven -> 3
two and a half times three and a half -> 8 3/4
what's nought point two five as a fraction -> 1/4
how many percent is thirty out of a hundred and twenty -> 25%
round three point one four one five nine to two decimal places -> 3.14
what's the area of a room that is four meters by five and a half meters -> 22
how much is five feet eleven in centimeters -> 180.34
how many liters are in ten gallons -> 37.85
what's a hundred and eighty pounds in stone -> 12 stone
what's twenty one degrees celsius in fahrenheit -> 69.8
how many tablespoons in a cup -> 16
um what's two hundred grams of butter in ounces -> 7.055
how many hours are there in a week -> 168
how many days is ten thousand minutes -> 6.944
what's half a mile in meters -> 804.672
what date will it be six weeks from today -> January 8th
what day was it a hundred days ago -> Wednesday
is the fourth of july twenty twenty seven a sunday -> Yes
which year did someone turn eighteen if they were born in two thousand and five -> 2023
how many days old is someone born on the first of january two thousand -> 9827
how many weekends are left until the end of the year -> 5
how long has it been since the third of march twenty twenty -> 6 years
how many sundays are there in december -> 4
what time is it for my friend in melbourne -> 8 PM
when it's midnight in berlin what time is it in chicago -> 5 PM
what's the time difference between london and tokyo -> 9 hours
it takes fifty minutes to get there when do i have to leave to be there at nine -> 8:10
if the film starts at twenty fifteen and lasts two hours and ten minutes when does it end -> 10:25
when is sunset on new year's eve -> 4:01 PM
roll three six sided dice for me -> total
how far is fifty miles in kilometers || and a hundred miles -> 160.93
what's a third of ninety || and a quarter -> 22 1/2
how do you spell accommodate || how many letters is that -> 11
""")

THIRD = table("""
hey what's thirty six divided by one point five -> 24
um could you tell me how much twelve and a half percent of four hundred is -> 50
if i buy seven notebooks at two pounds forty each what do i pay -> £16.80
what do i get back from fifty euros if i spend thirty one seventy -> €18.30
how much is a hundred and ten pounds including twenty percent vat without the vat -> £91.67
what's five eighths of four hundred and eighty -> 300
do you know what the square of thirteen is -> 169
how many dozen is a hundred and eight -> 9
what's zero point three times zero point seven -> 0.21
by how many percent is forty bigger than thirty two -> 25%
how many kilos is eleven stone six -> 72.57
how many ounces are in a kilo -> 35.27
what is a quarter of a mile in feet -> 1320
what's minus forty celsius in fahrenheit -> minus 40
how many minutes are in two and a half hours -> 150
how many days until the end of january -> 65 days
what weekday is the third of october twenty thirty -> Thursday
how many weeks old is someone born on the first of october twenty twenty six -> 8 weeks
what's the date of the second sunday in may next year -> May 9th
how many days are there from today to the tenth of december -> 13 days
which year was it ten years ago -> 2016
what day is it in three days -> Monday
is the twenty fifth of december next year on a weekend -> Yes
when is the next leap day -> February 29th
[US] when is memorial day next year -> May 31st
[DE] how many public holidays are there in december -> 2 public holidays
tell me the time in honolulu please -> 11 PM
what time is it in mumbai when it is eight in the evening here -> 12:30 AM
how far ahead of london is new york -> 5 hours
what time was it ninety minutes ago -> 8:30
does the moon look full tonight -> moon
how do you write forty in roman numerals -> X L
what's the fifth letter in the word umbrella -> E
how many letters does onomatopoeia have || and syllables -> 6
""")

LOOKALIKES = """
how much is that doggy in the window
if I save my work where does it go
my rent is too high what can I do
how long does it take to learn to drive
how far is it to the next town
I was born to be wild who sang that
is it dark magic in harry potter
when does the winter sale begin
which year did the beatles split up
when is my son's birthday
I have three cats and two dogs what should I feed them
do we have a bank holiday plan
should I wear a coat or a jacket
how many syllables may a haiku line have
it takes two to tango what does that mean
what time do I have to leave for work
""".strip().splitlines()


@pytest.mark.parametrize(("texts", "answer"), [*FIRST, *SECOND, *THIRD])
def test_a_question_is_answered_as_it_is_spoken(texts: str, answer: str) -> None:
    found = re.fullmatch(r"(?:\[(\w\w)\] )?(.*)", texts)
    assert found is not None
    assert says(ask(*found[2].split(" || "), country=found[1]), answer)


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_sounds_like_a_sum_or_a_date_is_none(text: str) -> None:
    assert ask(text, country="GB") == ""
