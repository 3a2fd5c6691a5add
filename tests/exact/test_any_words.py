"""Questions whose words come in any order, and texts that only look like them.

They are from three rounds of sentences, each written before the first of it was tried: what was to be computed was
answered rightly at the first try for 57 of 90, then, with the readers of this kind, 46 of 61 and 46 of 59.
"""

import pytest

from tests.exact.asking import ask, says, table

ANY_ORDER = table("""
is 3 miles longer than 5 k -> No & 4.828
which is heavier 2 kilos or 5 pounds -> 5 pounds is heavier
which is longer a yard or a meter -> 1 meter is longer
which is colder 10 celsius or 40 fahrenheit -> 40 degrees Fahrenheit is colder
is 100 degrees fahrenheit hotter than 35 celsius -> Yes
how much longer is a mile than a kilometer -> 0.6093 kilometers more
how much heavier is 10 kilos than 20 pounds -> 2.046 pounds more
what's the difference between 5 kilometers and 3 miles -> 0.1069 miles more
what's the difference between 4 grams and 5 grams -> 1 gram less
is 90 minutes longer than an hour and a half -> No
is it true that a mile is longer than 1500 meters -> Yes
what's heavier a kilo of feathers or a pound of lead -> 1 kilogram is heavier
is 2 liters more than half a gallon -> That depends on the size that is meant
is 5 euros more than 5 dollars -> Exchange rates change every day
how much bigger is 80 than 65 -> 15
is 3 eighths less than 0.4 -> Yes
i weigh 12 stone what's that in kilos -> 76.2
how many kilometers did i run if i ran 5 miles -> 8.047
recipe says 180 celsius what's that in fahrenheit -> 356
um so if i have 36 eggs how many dozen is that -> 3
oven at 350 fahrenheit in celsius -> 176.7
how many centimeters tall is someone who's 5 foot 6 -> 167.64
square feet in 50 square meters -> 538.2
how much does 150 pounds come to in kilos -> 68.04
what do i pay if it's 30 percent off 89 99 -> 62.99
we're four people and the bill is 86 fifty -> 21.63 each
what's left of 200 if i spend 45 and 30 -> 125
if dinner was 64 dollars and i wanna leave 20 percent how much is the tip -> $12.80
how much would 6 coffees at 3 50 come to -> 21
i have a hundred euros and spend 37 what's left -> €63
if something costs 50 plus 8 percent sales tax what's the total -> 54
i earn 15 an hour and work 38 hours how much is that -> 570
if a pack of 6 costs 4 50 how much is one -> 0.75
how much is one egg if a dozen costs 3 60 -> 0.30
four of us share a 72 dollar taxi how much each -> $18 each
if i've got 48 apples and 6 kids how many does each one get -> 8 each
the bill's 48 dollars what's an 18 percent tip -> $8.64
the meal was 85 euros with 10 percent tip split three ways -> €31.17 each
gross 119 at 19 percent what's the net -> 100
how much is 3 pounds of apples at 2 50 a pound -> 7.50
what does each pay if 5 people split 147 50 -> 29.50 each
price went from 80 to 100 what percent is that -> 25%
if i drive 150 miles at 50 miles an hour how long does it take -> 3 hours
at 60 miles per hour how far do i get in 45 minutes -> 45 miles
i drove 300 kilometers in 4 hours how fast was that -> 75 kilometers per hour
how many 250 ml glasses in a liter and a half -> 6 times 250 milliliters
add 2 feet and 18 inches -> 3.5 feet
5 kilos minus 750 grams -> 4.25 kilograms
double 3 quarters of a cup -> 1 1/2 cups
if a recipe for 4 needs 300 grams how much for 6 -> 450 grams
how big is a 3 by 4 meter rug -> 12 square meters
my pool is 10 meters long 5 meters wide and 2 meters deep what's the volume -> 100 cubic meters
what's the diagonal of a square with side 1 -> 1.414
volume of a cylinder radius 2 height 5 -> 62.83
""")

LOOK_ALIKES = """
what is 9/11
what is the 5 second rule
seven of nine
what's the 80 20 rule
which is healthier 2 eggs or 3 bananas
which is better a 4 by 4 or a van
is 5 better than 4 in chess ratings
how many ounces of water should i drink a day
how much does a cup of sugar cost
which is faster a cheetah or a 60 miles an hour car
how long does it take to boil 2 liters of water
what's the 50 30 20 budget rule
how far can i drive with 10 liters
how many miles can i drive on 1 gallon of gas
2 cups of grapes have how many calories
please set two alarms one at 12 and the next at 1
book a train for twenty two march at twelve
now i need a reservation for backwoods crossing at seven for 6 people
is 2 pounds a lot to lose in a week
how much is 3 pounds of apples at 2 50 a kilo
what's the area of a circle 3 by 4 meters
how many square feet is a 6 by 7 meter garden
who pays if 3 people share a table for 40 days
3 people share a table for 40 days
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), ANY_ORDER)
def test_a_question_is_understood_in_any_order_of_words(question: str, answer: str) -> None:
    assert says(ask(question), answer)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_a_sum_is_not_computed(text: str) -> None:
    assert ask(text) == ""


def test_units_of_two_sizes_are_compared_in_those_of_the_country() -> None:
    assert says(ask("is 2 liters more than half a gallon", country="US"), "Yes")
    assert says(ask("is 2 liters more than half a gallon", country="GB"), "No")


@pytest.mark.parametrize("text", ["is 80 degrees hotter than 20 celsius", "is a month longer than 4 weeks"])
def test_what_cannot_be_compared_is_said(text: str) -> None:
    assert says(ask(text), "I didn't understand what to calculate")


def test_weight_and_volume_are_not_compared() -> None:
    assert says(ask("is 3 liters heavier than 2 kilos"), "Liters measure volume")
