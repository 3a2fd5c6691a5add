"""The units and currencies that a voice says in words."""

import re
from collections.abc import Iterable
from typing import Final


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PLURAL_S = {
    "km": "kilometer", "m": "meter", "dm": "decimeter", "cm": "centimeter", "mm": "millimeter", "µm": "micrometer",
    "nm": "nanometer", "kg": "kilogram", "g": "gram", "gr": "gram", "mg": "milligram", "µg": "microgram",
    "mcg": "microgram", "t": "ton", "l": "liter", "L": "liter", "dl": "deciliter", "dL": "deciliter",
    "cl": "centiliter", "cL": "centiliter", "ml": "milliliter", "mL": "milliliter", "µl": "microliter",
    "ha": "hectare", "d": "day", "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "s": "second", "sec": "second", "secs": "second", "ms": "millisecond", "µs": "microsecond", "ns": "nanosecond",
    "wk": "week", "wks": "week", "mo": "month", "mos": "month", "yr": "year", "yrs": "year",
    "tsp": "teaspoon", "tsps": "teaspoon", "tbsp": "tablespoon", "tbsps": "tablespoon", "Tbsp": "tablespoon",
    "tbs": "tablespoon", "Tbs": "tablespoon", "c": "cup", "pt": "pint", "qt": "quart", "gal": "gallon",
    "fl oz": "fluid ounce", "oz": "ounce", "lb": "pound", "lbs": "pound", "pkg": "package", "pkgs": "package",
    "yd": "yard", "yds": "yard", "mi": "mile", "nmi": "nautical mile", "ac": "acre", "kn": "knot",
    "V": "volt", "mV": "millivolt", "kV": "kilovolt", "A": "amp", "mA": "milliamp", "W": "watt", "mW": "milliwatt",
    "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "Wh": "watt hour", "kWh": "kilowatt hour",
    "MWh": "megawatt hour", "GWh": "gigawatt hour", "Ah": "amp hour", "mAh": "milliamp hour", "Ω": "ohm",
    "kΩ": "kilohm", "MΩ": "megohm", "J": "joule", "kJ": "kilojoule", "MJ": "megajoule", "cal": "calorie",
    "kcal": "kilocalorie", "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal", "MPa": "megapascal",
    "bar": "bar", "mbar": "millibar", "KB": "kilobyte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte",
    "TB": "terabyte", "PB": "petabyte", "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte",
    "kgs": "kilogram", "kms": "kilometer", "mls": "milliliter",
    "Kg": "kilogram", "KG": "kilogram", "Km": "kilometer", "KM": "kilometer", "ML": "milliliter",
    "kbit": "kilobit", "Mbit": "megabit", "Gbit": "gigabit", "kb": "kilobit", "Mb": "megabit", "Gb": "gigabit",
    "dB": "decibel", "lm": "lumen", "px": "pixel",
    "MP": "megapixel", "mol": "mole", "mmol": "millimole", "kN": "kilonewton", "°": "degree",
}  # fmt: skip
_OTHERS = {
    "doz": ("dozen", "dozen"),
    "ft": ("foot", "feet"),
    "in": ("inch", "inches"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": ("degree Celsius", "degrees Celsius"),
    "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    "C": ("degree Celsius", "degrees Celsius"),
    "F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "mph": ("mile per hour", "miles per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "mpg": ("mile per gallon", "miles per gallon"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"),
    "fps": ("frame per second", "frames per second"),
    "IU": ("international unit", "international units"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "ppm": ("part per million", "parts per million"),
    "ppb": ("part per billion", "parts per billion"),
    "dpi": ("dot per inch", "dots per inch"),
    "cc": ("cubic centimeter", "cubic centimeters"),
    "sq ft": ("square foot", "square feet"),
    "sq m": ("square meter", "square meters"),
    "sq mi": ("square mile", "square miles"),
    "sq km": ("square kilometer", "square kilometers"),
    "sq in": ("square inch", "square inches"),
    "cu ft": ("cubic foot", "cubic feet"),
    "K": ("kelvin", "kelvins"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "lx": ("lux", "lux"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "Nm": ("newton meter", "newton meters"),
    "N·m": ("newton meter", "newton meters"),
    "kVA": ("kilovolt ampere", "kilovolt amperes"),
    "kmph": ("kilometer per hour", "kilometers per hour"),
    "deg": ("degree", "degrees"),
    "deg C": ("degree Celsius", "degrees Celsius"),
    "deg F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "degrees C": ("degree Celsius", "degrees Celsius"),
    "degrees F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "hp": ("horsepower", "horsepower"),
    "%": ("percent", "percent"),
    "‰": ("per mille", "per mille"),
    "¢": ("cent", "cents"),
}
_LENGTHS = ("km", "m", "dm", "cm", "mm", "µm", "ft", "in", "yd", "mi")
_SIMPLE = {unit: (word, f"{word}s") for unit, word in _PLURAL_S.items()} | _OTHERS
_RAISED = {
    f"{unit}{sign}": (f"{kind} {_SIMPLE[unit][0]}", f"{kind} {_SIMPLE[unit][1]}")
    for unit in _LENGTHS
    for kind, signs in (("square", ("²", "2", "^2")), ("cubic", ("³", "3", "^3")))
    for sign in signs
}
_SECONDS_SQUARED = dict.fromkeys(("s²", "s^2", "s2"), ("second squared", "seconds squared"))

UNITS: Final = _SIMPLE | _RAISED | _SECONDS_SQUARED
"""What a unit behind a number is called, for one and for more. µ is U+00B5, Ω U+03A9."""

CURRENCIES: Final = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "US$": ("US dollar", "US dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CA$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "AU$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "R$": ("real", "reais", "centavo", "centavos"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "", ""),
    "円": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "", ""),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₺": ("lira", "lira", "kurus", "kurus"),
    "₴": ("hryvnia", "hryvnias", "kopeck", "kopecks"),
    "₫": ("dong", "dong", "", ""),
    "₱": ("peso", "pesos", "centavo", "centavos"),
    "₪": ("shekel", "shekels", "agora", "agorot"),
    "₦": ("naira", "naira", "kobo", "kobo"),
    "฿": ("baht", "baht", "satang", "satang"),
    "₿": ("bitcoin", "bitcoins", "", ""),
    "Rs": ("rupee", "rupees", "paisa", "paise"),
    "Rs.": ("rupee", "rupees", "paisa", "paise"),
    "USD": ("US dollar", "US dollars", "cent", "cents"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
    "JPY": ("yen", "yen", "", ""),
    "INR": ("rupee", "rupees", "paisa", "paise"),
    "CNY": ("yuan", "yuan", "", ""),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "kr": ("krone", "kroner", "ore", "ore"),
    "zł": ("zloty", "zlotys", "grosz", "groszy"),
    "SEK": ("Swedish krona", "Swedish kronor", "ore", "ore"),
    "Kč": ("koruna", "korunas", "haler", "halers"),
    "CZK": ("Czech koruna", "Czech korunas", "haler", "halers"),
    "DKK": ("Danish krone", "Danish kroner", "ore", "ore"),
    "NOK": ("Norwegian krone", "Norwegian kroner", "ore", "ore"),
    "HUF": ("forint", "forints", "", ""),
    "TRY": ("lira", "lira", "kurus", "kurus"),
    "RUB": ("ruble", "rubles", "kopeck", "kopecks"),
    "BRL": ("real", "reais", "centavo", "centavos"),
    "MXN": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "ZAR": ("rand", "rand", "cent", "cents"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "SGD": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "KRW": ("won", "won", "", ""),
    "PLN": ("zloty", "zlotys", "grosz", "groszy"),
}
"""What a currency is called: one, more, a hundredth, hundredths (empty where there is none)."""

SCALES: Final = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "mln": "million",
    "b": "billion", "B": "billion", "bn": "billion", "bln": "billion", "T": "trillion", "tn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion", "hundred": "hundred",
    "lakh": "lakh", "crore": "crore",
}  # fmt: skip
"""What stands behind an amount of money and multiplies it."""
