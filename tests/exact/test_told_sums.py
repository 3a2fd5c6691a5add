"""Equations, and sums that are told as they come to mind, with what only looks like them."""

import pytest

from tests.exact.asking import ask, says, table

EQUATIONS = table("""
find x if x plus 5 equals 12 -> 7
what is x if 3x minus 2 equals 10 -> 4
if 3 x equals 21 what is x -> 7
solve for x 2x equals 10 -> 5
solve for x in 2x plus 4 equals 10 -> 3
solve the equation x minus 3 equals 9 -> 12
2x plus 3 equals 11 solve for x -> 4
what is the value of x if x plus two equals five -> 3
20 minus what is 8 -> 12
twice what number is 18 -> 9
half of what number is 12 -> 24
what number do i add to 8 to get 15 -> 7
what do you have to multiply 6 by to get 54 -> 9
what do i divide 20 by to get 4 -> 5
what do i subtract from 20 to get 12 -> 8
ten percent of what is 5 -> 50
12 is 30 percent of what number -> 40
let x be 5 what is 3x plus 2 -> 17
what is 3x plus 2 if x is 5 -> 17
solve x squared equals 9 -> I didn't understand what to calculate
""")

BILLS = table("""
we're five and the bill is a hundred and ten -> 22 each
the taxi cost 36 dollars and we're 3 -> $12 each
there's 4 of us and the taxi was 28 -> 7 each
what's my share of 90 if there's three of us -> 30 each
food was 80 and drinks were 40 split 4 ways -> 30 each
two coffees at 3 each and a cake for 5 how much is that -> 11
3 coffees at 2.50 and 2 cakes at 3 how much in total -> 13.50
milk is 2.40 and bread is 3.10 how much altogether -> 5.50
how much change from 20 if the coffee is 3 and the cake is 4 -> 13
eggs are 3 dollars a dozen how much is one egg -> $0.25
bagels are 9 dollars a dozen what do 30 cost -> $22.50
the jacket is 80 and it's half price -> 40
coat costs 120 with a third off -> 80
take a quarter off 80 -> 60
three friends and me are splitting 84 dollars -> $21 each
i've saved 340 and need 500 how much more do i need -> 160
i paid 12 dollars for 3 pounds of grapes how much per pound -> $4
there are 28 kids and 4 teams how many on each team -> 7 each
they want a 30 percent deposit on 900 how much is that -> 270
prices went up 5 percent from 80 what is it now -> 84
the tank holds 50 litres and petrol is 1.60 a litre what does it cost to fill -> 80
tickets are 22 pounds each and we need 5 -> £110
the ad says 3 for 10 dollars so what's one -> $3.33
what's the price with 19 percent vat if it's 50 euros without -> €59.50
i earn 15 an hour and work 38 hours what's that a week -> 570
i paid 84 including 20 percent vat what was it without -> 70
6 cans are 9 dollars how much are 10 cans -> $15
each of us pays 15 and we are 8 how much is that -> 120
the jeans cost 45 after 25 percent off what was the original price -> 60
this month i earned 3200 and last month 2800 how much more is that -> 400
two adults at 15 and three kids at 8 how much is it -> 54
my gas bill is split between me and my roommate it's 86 dollars -> $43 each
leave a 20 percent tip on a 35 dollar haircut -> $7
60 euro shoes at 30 percent off how much -> €42
""")

RATES = table("""
my car used 32 litres for 400 kilometres how much per 100 -> 8 liters
my car does 30 miles to the gallon how much gas do i need for 240 miles -> 8 gallons
how far can i go on 8 gallons at 30 miles to the gallon -> 240 miles
the car uses 6 litres per 100 kilometres how much for 250 kilometres -> 15 liters
a tin of paint covers 12 square metres how many tins for 30 square metres -> 2.5 tins
we need 3 litres of water and each bottle holds 750 millilitres how many bottles -> 4 times 750 milliliters
each box holds 12 eggs how many boxes for 60 eggs -> 5 boxes
i take 2 pills a day how long will 30 pills last -> 15 days
i type 40 words a minute how long for 1000 words -> 25 minutes
it takes 3 eggs to make 12 pancakes how many eggs for 20 -> 5 eggs
how much paint for 48 square metres if a litre covers 12 -> 4 liters
a bottle of wine is 750 ml and a glass is 150 how many glasses -> 5 glasses
if i sleep 7 hours a night how many hours is that in a week -> 49 hours
gym is 35 a month what's that for the year -> 420
my salary is 48000 what is that a month -> 4000
we've got 2 kilos of potatoes for 8 people how much each -> 0.25 kilograms
a kilo of cheese is 18 euros how much is 350 grams -> €6.30
if i put away 200 a month how long until i have 3000 -> 15 months
we're driving 480 kilometres at 100 how long will it take -> 4.8 hours
a box of 24 cost me 18 dollars what's that per can -> $0.75
i need to cut a 2 metre board into 5 equal pieces how long is each piece -> 0.4 meters
they come in packs of 8 how many packs do i need for 50 people -> 6.25 packs
each kid gets 4 cookies and there are 23 kids how many cookies -> 92 cookies
3 slices per person how many slices for 12 people -> 36 slices
""")

