"""Sums as people say them. The tables were written before they were tried."""

import pytest

from tests.exact.asking import ask, says, table

PLAIN = table("""
what's 17 times 24 -> 408
What is 17 \u00d7 24? -> 408
seventeen times twenty four -> 408
um what's twelve times twelve -> 144
hey can you tell me what 12 times 12 is -> 144
what does 8 plus 5 equal -> 13
8 plus 5 equals what -> 13
how much is 100 minus 37 -> 63
100 take away 37 -> 63
one hundred and forty four divided by twelve -> 12
what's 10 divided by 3 -> about 3.333
what is 2 to the power of 10 -> 1024
two to the tenth -> 1024
what's 7 squared -> 49
what's the cube of 4 -> 64
three cubed plus two squared -> 31
what's the square root of 144 -> 12
square root of 2 please -> about 1.414
what's the cube root of 27 -> 3
what's the fourth root of 81 -> 3
what is negative 5 times negative 3 -> 15
minus four plus ten -> 6
what's five plus three times two -> 11
what is (5 + 3) * 2 -> 16
divide 100 by 8 -> 12.5
multiply six by seven -> 42
add 12 and 30 -> 42
add 4, 9 and 23 -> 36
add up 4, 9 and 23 -> 36
subtract 15 from 40 -> 25
take 17 from 50 -> 33
what do you get if you multiply 11 by 12 -> 132
how much is five and six -> 11
double 37 -> 74
what's twice 45 -> 90
what's half of 250 -> 125
half of three quarters -> 3/8
what's a third of ninety -> 30
what is three quarters of 80 -> 60
two thirds of 60 -> 40
what's 3.5 minus 1.25 -> 2.25
point five times eight -> 4
what is 1/2 plus 1/3 -> 5/6
one half plus a quarter -> 3/4
two and a half times four -> 10
what's one and three quarters plus a half -> 2 1/4
1.5 million divided by 12 -> 125000
what is 12 million divided by 4 -> 3000000
what's 5 factorial -> 120
what is the average of 4, 8 and 12 -> 8
average of 10 20 and 30 -> 20
what's the median of 3, 9 and 4 -> 4
what's the sum of 3, 4 and 5 -> 12
the product of 6 and 9 -> 54
what's the difference between 100 and 63 -> 37
what is the remainder of 17 divided by 5 -> 2
what's the remainder when you divide 17 by 5 -> 2
17 mod 5 -> 2
what's the greatest common divisor of 12 and 18 -> 6
highest common factor of 24 and 36 -> 12
least common multiple of 4 and 6 -> 12
what's the log of 1000 -> 3
log base 2 of 32 -> 5
sine of 30 degrees -> 0.5
what is the tangent of 45 degrees -> 1
what's 9 to the power of 9 to the power of 9 -> too large
what's 5 divided by zero -> Nothing can be divided by zero
square root of minus 4 -> no real number
what is 1,234 plus 4,321 -> 5555
nineteen hundred plus 87 -> 1987
a hundred and five times three -> 315
what's two hundred seventy five plus one fifty -> 425
multiply 6 by 7 and then add 8 -> 50
three times what I mean four plus five ->
how much is 12 times 9 altogether -> 108
calculate 45 times 3 -> 135
could you please work out 250 divided by 4 for me -> 62.5
I need to know what 18 times 7 is -> 126
do you know what 13 times 13 is -> 169
so what's 400 less 135 -> 265
what's 2 plus 2 -> 4
and what would 15 times 15 be -> 225
pi times 2 -> about 6.283
""")

MONEY = table("""
what's 15 percent of 80 -> 12
what's fifteen percent of eighty dollars -> $12
how much is 20 percent of 250 pounds -> £50
what's 7.5% of 200 -> 15
what is 20% off £45 -> £36
what's 30 percent off 80 dollars -> $56
how much is 60 euros with 25 percent off -> €45
80 plus 20 percent -> 96
what's 80 dollars plus 20 percent VAT -> $96
add 19 percent tax to 100 euros -> €119
how much is 19 percent VAT on 100 euros -> €19
increase 80 by 15 percent -> 92
decrease 80 by 15 percent -> 68
80 reduced by a quarter -> 60
what is 120 increased by 10 percent -> 132
what's a 15 percent tip on 48 dollars -> $7.20
how much is a 20% tip on $45 -> $9
what's the tip on 60 dollars at 20 percent -> $12
how much should I tip on 80 dollars at 15 percent -> $12
48 dollars plus 15 percent tip -> $55.20
what's the total of 48 dollars with a 15 percent tip -> $55.20
split 84 dollars between four people -> $21
split a bill of 120 four ways -> 30
split a 96 dollar bill between 3 people with a 20 percent tip -> $38.40
divide 90 pounds among 4 people -> £22.50
if five of us share a bill of 87 dollars how much does each pay -> $17.40
if 6 people split 150 dollars how much does each person pay -> $25
what's three at two seventy five each -> 8.25
what's the sum of twelve forty nine dollars and three fifteen dollars -> $15.64
add 10 20 30 dollars -> $60
how much are six pens at 75 pence each -> £4.50
12 tickets at $8.50 each -> $102
how much do 4 coffees cost at 3.20 each -> 12.80
if one costs 2.75 how much do six cost -> 16.50
how much change do I get from 20 dollars if it costs 13.45 -> $6.55
what's the change from a 50 for 32.70 -> 17.30
what percent of 80 is 20 -> 25%
20 is what percent of 80 -> 25%
what percentage is 15 of 60 -> 25%
what's 20 out of 80 as a percentage -> 25%
what is 3/4 as a percentage -> 75%
3/8 as a decimal -> 0.375
what's 0.75 as a fraction -> 3/4
what's 60 percent as a fraction -> 3/5
simplify 12/16 -> 3/4
what's the percentage increase from 50 to 65 -> 30%
percent change from 80 to 60 -> 25%
what's the price before 20 percent VAT if it's 120 pounds with VAT -> £100
what is 120 pounds without 20 percent VAT -> £100
what's 500 dollars at 5 percent simple interest for 3 years -> $75
simple interest on 1000 dollars at 5 percent for 3 years -> $150
compound interest on 1000 dollars at 5 percent for 2 years -> $102.50
a 25 percent discount on 60 dollars -> $45
how much do I save with 30 percent off 90 dollars -> $27
what's 3 dollars 50 times 4 -> $14
two pounds and 20 pence plus 80p -> £3
75 cents times 8 -> $6
what's 4 times $2.75 -> $11
""")

