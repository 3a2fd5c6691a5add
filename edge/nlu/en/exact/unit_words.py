"""What units are called: the words that mean them, and their names in replies. Pure."""

from collections.abc import Mapping
from typing import Final

_PREFIXED: Final = {
    "meter": ("kilo", "deci", "centi", "milli", "micro", "nano"),
    "gram": ("kilo", "milli", "micro"),
    "liter": ("milli", "centi", "deci", "hecto"),
    "byte": ("kilo", "mega", "giga", "tera", "peta", "kibi", "mebi", "gibi", "tebi"),
    "bit": ("kilo", "mega", "giga", "tera"),
    "joule": ("kilo", "mega"),
    "watt": ("kilo", "mega", "giga"),
    "pascal": ("hecto", "kilo"),
    "second": ("milli", "micro", "nano"),
    "hertz": ("kilo", "mega", "giga"),
    "bar": ("milli",),
    "calorie": ("kilo",),
}
_NAMES: Final = {
    "inch": ("inch", "inches"),
    "foot": ("foot", "feet"),
    "century": ("century", "centuries"),
    "millennium": ("millennium", "millennia"),
    "hertz": ("hertz", "hertz"),
    "kilohertz": ("kilohertz", "kilohertz"),
    "megahertz": ("megahertz", "megahertz"),
    "gigahertz": ("gigahertz", "gigahertz"),
    "stone": ("stone", "stone"),
    "horsepower": ("horsepower", "horsepower"),
    "psi": ("psi", "psi"),
    "btu": ("BTU", "BTU"),
    "celsius": ("degree Celsius", "degrees Celsius"),
    "fahrenheit": ("degree Fahrenheit", "degrees Fahrenheit"),
    "degree": ("degree", "degrees"),
    "degree-of-arc": ("degree", "degrees"),
    "kelvin": ("kelvin", "kelvins"),
    "square-foot": ("square foot", "square feet"),
    "square-inch": ("square inch", "square inches"),
    "cubic-foot": ("cubic foot", "cubic feet"),
    "cubic-inch": ("cubic inch", "cubic inches"),
    "foot-per-second": ("foot per second", "feet per second"),
    "meter-per-second": ("meter per second", "meters per second"),
    "kilometer-per-hour": ("kilometer per hour", "kilometers per hour"),
    "mile-per-hour": ("mile per hour", "miles per hour"),
    "kilometer-per-liter": ("kilometer per liter", "kilometers per liter"),
    "mile-per-gallon": ("mile per gallon", "miles per gallon"),
    "mile-per-us-gallon": ("mile per US gallon", "miles per US gallon"),
    "mile-per-uk-gallon": ("mile per UK gallon", "miles per UK gallon"),
    "liter-per-100-kilometers": ("liter per 100 kilometers", "liters per 100 kilometers"),
    "millimeter-of-mercury": ("millimeter of mercury", "millimeters of mercury"),
    "light-year": ("light year", "light years"),
    "leap-year": ("leap year", "leap years"),
}
_REGULAR: Final = (
    *("meter", "yard", "mile", "nautical-mile", "furlong", "fathom", "hand", "astronomical-unit", "square-meter"),
    *("square-kilometer", "square-centimeter", "square-millimeter", "square-yard", "square-mile", "hectare", "acre"),
    *("liter", "cubic-meter", "cubic-centimeter", "cubic-yard", "gallon", "quart", "pint", "cup", "fluid-ounce"),
    *("tablespoon", "teaspoon", "barrel", "gram", "tonne", "pound", "ounce", "ton", "carat", "grain", "second"),
    *("minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "knot", "byte", "bit"),
    *("joule", "calorie", "watt-hour", "kilowatt-hour", "watt", "pascal", "bar", "atmosphere", "radian", "turn"),
)
_OTHER_WORDS: Final = {
    "km": "kilometer", "kms": "kilometer", "kilometre": "kilometer", "k": "kilometer", "cm": "centimeter",
    "cms": "centimeter", "mm": "millimeter", "metre": "meter", "m": "meter", "in": "inch", "inch": "inch",
    "ft": "foot", "foot": "foot", "feet": "foot", "yd": "yard", "mi": "mile", "sea mile": "nautical-mile",
    "au": "astronomical-unit", "lightyear": "light-year", "kg": "kilogram", "kgs": "kilogram", "kilo": "kilogram",
    "kilos": "kilogram", "g": "gram", "gramme": "gram", "grammes": "gram", "mg": "milligram", "lb": "pound",
    "lbs": "pound", "oz": "ounce", "ozs": "ounce", "st": "stone", "stones": "stone", "metric ton": "tonne",
    "metric tons": "tonne", "metric tonne": "tonne", "metric tonnes": "tonne", "short ton": "us-ton",
    "long ton": "uk-ton", "imperial ton": "uk-ton", "l": "liter", "litre": "liter", "ml": "milliliter",
    "mls": "milliliter", "mil": "milliliter", "mils": "milliliter", "cl": "centiliter", "dl": "deciliter",
    "cc": "cubic-centimeter", "gal": "gallon", "qt": "quart", "pt": "pint", "fl oz": "fluid-ounce",
    "tbsp": "tablespoon", "tbsps": "tablespoon", "table spoon": "tablespoon", "tsp": "teaspoon", "tsps": "teaspoon",
    "tea spoon": "teaspoon", "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "hr": "hour",
    "hrs": "hour", "yr": "year", "yrs": "year", "ms": "millisecond", "wk": "week", "wks": "week",
    "c": "celsius", "celsius": "celsius", "centigrade": "celsius", "degrees c": "celsius",
    "f": "fahrenheit", "fahrenheit": "fahrenheit", "degrees f": "fahrenheit", "kelvin": "kelvin",
    "degrees celsius": "celsius", "degree celsius": "celsius", "degrees centigrade": "celsius", "degrees": "degree",
    "degrees fahrenheit": "fahrenheit", "degree fahrenheit": "fahrenheit", "degrees kelvin": "kelvin",
    "mph": "mile-per-hour", "miles an hour": "mile-per-hour", "mile an hour": "mile-per-hour",
    "miles per hour": "mile-per-hour", "mile per hour": "mile-per-hour", "kph": "kilometer-per-hour",
    "kmh": "kilometer-per-hour", "km per hour": "kilometer-per-hour", "km an hour": "kilometer-per-hour",
    "kilometers per hour": "kilometer-per-hour", "kilometres per hour": "kilometer-per-hour",
    "kilometers an hour": "kilometer-per-hour", "kilometres an"
    " hour": "kilometer-per-hour", "km h": "kilometer-per-hour",
    "kilometer per hour": "kilometer-per-hour", "kilometre per hour": "kilometer-per-hour",
    "meters per second": "meter-per-second", "metres per second": "meter-per-second", "m s": "meter-per-second",
    "feet per second": "foot-per-second", "mpg": "mile-per-gallon", "miles per gallon": "mile-per-gallon",
    "miles to the gallon": "mile-per-gallon", "us mpg": "mile-per-us-gallon", "uk mpg": "mile-per-uk-gallon",
    "liters per 100 kilometers": "liter-per-100-kilometers", "litres per 100 kilometres": "liter-per-100-kilometers",
    "liters per 100 km": "liter-per-100-kilometers", "litres per 100 km": "liter-per-100-kilometers",
    "l per 100 km": "liter-per-100-kilometers", "liters per 100 k": "liter-per-100-kilometers",
    "litres per 100 k": "liter-per-100-kilometers", "liters per 100 kilometres": "liter-per-100-kilometers",
    "litres per 100 kilometers": "liter-per-100-kilometers", "liters per 100": "liter-per-100-kilometers",
    "kilometers per liter": "kilometer-per-liter", "km per liter": "kilometer-per-liter",
    "kilometres per litre": "kilometer-per-liter", "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte",
    "gig": "gigabyte", "gigs": "gigabyte", "meg": "megabyte", "megs": "megabyte", "tb": "terabyte", "pb": "petabyte",
    "kcal": "kilocalorie", "kcals": "kilocalorie", "kj": "kilojoule", "kwh": "kilowatt-hour", "wh": "watt-hour",
    "kilowatt hour": "kilowatt-hour", "hp": "horsepower", "kw": "kilowatt", "w": "watt", "mw": "megawatt",
    "pounds per square inch": "psi", "hpa": "hectopascal", "kpa": "kilopascal", "pa": "pascal", "atm": "atmosphere",
    "mmhg": "millimeter-of-mercury", "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz",
    "btus": "btu", "sq m": "square-meter", "sqm": "square-meter", "square metre": "square-meter",
    "square metres": "square-meter", "meters squared": "square-meter", "metres squared": "square-meter",
    "sq ft": "square-foot", "square foot": "square-foot", "square feet": "square-foot", "feet squared": "square-foot",
    "square foots": "square-foot", "square kilometre": "square-kilometer", "square kilometres": "square-kilometer",
    "square km": "square-kilometer", "square cm": "square-centimeter", "square inch": "square-inch",
    "square inches": "square-inch", "cubic foot": "cubic-foot", "cubic feet": "cubic-foot", "cubic inch": "cubic-inch",
    "cubic inches": "cubic-inch", "cubic metre": "cubic-meter", "cubic metres": "cubic-meter",
    "cubic cm": "cubic-centimeter",
    "cubic centimetres": "cubic-centimeter", "leap year": "leap-year", "common year": "year", "calendar year": "year",
    "normal year": "year", "regular year": "year", "ha": "hectare", "degrees of arc": "degree-of-arc",
    "millenniums": "millennium", "fluid oz": "fluid-ounce",
}  # fmt: skip
_SIZED: Final = {
    **dict.fromkeys(("gallon", "quart", "pint", "fluid-ounce", "ton"), ("us", "uk")),
    **dict.fromkeys(("cup", "tablespoon", "teaspoon"), ("us", "metric")),
}
"""Units of two sizes, and what tells them apart."""
_SYSTEMS: Final = {
    "us": ("US ", ("us", "american", "u s", "united states")),
    "uk": ("UK ", ("uk", "imperial", "british", "english", "u k")),
    "metric": ("metric ", ("metric",)),
}


def _names() -> dict[str, tuple[str, str]]:
    names = {it: (it.replace("-", " "), f"{it.replace('-', ' ')}s") for it in _REGULAR}
    for base, prefixes in _PREFIXED.items():
        for prefix in prefixes:
            names.setdefault(prefix + base, (prefix + base, f"{prefix}{base}s"))
    names |= _NAMES
    for name, systems in _SIZED.items():
        for system in systems:
            said, _ = _SYSTEMS[system]
            one, more = names[name]
            names[f"{system}-{name}"] = (said + one, said + more)
    return names


NAMES: Final[Mapping[str, tuple[str, str]]] = _names()
"""What a unit is called in replies, for one and for more."""


def _words() -> dict[str, str]:
    words = {word: unit for unit, names in NAMES.items() for word in names}
    words |= {word.casefold(): unit for word, unit in _OTHER_WORDS.items()}
    words |= {f"{word}s": unit for word, unit in _OTHER_WORDS.items() if word.endswith(("re", "yr", "spoon", "year"))}
    for prefix in ("kilo", "centi", "milli", "micro", "nano", "deci", "hecto"):
        for ending, unit in (("metre", "meter"), ("litre", "liter"), ("gramme", "gram")):
            if f"{prefix}{unit}" in NAMES:
                words |= {f"{prefix}{ending}": f"{prefix}{unit}", f"{prefix}{ending}s": f"{prefix}{unit}"}
    for name, systems in _SIZED.items():
        plain = [word for word, unit in words.items() if unit == name]
        for system in systems:
            words |= {f"{spelling} {word}": f"{system}-{name}" for spelling in _SYSTEMS[system][1] for word in plain}
    return {word.casefold(): unit for word, unit in words.items()}


WORDS: Final[Mapping[str, str]] = _words()
"""The unit that words mean, in lower case."""

MAX_WORDS: Final = max(len(word.split()) for word in WORDS)
