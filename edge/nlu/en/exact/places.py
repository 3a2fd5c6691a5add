"""Places and their time zones: names of the tz database, and those that people say instead. Pure.

The names of cities in the database are read from it; capitals and large cities that it does not name are listed here.
"""

import functools
import re
from collections.abc import Mapping
from typing import Final

HERE: Final = "here"
"""The place of the speaker."""

_CITIES: Final = {
    "America/New_York": "east coast, hartford, connecticut, new hampshire, vermont, maine, rhode island, delaware,"
    " maryland,"
    " buffalo, jacksonville, raleigh, richmond, columbus, savannah, charleston, south carolina, west virginia, new"
    " york city, nyc, manhattan, brooklyn, washington, washington dc, boston, miami,"
    " philadelphia, "
    "atlanta, orlando, baltimore, pittsburgh, cleveland, charlotte, tampa, cincinnati, florida, georgia usa, "
    "massachusetts, virginia, north carolina, ohio, pennsylvania, new jersey, eastern, est, edt, et, the east coast",
    "America/Chicago": "missouri, iowa, arkansas, mississippi, alabama, oklahoma, baton rouge, omaha, des moines,"
    " tulsa,"
    " little rock, fort worth, green bay, madison, dallas, houston, austin, san antonio, new orleans, minneapolis,"
    " st louis, milwaukee,"
    " nashville, "
    "kansas city, memphis, oklahoma city, texas, illinois, louisiana, minnesota, wisconsin, central, cst, cdt",
    "America/Denver": "wyoming, montana, new mexico, santa fe, colorado springs, aspen, salt lake city,"
    " albuquerque, colorado, utah, mountain, mst, mdt",
    "America/Phoenix": "sedona, scottsdale, flagstaff, arizona, tucson",
    "America/Los_Angeles": "vegas, reno, modesto, fresno, spokane, southern california, northern california,"
    " pacific coast,"
    " west coast, palo alto, san jose, anaheim, long beach, malibu, la, san francisco, seattle, san diego, las"
    " vegas, portland, sacramento, san jose"
    " california, "
    "silicon valley, hollywood, oakland, california, oregon, washington state, nevada, pacific, pst, pdt, pt, "
    "the west coast",
    "America/Anchorage": "juneau, akst, alaska",
    "Pacific/Honolulu": "hst, waikiki, maui, hawaii",
    "America/Toronto": "ottawa, montreal, quebec, quebec city, ontario",
    "America/Vancouver": "british columbia",
    "America/Edmonton": "calgary, alberta",
    "America/Mexico_City": "mexico, guadalajara",
    "America/Sao_Paulo": "rio, rio de janeiro, brasilia",
    "America/Argentina/Buenos_Aires": "argentina, buenos aires",
    "America/Santiago": "chile",
    "America/Bogota": "colombia, medellin",
    "America/Lima": "cusco, peru",
    "America/Caracas": "venezuela",
    "America/Havana": "cuba",
    "America/Jamaica": "jamaica, kingston jamaica",
    "America/Guayaquil": "ecuador, quito",
    "America/La_Paz": "bolivia",
    "America/Montevideo": "uruguay",
    "America/Panama": "panama city",
    "America/Costa_Rica": "costa rica, san jose costa rica",
    "Europe/London": "belfast, newcastle, bristol, sheffield, northern ireland, nottingham, brighton, york, uk,"
    " the uk, england, britain, great britain, united kingdom, the united kingdom, scotland,"
    " wales, "
    "edinburgh, glasgow, manchester, birmingham, liverpool, leeds, cardiff, oxford, cambridge, bst",
    "Europe/Dublin": "ireland, cork",
    "Europe/Paris": "cannes, lille, nantes, french riviera, france, lyon, marseille, nice, bordeaux, toulouse,"
    " strasbourg",
    "Europe/Berlin": "hanover, nuremberg, bonn, bavaria, germany, munich, hamburg, frankfurt, cologne, stuttgart,"
    " dusseldorf, leipzig, dresden,"
    " cet, cest, "
    "central europe",
    "Europe/Madrid": "malaga, granada, bilbao, ibiza, mallorca, spain, barcelona, valencia, seville, majorca",
    "Europe/Lisbon": "portugal, porto",
    "Europe/Rome": "bologna, palermo, pisa, sardinia, italy, milan, naples, florence, venice, turin, sicily",
    "Europe/Vienna": "austria, salzburg, graz",
    "Europe/Zurich": "switzerland, geneva, bern, basel",
    "Europe/Amsterdam": "the netherlands, netherlands, holland, rotterdam, the hague",
    "Europe/Brussels": "belgium, antwerp",
    "Europe/Copenhagen": "denmark",
    "Europe/Stockholm": "sweden, gothenburg",
    "Europe/Oslo": "norway, bergen",
    "Europe/Helsinki": "finland",
    "Europe/Warsaw": "poland, krakow, gdansk",
    "Europe/Prague": "czech republic, the czech republic, czechia",
    "Europe/Budapest": "hungary",
    "Europe/Bucharest": "romania",
    "Europe/Sofia": "bulgaria",
    "Europe/Athens": "eet, santorini, thessaloniki, greece, crete",
    "Europe/Istanbul": "turkey, ankara",
    "Europe/Kyiv": "ukraine, kiev, odessa",
    "Europe/Moscow": "saint petersburg, msk, st petersburg",
    "Europe/Belgrade": "serbia",
    "Europe/Zagreb": "croatia, split",
    "Europe/Ljubljana": "slovenia",
    "Europe/Bratislava": "slovakia",
    "Europe/Vilnius": "lithuania",
    "Europe/Riga": "latvia",
    "Europe/Tallinn": "estonia",
    "Europe/Luxembourg": "luxembourg",
    "Europe/Malta": "malta",
    "Atlantic/Reykjavik": "iceland",
    "Africa/Cairo": "egypt",
    "Africa/Johannesburg": "south africa, cape town, durban, pretoria",
    "Africa/Lagos": "nigeria, abuja",
    "Africa/Nairobi": "kenya",
    "Africa/Addis_Ababa": "ethiopia",
    "Africa/Casablanca": "morocco, marrakesh, marrakech, rabat",
    "Africa/Accra": "ghana",
    "Africa/Tunis": "tunisia",
    "Africa/Algiers": "algeria",
    "Africa/Kampala": "uganda",
    "Asia/Tokyo": "nagoya, okinawa, sapporo, fukuoka, yokohama, japan, osaka, kyoto, hiroshima, jst",
    "Asia/Seoul": "south korea, korea, busan",
    "Asia/Pyongyang": "north korea",
    "Asia/Shanghai": "tibet, chengdu, nanjing, china, beijing, shenzhen, guangzhou, wuhan",
    "Asia/Hong_Kong": "hong kong",
    "Asia/Taipei": "taiwan",
    "Asia/Singapore": "singapore",
    "Asia/Bangkok": "thailand, phuket",
    "Asia/Ho_Chi_Minh": "viet nam, vietnam, hanoi, saigon, ho chi minh city",
    "Asia/Manila": "the philippines, philippines",
    "Asia/Jakarta": "yogyakarta, java",
    "Asia/Makassar": "bali, denpasar",
    "Asia/Kuala_Lumpur": "malaysia",
    "Asia/Kolkata": "kerala, jaipur, ajmer, pune, ahmedabad, lucknow, punjab, india, mumbai, delhi, new delhi,"
    " bangalore, calcutta, chennai, hyderabad, bombay, goa, ist",
    "Asia/Karachi": "pakistan, lahore, islamabad",
    "Asia/Dhaka": "bangladesh",
    "Asia/Kathmandu": "nepal",
    "Asia/Colombo": "sri lanka",
    "Asia/Dubai": "uae, the uae, abu dhabi, united arab emirates, the united arab emirates",
    "Asia/Riyadh": "saudi arabia, mecca, jeddah",
    "Asia/Qatar": "qatar, doha",
    "Asia/Tehran": "iran",
    "Asia/Baghdad": "iraq",
    "Asia/Jerusalem": "israel, tel aviv",
    "Asia/Beirut": "lebanon",
    "Asia/Kabul": "afghanistan",
    "Asia/Yangon": "myanmar, rangoon",
    "Australia/Sydney": "aest, aedt, canberra, new south wales",
    "Australia/Melbourne": "victoria australia",
    "Australia/Brisbane": "queensland, the gold coast, cairns",
    "Australia/Perth": "western australia",
    "Australia/Adelaide": "south australia",
    "Pacific/Auckland": "nzst, nzdt, queenstown, new zealand, wellington, christchurch",
    "Pacific/Fiji": "fiji",
    "America/Detroit": "michigan",
    "America/Halifax": "atlantic, nova scotia, ast, new brunswick",
    "America/St_Johns": "newfoundland",
    "Africa/Abidjan": "ivory coast, the ivory coast",
    "Africa/Dakar": "senegal",
    "Africa/Harare": "zimbabwe",
    "Africa/Dar_es_Salaam": "tanzania, zanzibar",
    "Asia/Phnom_Penh": "cambodia",
    "Asia/Vientiane": "laos",
    "Asia/Ulaanbaatar": "mongolia",
    "Etc/UTC": "utc, gmt, greenwich, coordinated universal time, greenwich mean time, zulu, universal time",
}
_SEVERAL: Final = {
    "the united states": "America/New_York America/Los_Angeles", "america": "America/New_York America/Los_Angeles",
    "the us": "America/New_York America/Los_Angeles", "the usa": "America/New_York America/Los_Angeles",
    "usa": "America/New_York America/Los_Angeles", "united states": "America/New_York America/Los_Angeles",
    "australia": "Australia/Sydney Australia/Perth", "canada": "America/Toronto America/Vancouver",
    "russia": "Europe/Moscow Asia/Vladivostok", "brazil": "America/Sao_Paulo America/Manaus",
    "indonesia": "Asia/Jakarta Asia/Jayapura", "brasil": "America/Sao_Paulo America/Manaus",
    "the states": "America/New_York America/Los_Angeles", "kazakhstan": "Asia/Almaty Asia/Aqtau",
}  # fmt: skip
"""Countries with several time zones: the one of their first city, and one at their other end."""

