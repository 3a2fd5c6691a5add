"""Conversions as people ask for them. The tables were written before they were tried."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact.units import UNITS, convert
from tests.exact.asking import ask, says, table

CONVERSIONS = table("""
how many feet are in a mile -> 5280
how many kilometers is five miles -> 8.047
what's 10 miles in kilometers -> 16.09
convert 26.2 miles to kilometres -> 42.16
how many inches in a yard -> 36
how tall is 180 centimeters in feet -> 5.906 & 5 feet 10.9 inches
what's 5 foot 11 in centimeters -> 180.34
5 feet 11 inches in cm -> 180.34
how tall is 6 foot 2 in meters -> 1.88
what's 5'7" in centimetres -> 170.18
how many centimeters in an inch -> 2.54
how many millimeters are there in a meter -> 1000
how far is 400 meters in yards -> 437.45
what is 3/4 of an inch in millimeters -> 19.05
how many yards in a football field ->
what's 70 kilos in stone -> 11.02 & 11 stone 0.3 pounds
how heavy is 3 stone in kilos -> 19.05
11 stone 4 in kilograms -> 71.67
how many pounds is 80 kilograms -> 176.37
how many ounces in a pound -> 16
convert 250 grams to ounces -> 8.818
what's half a pound in grams -> 226.8
how many grams in 2 and a half kilos -> 2500
how many pounds are in a stone -> 14
how many kilos in a tonne -> 1000
how many pounds in a ton -> 2000 & 2240
how many pints in a gallon -> 8
how many quarts are in a gallon -> 4
how many liters in a gallon -> 3.785 & 4.546
how many litres in a US gallon -> 3.785
how many litres are in an imperial gallon -> 4.546
how many cups in a pint -> 2
how many cups in a quart -> 4
how many tablespoons in a cup -> 16
how many teaspoons in a tablespoon -> 3
how many ounces in a cup -> 8
how many fluid ounces in a pint -> 16 & 20
how many milliliters in a cup -> 236.59 & 250
how many ml in a litre -> 1000
half a cup in tablespoons -> 8
two cups in milliliters -> 473.18
what's 100 degrees fahrenheit in celsius -> 37.8
what's 25 celsius in fahrenheit -> 77
what is 20 degrees in fahrenheit -> 68
convert 350 fahrenheit to celsius -> 176.7
minus 40 celsius in fahrenheit -> minus 40
how hot is 98.6 fahrenheit in celsius -> 37
how many degrees fahrenheit is 0 celsius -> 32
what's 300 kelvin in celsius -> 26.9
what's 70 degrees in celsius -> 21.1
gas mark 4 in celsius -> 180
what temperature is gas mark 6 -> 200 & 400
what gas mark is 180 degrees -> 4
what's 200 celsius in gas mark -> 6
how many seconds in a day -> 86400
how many minutes are in a week -> 10080
how many hours in a year -> 8760
how many hours in a leap year -> 8784
how many days in a leap year -> 366
how many days in a year -> 365
how many weeks in a year -> 52.14
how many months in a year -> 12
how many seconds are there in an hour and a half -> 5400
how many minutes in 2 hours 30 minutes -> 150
what's 90 minutes in hours -> 1.5
200 minutes in hours -> 3.333 & 3 hours and 20 minutes
how many days are in a fortnight -> 14
how many years in a century -> 100
how many years in two decades -> 20
how many hours in three days -> 72
how many days in 6 weeks -> 42
how many weeks is 100 days -> 14.29 & 14 weeks and 2 days
how long is a fortnight -> 14 days
how many quarters are in a year -> 4
how many days are in three months -> about 91.3
what is 60 miles per hour in kilometers per hour -> 96.56
how fast is 100 kilometers per hour in miles per hour -> 62.14
what's 30 mph in kph -> 48.28
20 knots in mph -> 23.02
what's 10 meters per second in km per hour -> 36
how many square feet in an acre -> 43560
how many acres in a hectare -> 2.471
how many square meters is 1000 square feet -> 92.9
how big is an acre in square meters -> 4046.86
how many cubic centimeters in a liter -> 1000
how many megabytes in a gigabyte -> 1000 & 1024
how many bits in a byte -> 8
how many bytes in a kilobyte -> 1000
how many gigabytes in 2 terabytes -> 2000
how many megabits is 10 megabytes -> 80
30 mpg in litres per 100 km -> 7.84 & 9.416
what's 5 litres per 100 km in us mpg -> 47.04
how many calories in a kilojoule -> 239.01
how many watts in a horsepower -> 745.7
what's 2.2 bar in psi -> 31.91
how many kilowatts is 100 horsepower -> 74.57
how long is a mile -> 1.609
how long is a mile in km -> 1.609
how long is a furlong -> 201.168
how far is a light year -> 9460730472580.8
um what's ten stone in pounds please -> 140
can you tell me how many pounds 5 kilos is -> 11.02
what is the metric equivalent of a mile ->
how many grams of flour in a cup -> depends
how many grams is a cup of sugar -> depends
what's a cup of flour in grams -> depends
what's 20 dollars in euros -> Exchange rates
how many pounds is 50 euros -> Exchange rates
convert 100 yen to dollars -> Exchange rates
how many meters in a kilogram -> measure
how do I convert 3 inches into centimeters -> 7.62
what's the number of cups in a quart -> 4
the conversion between teaspoons and tablespoons -> 0.3333
6 feet is equal to how many inches -> 72
how fast is 80 kilometres an hour in miles -> 49.71
""")

CONVERSATIONS = [
    (("how many kilometers in 5 miles", "and in meters"), "8046.72"),
    (("what's 70 kilos in stone", "and in pounds"), "154.32"),
    (("what's 25 celsius in fahrenheit", "and 30"), "86"),
    (("what's 10 miles in kilometers", "and 20 miles"), "32.19"),
    (("what's 10 miles in kilometers", "what about in yards"), "17600"),
]

NO_CONVERSIONS = """
set a timer for 5 minutes
how many people live in paris
how many days in the life of ivan
how many cups of coffee are too many
what's the weather in minutes
how long is the nile
how far is london
how heavy is a blue whale
how many calories in a banana
turn the heating to 20 degrees
how many miles to babylon
what's a mile
what's in the second drawer
how many lights are on in the kitchen
how hot is it in here
is it 20 degrees in the bedroom
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), CONVERSIONS)
def test_units_are_converted_in_every_wording(question: str, answer: str) -> None:
    reply = ask(question)
    assert says(reply, answer) if answer else not reply, reply


@pytest.mark.parametrize(("texts", "answer"), CONVERSATIONS)
def test_a_conversion_goes_on_from_the_one_before(texts: tuple[str, ...], answer: str) -> None:
    assert says(ask(*texts), answer)


@pytest.mark.parametrize("text", NO_CONVERSIONS)
def test_what_only_names_a_unit_is_no_conversion(text: str) -> None:
    assert ask(text) == ""


@pytest.mark.parametrize(("country", "liters"), [("US", "3.785411784"), ("GB", "4.54609"), ("IE", "4.54609")])
def test_a_gallon_is_that_of_the_country(country: str, liters: str) -> None:
    assert [it.value for it in convert([(Fraction(1), "gallon")], "liter", country)] == [Fraction(liters)]


KINDS = sorted({measure for measure, _ in UNITS})


@given(st.data(), st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000))
def test_a_conversion_can_be_taken_back(data: st.DataObject, amount: Fraction) -> None:
    measure = data.draw(st.sampled_from(KINDS))
    names = sorted(name for kind, name in UNITS if kind == measure)
    first, second = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    there = convert([(amount, first)], second, "US")
    back = convert([(there[0].value, second)], first, "US")
    assert back[0].value == amount