RECIPES = table("""
i need to feed six and the recipe is for four it says 300 grams of flour -> 450 grams
the recipe wants half a cup of sugar but i'm doubling it -> 1 cup
recipe for 12 cookies uses 2 cups of flour i want to make 30 -> 5 cups
this recipe is for 4 but we're 7 and it says 2 cups of rice -> 3 1/2 cups
i'm halving a recipe that calls for 3 cups of flour how much is that -> 1 1/2 cups
the recipe says 3 eggs for 4 people how many eggs for 8 -> 6 eggs
i have 200 grams of rice and the recipe needs half a kilo how much more do i need -> 0.3 kilograms
2 cups plus 6 tablespoons in cups -> 2.375 US cups
how much wood is in 6 planks of 2.4 metres each -> 14.4 meters
i've run 3.2 kilometres and i want to do 5 how far to go -> 1.8 kilometers
my recipe is for 6 and i only need 2 it says 450 grams of mince -> 150 grams
it's 28 degrees celsius here what's that in fahrenheit -> 82.4
i have 5 and a half cups of flour and the cake takes 2 cups how much is left -> 3.5
i slept 6 and a half hours last night and 8 the night before how many altogether -> 14.5 hours
my oven only shows celsius and the recipe says 350 fahrenheit what do i set it to -> 176.7 degrees Celsius
""")

SHARES = table("""
the jacket was 80 and now it's 60 how many percent off is that -> minus 25%
what percent off is it if it was 120 and is now 90 -> minus 25%
i walked 8000 steps out of 10000 what percentage is that -> 80%
my goal is 10000 steps and i did 7500 what percent is that -> 75%
12 of the 30 kids are sick what percentage is that -> 40%
i'm 35 percent done with a 400 page book how many pages is that -> 140
i got 45 out of 60 in the exam what's that as a percentage -> 75%
my electricity was 120 last month and 150 this month how much percent more is that -> 25%
my rent went from 900 to 990 what percentage increase is that -> 10%
""")

AROUND = table("""
add up twenty three forty one and sixteen -> 80
what's ten to the minus three -> 0.001
my 20 percent share of 1500 is how much -> 300
how do you say one hundred twelve in binary -> 1 1 1 0 0 0 0
inform me how many ounces are in a pound -> 16
can you inform me of the square root of 81 -> 9
i was hoping you could tell me what 12 times 12 is -> 144
what is like 12 times 12 -> 144
what's um 20 percent of 50 -> 10
do me a favor and add 12 and 30 -> 42
show me the answer for this problem 12 plus 7 -> 19
solve this equation one plus one -> 2
how do i get the answer to two plus two -> 4
how do i change pounds into kilograms -> 0.4536
how are yards converted to inches -> 36
""")

LOOK_ALIKES = """
we're three and the table is booked for 8
there's 4 of us and dinner is at 8
party of 5 at 7 30
three of us split at the 5 mile mark
half price sushi on mondays
a third of people like 5 songs
what number do i dial to get 911
is 20 enough for 3 pizzas
bread is on the list and milk is on 2
20 percent of what people say is wrong
5 is what comes after 4 in the series
let x be the winner of game 2
solve world hunger
how do i add 2 people to a call
inform me when 5 people arrive
what was 40 about when there were 2 of them
if one shirt takes 4 hours to dry how long do 3 shirts take
an egg takes 8 minutes to boil how long for 3 eggs
if one man takes 6 hours to paint a fence how long do 3 men take
i take 2 pills a day and have 30 how many are left after 5 days
my car does 30 miles to the gallon how much does gas cost for 240 miles
i have 3 apples and eat 2 pears how many apples are left
a farmer has 17 sheep and all but 9 die how many are left
there are 12 slices and each person gets 2 how many people
if i cut 3 inches off a 2 foot board what's left
i make 15 an hour and worked 5 hours on monday and 6 on tuesday how much did i make
gas is 3 dollars and rent is 1200 what a world
the concert is 50 dollars and parking is 20 should i go
each player gets 5 cards how many cards are in a deck of 52
there are 6 eggs and 2 of them are cracked what should i do
i have 20 minutes and the train leaves in 30 how long do i wait
the recipe serves 4 what wine goes with it
a can has 140 calories how much sugar is in 2 cans
the recipe is for 4 and takes 30 minutes what about 8 people
i need to feed 6 people and have 40 dollars
what percentage of 20 year olds have 2 cars
what percent chance of rain is there from 2 to 5
""".strip().splitlines()


@pytest.mark.parametrize(
    ("before", "text", "answer"),
    [
        ("split 96 between 4", "what if there's five of us", "19.20 each"),
        ("split 96 between 4", "and with a 20 percent tip", "28.80 each"),
        ("the recipe is for 4 and needs 300 grams of rice i need it for 6", "and for 8", "600 grams"),
        ("my car does 30 miles to the gallon how much gas for 240 miles", "what about 300 miles", "10 gallons"),
    ],
)
def test_a_question_goes_on_from_a_told_sum(before: str, text: str, answer: str) -> None:
    assert says(ask(before, text), answer)


@pytest.mark.parametrize(("text", "answer"), [*EQUATIONS, *BILLS, *RATES, *RECIPES, *SHARES, *AROUND])
def test_a_sum_is_computed_as_it_is_told(text: str, answer: str) -> None:
    assert says(ask(text), answer)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_a_told_sum_is_none(text: str) -> None:
    assert not ask(text)