FACTS = table("""
is 91 a prime number -> No & 7 \u00d7 13
is 97 prime -> Yes
is seven a prime -> Yes
what are the prime factors of 84 -> 2 \u00d7 2 \u00d7 3 \u00d7 7
what are the factors of 12 -> 1 & 2 & 3 & 4 & 6 & 12
is 45 divisible by 9 -> Yes
is 46 divisible by 9 -> No
is 17 odd or even -> odd
is 24 an even number -> Yes
which is bigger, 3/8 or 2/5 -> 2/5
what's larger 0.75 or two thirds -> 0.75
is 3/8 more than 2/5 -> No
is 15 greater than 12 -> Yes
which is smaller 7 or minus 8 -> minus 8
how many times does 7 go into 100 -> 14 & 2
how many times does 5 go into 45 -> 9
round 3.14159 to two decimal places -> 3.14
round 2718 to the nearest hundred -> 2700
round 7.5 to the nearest whole number -> 8
what's 17.36 rounded to the nearest tenth -> 17.4
what number comes after 999 -> 1000
what comes before 100 -> 99
what's the area of a circle with a radius of 5 -> about 78.54
area of a circle with diameter 10 -> about 78.54
what is the area of a rectangle 4 by 6 -> 24
what's the area of a room that is 4 by 5.5 meters -> 22
circumference of a circle with radius 2 -> about 12.57
what's the area of a triangle with base 6 and height 4 -> 12
volume of a cube with side 3 -> 27
volume of a sphere with radius 2 -> about 33.51
volume of a box 2 by 3 by 4 -> 24
perimeter of a rectangle 3 by 7 -> 20
what's the hypotenuse of a right triangle with sides 3 and 4 -> 5
what number times 6 is 42 -> 7
what plus 8 equals 20 -> 12
solve x plus 5 equals 12 -> 7
solve 2x + 3 = 11 -> 4
how many zeros are in a million -> 6
how many millions are in a billion -> 1000
how many is a dozen -> 12
how many eggs are in three dozen -> 36
""")

MORE = table("""
tell me the answer to 900 divided by 30 -> 30
the sum of 7 plus 4 -> 11
what's the area of a 12 by 9 room -> 108
what is twelve less than ninety -> 78
what's 5 more than 30 -> 35
if I have 40 dollars and spend 15 how many dollars do I have left -> $25
something is 10% off $70, how much is it -> $63
four plus six equals ten right -> Yes
twenty percentages of fifty -> 10
what percentage 30 is of 120 -> 25%
""")

NO_SUMS = """
set a timer for 5 minutes
turn the lights to 20 percent
what's the score
how many people live in London
how old is the pope
what's nine inch nails
twenty percent
what is 42
call 911
what's route 66
who sang 99 problems
how many people were at the concert
what is 50 shades of grey
play 21 by adele
what happened in 1969
tell me about apollo 13
what's half life
what is a square
who is number one
what's the difference between a cat and a dog
what's the square of a town called
add milk and eggs to my shopping list
what is a third party
is it half time
what's 7 of 9's real name
divide and conquer meaning
how much is a house
what is the product of our times
what's the point
how much does it cost
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), [*PLAIN, *MONEY, *FACTS, *MORE])
def test_a_sum_is_computed_in_every_wording(question: str, answer: str) -> None:
    reply = ask(question)
    assert says(reply, answer) if answer else not reply, reply


@pytest.mark.parametrize("text", NO_SUMS)
def test_what_only_has_a_number_in_it_is_no_sum(text: str) -> None:
    assert ask(text) == ""


CONVERSATIONS = [
    (("what's 12 times 7", "plus ten"), "94"),
    (("what's 12 times 7", "and divide that by three"), "28"),
    (("what's 12 times 7", "half of that"), "42"),
    (("what's 12 times 7", "times two"), "168"),
    (("what's 12 times 7", "and minus 4"), "80"),
    (("what's 12 times 7", "now add 16 to that"), "100"),
    (("what's 10 plus 2", "squared"), "144"),
    (("what's 10 plus 2", "what's the square root of that"), "about 3.464"),
    (("what's 15 percent of 80", "and of 120"), "18"),
    (("what's a 15 percent tip on 20 dollars", "and for 30 dollars"), "$4.50"),
    (("what's 15 percent of 80", "what about 20 percent"), "16"),
    (("what's 20 times 3", "what about times 4"), "80"),
    (("split 84 dollars between four people", "and between three people"), "$28"),
]


@pytest.mark.parametrize(("texts", "answer"), CONVERSATIONS)
def test_a_sum_goes_on_from_the_one_before(texts: tuple[str, ...], answer: str) -> None:
    assert says(ask(*texts), answer)


def test_nothing_goes_on_without_a_sum_before() -> None:
    assert ask("plus ten") == ask("half of that") == ask("and minus 4") == ""
