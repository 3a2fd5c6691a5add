# ruff: noqa: RUF001 - typographic signs are what is tested
"""Numbers, units, signs and dates keep their value when they are spoken; read back, they are the same numbers."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edge.nlu.en.numbers import words_to_digits
from edge.nlu.segmenter import FirstPiece, Segmenter
from edge.tts.plain_text import PlainText
from tests.fakes.language import ENGLISH


def heard(text: str) -> str:
    return PlainText(ENGLISH.plain_text_rules).clean(text)


def read_back(said: str) -> Decimal:
    """What our own number parser makes of the words of one number."""
    minus, _, words = said.rpartition("minus ")
    (number,) = words_to_digits(words.split())
    assert minus == ""
    return Decimal(number) * (-1 if "minus " in said else 1)


KINDS: dict[str, list[tuple[str, str]]] = {
    "the real minus sign and negative money": [
        ("Low of −12°", "Low of minus twelve degrees"),
        ("high of −3°.", "high of minus three degrees."),
        ("−5 °C", "minus five degrees Celsius"),
        ("It is -1°F or –3.5 °C.", "It is minus one degree Fahrenheit or minus three point five degrees Celsius."),
        ('"−3" or (−4)', '"minus three" or (minus four)'),
        ("You owe -$5", "You owe minus five dollars"),
        ("−$1.50", "minus one dollar and fifty cents"),
        ("$-3 or −€2,50.", "minus three dollars or minus two euros and fifty cents."),
        ("from −5 to −10 °C", "from minus five to minus ten degrees Celsius"),
        ("a change of −3%", "a change of minus three percent"),
    ],
    "arithmetic": [
        ("15 - 7 = 8", "fifteen minus seven equals eight"),
        ("15-7=8", "fifteen minus seven equals eight"),
        ("5 − 3 = 2", "five minus three equals two"),
        ("7 - 15 = -8", "seven minus fifteen equals minus eight"),
        ("What is 7 - 15?", "What is seven minus fifteen?"),
        ("100 - 1 is 99", "one hundred minus one is ninety nine"),
        ("$20 - $5 = $15", "twenty dollars minus five dollars equals fifteen dollars"),
        ("3 × (4 + 5) = 27", "three times (four plus five) equals twenty seven"),
        ("2*3 = 6 and 10 ÷ 2 = 5", "two times three equals six and ten divided by two equals five"),
        ("10/2 = 5", "ten divided by two equals five"),
        ("6 / 3 = 2", "six divided by three equals two"),
        ("1/2 + 1/4 = 3/4", "one half plus one quarter equals three quarters"),
        ("10 ≠ 9", "ten is not equal to nine"),
        (
            "√16 = 4 and ∛27 = 3",
            "the square root of sixteen equals four and the cube root of twenty seven equals three",
        ),
        ("√2 ≈ 1.41", "the square root of two is about one point four one"),
        ("≈ 20", "about twenty"),
        ("3 ≤ 5", "three is less than or equal to five"),
        ("5 ≥ 3", "five is greater than or equal to three"),
        ("3 < 5", "three is less than five"),
        ("5 > 3", "five is greater than three"),
        ("50 ± 2", "fifty plus or minus two"),
        ("±0.5 °C", "plus or minus zero point five degrees Celsius"),
        ("10 → 20 and A → B", "ten to twenty and A to B"),
        ("2^3 = 8", "two cubed equals eight"),
        ("5² = 25", "five squared equals twenty five"),
        ("x³", "x cubed"),
        ("10⁶", "ten to the power of six"),
        ("10^-3", "ten to the power of minus three"),
        ("10⁻³", "ten to the power of minus three"),
        ("2 x 4", "two times four"),
        ("2x4", "two by four"),
        ("3×", "three times"),
    ],
    "algebra and large numbers": [
        ("x = 3 - 10, y = 3-10", "x equals three minus ten, y equals three minus ten"),
        ("(-5) - 3, 5 - (-3) = 8", "(minus five) minus three, five minus (minus three) equals eight"),
        ("2 × (4 - 5) = -2", "two times (four minus five) equals minus two"),
        ("12-5+3=10", "twelve minus five plus three equals ten"),
        ("x - 3 = 2", "x minus three equals two"),
        ("f(x) = 2x + 1", "f(x) equals two x plus one"),
        ("6.02 × 10²³", "six point zero two times ten to the power of twenty three"),
        ("1.6e-19", "one point six times ten to the power of minus nineteen"),
        ("149.6 million km", "one hundred forty nine point six million kilometers"),
        ("68°F / 20°C", "sixty eight degrees Fahrenheit, twenty degrees Celsius"),
        ("21 °C · 45%", "twenty one degrees Celsius, forty five percent"),
        ("10/10", "ten out of ten"),
        ("50/50", "fifty fifty"),
        ("22/7", "twenty two over seven"),
        ("5 cm x 3 cm", "five centimeters by three centimeters"),
    ],
    "signs of two characters and comparisons": [
        ("5 >= 3", "five is greater than or equal to three"),
        ("3 <= 5", "three is less than or equal to five"),
        ("4 != 5", "four is not equal to five"),
        ("5 -> 6", "five to six"),
        ("10 +/- 1", "ten plus or minus one"),
        ("a < b", "a is less than b"),
        ("1 > x", "one is greater than x"),
        ("8/2=4", "eight divided by two equals four"),
        ("SO4²⁻, Na⁺", "S O four two minus, Na plus"),
        ("1:2:3", "one to two to three"),
        ("1:100", "one to one hundred"),
    ],
    "ranges": [
        ("1-2 cups = 240-480 ml", "one to two cups equals two hundred forty to four hundred eighty milliliters"),
        (
            "20-25 °C ≈ 68-77 °F",
            "twenty to twenty five degrees Celsius is about sixty eight to seventy seven degrees Fahrenheit",
        ),
        (
            "20 - 25 °C = 68 - 77 °F",
            "twenty to twenty five degrees Celsius equals sixty eight to seventy seven degrees Fahrenheit",
        ),
        ("−5 – −3 °C", "minus five to minus three degrees Celsius"),
        ("-5 - -3 °C", "minus five to minus three degrees Celsius"),
        ("−5 – 3 °C", "minus five to three degrees Celsius"),
        ("UTC-5, UTC+1", "UTC minus five, UTC plus one"),
        ("-5--3 °C, -5-3 °C", "minus five to minus three degrees Celsius, minus five to three degrees Celsius"),
        ("ages 5-10+", "ages five to ten plus"),
        ("(5-10 min)", "(five to ten minutes)"),
        ("1 dog - 2 cats", "one dog - two cats"),
        ("They won 3 - 1.", "They won three to one."),
        ("500-1500 people", "five hundred to one thousand five hundred people"),
        ("1/2–3/4 cup", "one half to three quarters cup"),
        ("$1-2 million", "one to two million dollars"),
        ("5-10 minutes", "five to ten minutes"),
        ("Bake for 20 - 25 minutes.", "Bake for twenty to twenty five minutes."),
        ("20–25 °C", "twenty to twenty five degrees Celsius"),
        ("5 – 10 people", "five to ten people"),
        ("10%-15%", "ten percent to fifteen percent"),
        ("5 km–10 km", "five kilometers to ten kilometers"),
        ("$5-10", "five to ten dollars"),
        ("5-10 €", "five to ten euros"),
        ("$1.5M–$2M", "one point five million dollars to two million dollars"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("a 10-minute break", "a ten-minute break"),
        ("a 3-year-old", "a three-year-old"),
    ],
    "decimal commas and separators": [
        ("20,5 °C", "twenty point five degrees Celsius"),
        ("2,5 kg", "two point five kilograms"),
        ("12,50 €", "twelve euros and fifty cents"),
        ("5,99 €", "five euros and ninety nine cents"),
        ("0,123 kg", "zero point one two three kilograms"),
        ("1 000 000", "one million"),
        ("1,000,000", "one million"),
        ("1'000'000", "one million"),
        ("1.000.000", "one million"),
        ("10\u202f000 km", "ten thousand kilometers"),
        ("12\u00a0500 people", "twelve thousand five hundred people"),
        ("1.234,56 €", "one thousand two hundred thirty four euros and fifty six cents"),
        ("1 234,56 €", "one thousand two hundred thirty four euros and fifty six cents"),
        ("$1,234.56", "one thousand two hundred thirty four dollars and fifty six cents"),
        ("3.14", "three point one four"),
        (".5", "zero point five"),
        ("1.50", "one point five zero"),
        ("1", "one"),
        ("2", "two"),
        ("3", "three"),
    ],
    "fractions and recipes": [
        ("1½ cups", "one and a half cups"),
        ("1 ½ cups", "one and a half cups"),
        ("2 1/2 cups", "two and a half cups"),
        ("1-1/2 cups", "one and a half cups"),
        ("½", "one half"),
        ("⅓ cup", "one third cup"),
        ("2⅔ cups", "two and two thirds cups"),
        ("⅛ tsp", "one eighth teaspoon"),
        ("3/4", "three quarters"),
        ("5/8", "five eighths"),
        ("7/16", "seven sixteenths"),
        ("1/100", "one one hundredth"),
        ("2 tbsp sugar", "two tablespoons sugar"),
        ("1 tsp. salt", "one teaspoon salt"),
        ("250 g flour", "two hundred fifty grams flour"),
        ("1 c milk", "one cup milk"),
        ("2 qt", "two quarts"),
        ("1 pt", "one pint"),
        ("8 fl oz", "eight fluid ounces"),
        ("16 oz. can", "sixteen ounces can"),
        ("Add 2 Tbsp. Then stir.", "Add two tablespoons. Then stir."),
    ],
    "units": [
        ("1h 30m", "one hour thirty minutes"),
        ("1h30", "one hour thirty minutes"),
        ("5m 30s", "five minutes thirty seconds"),
        ("2h", "two hours"),
        ("20 m", "twenty meters"),
        ("5 m/s", "five meters per second"),
        ("20 m²", "twenty square meters"),
        ("3 m³", "three cubic meters"),
        ("9.8 m/s²", "nine point eight meters per second squared"),
        ("100 km/h", "one hundred kilometers per hour"),
        ("65 mph", "sixty five miles per hour"),
        ("3 kWh", "three kilowatt hours"),
        ("5 µg", "five micrograms"),
        ("5 μg", "five micrograms"),
        ("72 F", "seventy two degrees Fahrenheit"),
        ("20 C", "twenty degrees Celsius"),
        ("350°F", "three hundred fifty degrees Fahrenheit"),
        ("90°", "ninety degrees"),
        ("5 l/100 km", "five liters per one hundred kilometers"),
        ("30 mg/dL", "thirty milligrams per deciliter"),
        ("€0.30/kWh", "thirty cents per kilowatt hour"),
        ("6'2\"", "six feet two inches"),
        ("6 ft 2 in", "six feet two inches"),
        ("3 in. wide", "three inches wide"),
        ("230 V", "two hundred thirty volts"),
        ("10 A", "ten amps"),
        ("60 W", "sixty watts"),
        ("5 GB", "five gigabytes"),
        ("16 GHz", "sixteen gigahertz"),
        ("10 kΩ", "ten kilohms"),
        ("1 kg", "one kilogram"),
        ("1.0 kg", "one point zero kilograms"),
        ("0.5 kg", "zero point five kilograms"),
        ("1 lb", "one pound"),
        ("2 lbs", "two pounds"),
        ("5 in the morning", "five in the morning"),
        ("3 in 4", "three in four"),
        ("seat 14C", "seat fourteen C"),
        ("room 12A", "room twelve A"),
    ],
    "units in other spellings": [
        ("350 deg F", "three hundred fifty degrees Fahrenheit"),
        ("350 degrees F", "three hundred fifty degrees Fahrenheit"),
        ("20 ºC", "twenty degrees Celsius"),
        ("72°f", "seventy two degrees Fahrenheit"),
        ("51°30′26″ N", "fifty one degrees thirty minutes twenty six seconds N"),
        ("2000 kcal/day", "two thousand kilocalories per day"),
        ("802.11ac", "eight hundred two point one one ac"),
        ("1 Kg", "one kilogram"),
        ("500ML", "five hundred milliliters"),
        ("5 kmph", "five kilometers per hour"),
        ("5 N·m", "five newton meters"),
        ("1 C. flour", "one cup flour"),
        ("2 T sugar", "two tablespoons sugar"),
        ("1 t salt", "one teaspoon salt"),
        ("PM2.5", "PM two point five"),
        ("v1.0", "v one point zero"),
        ("1/10th", "one tenth"),
        ("1ST", "first"),
    ],
    "money": [
        ("$500", "five hundred dollars"),
        ("$5.05", "five dollars and five cents"),
        ("$0.99", "ninety nine cents"),
        ("$1", "one dollar"),
        ("£1.01", "one pound and one penny"),
        ("$2.00", "two dollars"),
        ("₹500", "five hundred rupees"),
        ("¥1,000", "one thousand yen"),
        ("₩1000", "one thousand won"),
        ("500 CHF", "five hundred Swiss francs"),
        ("5 ¢", "five cents"),
        ("$1.5M", "one point five million dollars"),
        ("$3 billion", "three billion dollars"),
        ("£20k", "twenty thousand pounds"),
        ("€2bn", "two billion euros"),
        ("€5", "five euros"),
        ("$1.5M", "one point five million dollars"),
        ("$20/month", "twenty dollars per month"),
    ],
    "formulas and names with digits": [
        ("CO₂", "C O two"),
        ("CO2", "C O two"),
        ("H2O", "H two O"),
        ("H₂SO₄", "H two S O four"),
        ("O2", "O two"),
        ("MP3", "MP three"),
        ("A4", "A four"),
        ("B12", "B twelve"),
        ("F-16", "F sixteen"),
        ("4K", "four K"),
        ("7-Eleven", "seven-Eleven"),
        (
            "version 2.4.1 on 192.168.0.12",
            "version two point four point one on one nine two point one six eight point zero point one two",
        ),
    ],
    "digits one by one": [
        ("ZIP code 90210, CA 90210", "ZIP code nine zero two one zero, CA nine zero two one zero"),
        ("Call 911 or 112.", "Call nine one one or one one two."),
        ("In an emergency the number is 999.", "In an emergency the number is nine nine nine."),
        (
            "555-123-4567, (555) 123-4567",
            "five five five, one two three, four five six seven, five five five, one two three, four five six seven",
        ),
        ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
        ("PIN 1234", "PIN one two three four"),
        ("code 0042", "code zero zero four two"),
        ("room 101", "room one zero one"),
        ("221B Baker Street", "two two one B Baker Street"),
        ("12 Elm Street", "twelve Elm Street"),
        ("555-1234", "five five five, one two three four"),
        ("911, 030 123456", "nine one one, zero three zero, one two three four five six"),
        ("P.O. Box 1234", "P.O. Box one two three four"),
        ("0x1F", "zero x one F"),
        ("911 people", "nine hundred eleven people"),
        ("112 apples", "one hundred twelve apples"),
    ],
    "dates and times": [
        ("2026-11-27", "November twenty seventh, twenty twenty six"),
        ("2026-11-27T17:05", "November twenty seventh, twenty twenty six at seventeen oh five"),
        ("11/23/2026", "November twenty third, twenty twenty six"),
        ("27.11.2026", "November twenty seventh, twenty twenty six"),
        ("on 7/4", "on July fourth"),
        ("Mon-Fri 9-5", "Monday to Friday nine to five"),
        ("Dec. 24th", "December twenty fourth"),
        ("Nov 5-7", "November fifth to seventh"),
        ("3rd of May", "the third of May"),
        ("7.30pm, 70's, 2026/11/27", "seven thirty PM, seventies, November twenty seventh, twenty twenty six"),
        ("5:30 PM", "five thirty PM"),
        ("7 AM", "seven AM"),
        ("17:05", "seventeen oh five"),
        ("12:00", "twelve o'clock"),
        ("00:00", "midnight"),
        (
            "9am-5pm, 9–11 a.m., 14:00–15:30",
            "nine A.M. to five PM, nine to eleven AM, fourteen o'clock to fifteen thirty",
        ),
        ("We meet at 5 p.m. Then we eat.", "We meet at five PM. Then we eat."),
        ("We meet at 7 a.m. Then we eat.", "We meet at seven AM. Then we eat."),
        ("7 AM tomorrow", "seven A.M. tomorrow"),
        ("7 AM.", "seven AM."),
        ("By 2030 it is 4000 divided by 2000.", "By twenty thirty it is four thousand divided by two thousand."),
        ("1920x1080", "one thousand nine hundred twenty by one thousand eighty"),
        ("in 1908", "in nineteen oh eight"),
        ("the 1920s", "the nineteen twenties"),
        ("the '80s", "the eighties"),
        ("2005", "two thousand five"),
        ("2026", "twenty twenty six"),
        ("the 1st", "the first"),
        ("22nd", "twenty second"),
        ("101st", "one hundred first"),
        ("1440 minutes", "one thousand four hundred forty minutes"),
        ("1609 meters", "one thousand six hundred nine meters"),
        ("2026 - 1984 = 42", "two thousand twenty six minus one thousand nine hundred eighty four equals forty two"),
        ("16:9", "sixteen to nine"),
        ("24/7", "twenty four seven"),
        ("9/11", "nine eleven"),
    ],
}


@pytest.mark.parametrize(
    ("written", "said"),
    [pytest.param(*case, id=f"{kind}: {case[0]}") for kind, cases in KINDS.items() for case in cases],
)
def test_what_is_spoken_has_the_value_of_what_is_written(written: str, said: str) -> None:
    assert heard(written) == said


SEPARATORS = st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", "'", "\u2019"])
MINUS = st.sampled_from(["", "-", "\u2212"])


@given(st.one_of(st.integers(0, 1099), st.integers(2100, 10**15 - 1)), MINUS)
def test_a_whole_number_is_read_back_as_itself(value: int, minus: str) -> None:
    assert read_back(heard(f"{minus}{value}")) == (-value if minus else value)


@example(911_000_911, " ", "")
@example(911_112, "'", "")
@example(100_200_300, " ", "-")
@example(555_123_000, " ", "")
@given(st.integers(1000, 10**15 - 1), SEPARATORS, MINUS)
def test_a_number_in_groups_is_read_back_as_itself(value: int, separator: str, minus: str) -> None:
    written = f"{value:,}".replace(",", separator)
    assert read_back(heard(f"{minus}{written}")) == (-value if minus else value)


@given(st.one_of(st.integers(10**6, 10**9 - 1), st.integers(10**12, 10**15 - 1)))  # four groups are an address
def test_a_number_in_groups_with_points_is_read_back_as_itself(value: int) -> None:
    assert read_back(heard(f"{value:,}".replace(",", "."))) == value


@given(st.integers(0, 10**9), st.text("0123456789", min_size=1, max_size=8), st.sampled_from(",."), MINUS)
def test_a_decimal_is_read_back_as_itself(whole: int, decimals: str, point: str, minus: str) -> None:
    if point == "," and len(decimals) == 3 and 0 < whole < 1000:
        decimals += "5"  # three digits behind a comma are a group
    value = Decimal(f"{minus and '-'}{whole}.{decimals}")
    assert read_back(heard(f"{minus}{whole}{point}{decimals}")) == value


@given(st.integers(1000, 10**9), SEPARATORS.filter(lambda sign: sign != ","), st.integers(0, 99), st.sampled_from(",."))
def test_a_decimal_in_groups_is_read_back_as_itself(whole: int, separator: str, hundredths: int, point: str) -> None:
    written = f"{whole:,}".replace(",", separator) + f"{point}{hundredths:02}"
    assert read_back(heard(written)) == Decimal(f"{whole}.{hundredths:02}")


@given(st.integers(0, 10**9), st.integers(0, 999), MINUS, st.sampled_from(["%", " %"]))
def test_a_percentage_is_read_back_as_itself(whole: int, decimals: int, minus: str, sign: str) -> None:
    said = heard(f"{minus}{whole}.{decimals}{sign}")
    assert said.endswith(" percent")
    assert read_back(said.removesuffix(" percent")) == Decimal(f"{minus and '-'}{whole}.{decimals}")


@given(st.integers(0, 10**9), st.integers(0, 99), MINUS, st.sampled_from(["$", "€", "£", "₹"]), st.booleans())
def test_money_is_read_back_as_the_same_amount(
    whole: int, hundredths: int, minus: str, sign: str, behind: bool
) -> None:
    amount = f"{whole},{hundredths:02}" if behind else f"{whole:,}.{hundredths:02}"
    said = heard(f"{minus}{amount} {sign}" if behind else f"{minus}{sign}{amount}")
    assert said.startswith("minus ") == bool(minus)
    total = Decimal(0)
    for part in said.removeprefix("minus ").split(" and "):
        words, _, unit = part.rpartition(" ")
        in_hundredths = re.fullmatch("cents?|penny|pence|paisa|paise", unit) is not None
        total += read_back(words) / (100 if in_hundredths else 1)
        assert unit.endswith("s") or read_back(words) == 1 or unit in {"pence", "paise"}
    assert total == Decimal(f"{whole}.{hundredths:02}")


_PARTS = {
    "half": 2,
    "quarter": 4,
    "third": 3,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "sixteenth": 16,
}


@given(st.integers(0, 999), st.integers(1, 15), st.sampled_from(sorted(_PARTS.values())), st.sampled_from(" -"))
def test_a_fraction_is_read_back_as_itself(whole: int, count: int, parts: int, joint: str) -> None:
    count = count % parts or 1
    said = heard(f"{whole}{joint}{count}/{parts}" if whole else f"{count}/{parts}")
    head, _, fraction = said.rpartition(" and ")
    words, _, part = fraction.rpartition(" ")
    value = Fraction(count, _PARTS[part.replace("halves", "half").removesuffix("s")])
    assert (words in {"a", "an"} and count == 1) or read_back(words) == count
    assert Fraction(read_back(head) if head else 0) + value == whole + Fraction(count, parts)


COUNTS = st.one_of(st.integers(2, 1099), st.integers(2100, 10**6))  # four digits may be a year


@given(COUNTS, COUNTS, st.sampled_from(["-", "\u2013"]))
def test_a_range_has_both_its_numbers(first: int, second: int, dash: str) -> None:
    said = heard(f"{first}{dash}{second} km")
    assert [read_back(part) for part in said.removesuffix(" kilometers").split(" to ")] == [first, second]


@given(COUNTS, COUNTS, st.sampled_from([" - ", " \u2013 ", "\u2212", " \u2212 "]))
def test_a_difference_has_both_its_numbers(first: int, second: int, dash: str) -> None:
    said = heard(f"{first}{dash}{second} = {first - second}")
    difference, _, result = said.partition(" equals ")
    assert [read_back(part) for part in difference.split(" minus ")] == [first, second]
    assert read_back(result) == first - second or 1100 <= abs(first - second) < 2100


@given(st.integers(1100, 2099))
def test_a_year_is_read_back_as_its_two_halves(year: int) -> None:
    digits = "".join(words_to_digits(heard(f"in {year}").split()[1:])).replace("oh", "0")
    assert digits.lstrip("0") == str(year)


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["The emergency number in the UK", "is 999."], ["The emergency number in the UK", "is nine nine nine."]),
        (
            ["The ZIP code of Beverly Hills", "is 90210."],
            ["The ZIP code of Beverly Hills", "is nine zero two one zero."],
        ),
        (["The height of the tower", "is 330 m."], ["The height of the tower", "is three hundred thirty meters."]),
        (["Beverly Hills,", "CA 90210"], ["Beverly Hills,", "CA nine zero two one zero"]),
    ],
)
def test_a_reply_that_is_cut_is_read_as_if_it_were_whole(pieces: list[str], said: list[str]) -> None:
    cleaner = PlainText(ENGLISH.plain_text_rules)
    assert [cleaner.clean(piece) for piece in pieces] == said


@pytest.mark.parametrize("first", get_args(FirstPiece))
def test_no_number_is_cut_in_two_while_a_reply_is_written(first: FirstPiece) -> None:
    for written in (written for cases in KINDS.values() for written, _ in cases):
        segmenter = Segmenter(ENGLISH.sentence_rules, first)
        text = f"The answer that you want is {written}, as I said before to you and to everybody."
        pieces = [piece for char in text for piece in segmenter.feed(char)] + segmenter.finish()
        cleaner = PlainText(ENGLISH.plain_text_rules)
        in_pieces = " ".join(cleaner.clean(piece.text) for piece in pieces)
        assert re.findall(r"[\w-]+", in_pieces) == re.findall(r"[\w-]+", heard(text)), text


@given(st.text(st.sampled_from("0123456789.,:/-−–+×÷=≈√^²½₂°%$€£'\" kmhgsCFinx()"), max_size=60))
def test_whatever_is_written_no_digit_reaches_the_voice(text: str) -> None:
    said = heard(text)
    assert not any(char.isnumeric() for char in said)
    assert said == " ".join(said.split())


@given(st.text(max_size=120))
def test_no_digit_of_any_text_reaches_the_voice(text: str) -> None:
    assert not any(char.isdecimal() for char in heard(text))


HOSTILE = (
    "1 ",
    "1-",
    "1,",
    "1/",
    "1 000",
    "-",
    "1.1",
    "+1 ",
    "$1 - ",
    "√",
    "1h",
    "H2",
    "12:30-",
    "9",
    "1 km/",
    "(1",
    "May 5-",
    "5 ft ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_numbers_take_no_time(piece: str) -> None:
    heard((piece * 240)[:240])
