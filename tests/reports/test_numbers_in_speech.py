# ruff: noqa: RUF001 - typographic signs are what is tested
"""Public reports of voices that read numbers, units and signs wrongly, with inputs of our own.

Each case names the threads in which users met it. `tests/tts/test_spoken_numbers.py` tests the same rules in general.
"""

import pytest

from edge.tts.plain_text import PlainText
from tests.fakes.language import ENGLISH

CASES: dict[str, list[tuple[str, str]]] = {
    "rhasspy/piper#363": [
        ("World War I ended in 1918.", "World War one ended in nineteen eighteen."),
        ("Louis XIV and Henry VIII", "Louis the fourteenth and Henry the eighth"),
        ("Chapter IV, Rocky III", "Chapter four, Rocky three"),
        ("Malcolm X and James I think", "Malcolm X and James I think"),
        ("$750 and £1,250.40", "seven hundred fifty dollars and one thousand two hundred fifty pounds and forty pence"),
        ("Martin Luther King Jr.", "Martin Luther King Jr."),
        ("In 1706, in the 1850s", "In seventeen oh six, in the eighteen fifties"),
        ("ZIP code 60614", "ZIP code six zero six one four"),
        ("Portland, OR 97201", "Portland, OR nine seven two zero one"),
        ("Gartenweg 5, 10115 Berlin.", "Gartenweg five, one zero one one five Berlin."),
        ("Flight BA 117, room 204", "Flight BA one one seven, room two zero four"),
        ("Dial 112.", "Dial one one two."),
    ],
    "athombv/homey#1239; OHF-Voice/intents#1683; festvox/festival#57": [
        ("It is -8°C", "It is minus eight degrees Celsius"),
        ("-2.7 degrees", "minus two point seven degrees"),
    ],
    "nvaccess/nvda#10636; mozilla/TTS#587; s-yadav/react-number-format#845": [
        ("between −15° and −4 °C", "between minus fifteen degrees and minus four degrees Celsius"),
        ("−0.25 %", "minus zero point two five percent"),
        ("-£8.20, £-8.20, −£8.20", ", ".join(["minus eight pounds and twenty pence"] * 3)),
        ("€-3 and -3 €", "minus three euros and minus three euros"),
        ("a balance of −CHF 12.50", "a balance of minus twelve Swiss francs and fifty centimes"),
        ("a loss of -$1.5M", "a loss of minus one point five million dollars"),
    ],
    "OHF-Voice/intents#3676; hexgrad/kokoro#337; Azure-Samples/cognitive-services-speech-sdk#1945": [
        ("2.718", "two point seven one eight"),
        ("18,5 °C", "eighteen point five degrees Celsius"),
        ("1,75 kg", "one point seven five kilograms"),
        ("7,99 €", "seven euros and ninety nine cents"),
        ("3.450,20 €", "three thousand four hundred fifty euros and twenty cents"),
        ("2 500 000 people", "two million five hundred thousand people"),
        ("2\u202f500\u202f000", "two million five hundred thousand"),
        ("3'400.5 km", "three thousand four hundred point five kilometers"),
        ("3,400 km", "three thousand four hundred kilometers"),
    ],
    "NickMonrad/kernel-ai-assistant#912; LukeSmithxyz/based.cooking#918": [
        ("2½ cups of flour", "two and a half cups of flour"),
        ("1 3/4 tsp salt", "one and three quarters teaspoons salt"),
        ("3 tbsp oil, 1 tbsp vinegar", "three tablespoons oil, one tablespoon vinegar"),
        ("400 g flour, 1 g yeast", "four hundred grams flour, one gram yeast"),
        ("¾ l milk", "three quarters liter milk"),
        ("Bake at 180 °C.", "Bake at one hundred eighty degrees Celsius."),
        ("a 9 x 13 inch pan", "a nine by thirteen inch pan"),
    ],
    "lionheart/openradar-mirror#7446": [
        ("Cook for 12 min, rest for 45 secs.", "Cook for twelve minutes, rest for forty five seconds."),
        ("3 hrs and 1 min", "three hours and one minute"),
        ("2h 15m", "two hours fifteen minutes"),
        ("1:30 h", "one hour thirty minutes"),
        ("26 mi", "twenty six miles"),
    ],
    "hexgrad/kokoro#286; IhorShevchuk/piper-app#23": [
        ("I’ll say it isn’t so, we’re done.", "I’ll say it isn’t so, we’re done."),
    ],
    "huggingface/speech-to-speech#338; isair/jarvis#234; qwersyk/Newelle#106": [
        ("### **Two** tips 🎉", "Two tips."),
        ("* Use `salt` and [pepper](https://pepper.example).", "Use salt and pepper."),
    ],
    "NousResearch/hermes-agent#25956": [
        ("8 ≠ 7 and 6 ≤ 7", "eight is not equal to seven and six is less than or equal to seven"),
        ("√81 = 9", "the square root of eighty one equals nine"),
        ("3√2 ≈ 4.24", "three times the square root of two is about four point two four"),
        ("22 - 9 = 13", "twenty two minus nine equals thirteen"),
        ("4(2+3) = 20", "four times (two plus three) equals twenty"),
        ("30 → 40", "thirty to forty"),
        ("2⁵ = 32", "two to the power of five equals thirty two"),
    ],
    "units and formulas that the same voices read as letters": [
        ("30 m/s, 90 km/h", "thirty meters per second, ninety kilometers per hour"),
        ("9.81 m/s²", "nine point eight one meters per second squared"),
        ("12 µg/m³ of CO2", "twelve micrograms per cubic meter of C O two"),
        ("4.2 kWh at 0.30 €/kWh", "four point two kilowatt hours at thirty cents per kilowatt hour"),
        ("₹250, ¥900, 100 Kč", "two hundred fifty rupees, nine hundred yen, one hundred korunas"),
        ("version 3.0.12", "version three point zero point twelve"),
        ("10.0.0.7", "one zero point zero point zero point seven"),
        ("won 2:0, 16:9, 1:25000", "won two to zero, sixteen to nine, one to twenty five thousand"),
        ("Rovers 3 - 1 United", "Rovers three to one United"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("the 1990s–2000s", "the nineteen nineties to two thousands"),
        ("Fri, Nov 27", "Friday, November twenty seventh"),
        ("Halloween is on 10/31.", "Halloween is on October thirty first."),
        ("season 2026/27", "season twenty twenty six twenty seven"),
        ("2**10 = 1024", "two to the power of ten equals one thousand twenty four"),
        ("F-16s", "F sixteens"),
        ("5 — 10 people", "five to ten people"),
        ("112 is the emergency number", "one one two is the emergency number"),
        ("90210-1234", "nine zero two one zero, one two three four"),
        ("25°C/77°F", "twenty five degrees Celsius, seventy seven degrees Fahrenheit"),
        ("Nos. 3 and 4, pp. 5-7, c. 1500", "numbers three and four, pages five to seven, about fifteen hundred"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [pytest.param(*case, id=f"{thread}: {case[0]}") for thread, cases in CASES.items() for case in cases],
)
def test_what_is_spoken_has_the_value_of_what_is_written(written: str, said: str) -> None:
    assert PlainText(ENGLISH.plain_text_rules).clean(written) == said