_PEOPLES: Final = {
    "french": "france", "german": "germany", "spanish": "spain", "italian": "italy", "british": "the uk",
    "english": "england", "irish": "ireland", "scottish": "scotland", "indian": "india", "chinese": "china",
    "japanese": "japan", "korean": "south korea", "peruvian": "peru", "mexican": "mexico", "australian": "australia",
    "canadian": "canada", "brazilian": "brazil", "russian": "russia", "american": "the united states",
    "dutch": "the netherlands", "swedish": "sweden", "norwegian": "norway", "danish": "denmark", "polish": "poland",
    "greek": "greece", "turkish": "turkey", "portuguese": "portugal", "swiss": "switzerland", "austrian": "austria",
    "egyptian": "egypt", "israeli": "israel", "thai": "thailand", "vietnamese": "vietnam", "argentinian": "argentina",
    "hawaiian": "hawaii", "alaskan": "alaska", "central european": "central europe", "eastern european": "greece",
    "western european": "portugal",
}  # fmt: skip
"""Adjectives before "time"."""

_TITLES: Final = {
    "nyc": "New York",
    "la": "Los Angeles",
    "vegas": "Las Vegas",
    "utc": "UTC",
    "gmt": "GMT",
    "uk": "the UK",
    "ist": "IST",
    "uae": "the UAE",
}
_SMALL: Final = frozenset({"of", "the", "de", "and"})
_UPPER: Final = frozenset(
    {
        "uk",
        "usa",
        "us",
        "uae",
        "utc",
        "gmt",
        "est",
        "pst",
        "cet",
        "cst",
        "mst",
        "edt",
        "pdt",
        "dc",
        "cest",
        "bst",
        "jst",
    }
)
_REGIONS: Final = (
    "Africa/",
    "America/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
    "Antarctica/",
)


@functools.cache
def zones() -> Mapping[str, str]:
    """The zones of places, by their names in lower case. Reads the tz database: 30 ms at its first call."""
    from zoneinfo import available_timezones

    found = {}
    for zone in sorted(available_timezones()):
        if zone.startswith(_REGIONS):
            found[re.sub(r"[_-]", " ", zone.rsplit("/", 1)[1]).casefold()] = zone
    for zone, names in _CITIES.items():
        found |= {name.strip(): zone for name in names.split(",")}
        city = zone.rsplit("/", 1)[1].replace("_", " ").casefold()
        found.setdefault(city, zone)
    return found


def read_place(text: str) -> tuple[str, str] | None:
    """The zones of a place, separated by blanks, and its name in replies; None for what is no place that is known."""
    text = re.sub(r"^(?:in|at|over in|down in|out in) ", "", text)
    text = re.sub(
        r",? (?:time|right now|now|currently|today|at the moment|standard time|daylight time|standard"
        r"|daylight|local time)$",
        "",
        text,
    )
    text = re.sub(
        r" , (?:france|germany|england|japan|usa|italy|spain|australia|canada|uk|us|india|china"
        r"|ireland)$",
        "",
        text,
    )
    text = _PEOPLES.get(text, text)
    if text in {
        "here",
        "home",
        "my place",
        "our place",
        "us here",
        "local",
        "my",
        "our",
        "my location",
        "our location",
    }:
        return HERE, "here"
    if text in _SEVERAL:
        return _SEVERAL[text], _title(text)
    text = re.sub(r" (?:of|in) the (?:united states|us|usa|states)$", "", text)
    bare = text.removeprefix("the ")
    zone = zones().get(text) or zones().get(bare)
    return None if zone is None else (zone, _title(text if text in zones() else bare))


def _title(text: str) -> str:
    if text in _TITLES:
        return _TITLES[text]
    words = [it.upper() if it in _UPPER else it if it in _SMALL else it.capitalize() for it in text.split()]
    return " ".join(words)
