"""Which values are found, and what is sent in their place."""

import pytest

from edge.privacy import PrivacyGate
from edge.settings import PrivacySettings
from tests.fakes.language import ENGLISH

GATE = PrivacyGate(ENGLISH, PrivacySettings(names=["Anna Lind", "Villa Rosa"]))


def sent(text: str) -> str:
    """What is sent of a text; the values must come back as they were."""
    redacted = GATE.redact([text])
    restorer = redacted.restorer()
    assert restorer.feed(redacted.texts[0]) + restorer.finish() == text
    return redacted.texts[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("write to John.Smith@example.co.uk now", "write to [EMAIL_1] now"),
        ("write to john dot smith at example dot com that I am late", "write to [EMAIL_1] that I am late"),
        ("invite j o h n nine nine at example dot co dot uk", "invite [EMAIL_1]"),
        ("john smith at example.com wants it", "[EMAIL_1] wants it"),
        ("text me at oh seven seven double nine nine hundred one two three", "text me at [PHONE_1]"),
        ("my phone number is 555-1234, ring me", "my phone number is [PHONE_1], ring me"),
        ("Call +44 (0)20 7946 0958 tomorrow", "Call [PHONE_1] tomorrow"),
        ("it's 389 - 618 - 4", "it's [PHONE_1]"),
        ("eight, nine, fifty one, thirty-seven, double oh, right", "[PHONE_1], right"),
        ("my number is twenty-seven dash three dash nine hundred dash two six", "my number is [PHONE_1]"),
        ("ring 60-56-85-91 for me", "ring [PHONE_1] for me"),
        ("my card is 4111 1111 1111 1111", "my card is [CARD_1]"),
        ("it is four one one one " + "one one one one " * 3 + "now", "it is [CARD_1] now"),
        ("the card ends in 4242", "the card ends in [CARD_1]"),
        ("pay GB29 NWBK 6016 1331 9268 19 from there", "pay [IBAN_1] from there"),
        ("iban g b two nine n w b k six oh one six one double three one nine two six eight one nine", "iban [IBAN_1]"),
        ("sort code 12-34-56 and account 12345678", "sort code [ACCOUNT_1] and account [ACCOUNT_2]"),
        ("sort code thirty dash eleven dash twelve", "sort code [ACCOUNT_1]"),
        ("her SSN is 078-05-1120", "her SSN is [DOCUMENT_1]"),
        ("passport x four one two three five nine", "passport [DOCUMENT_1]"),
        ("I live at 12 Baker Street, London NW1 6XE", "I live at [ADDRESS_1]"),
        ("send it to fourteen oak tree lane", "send it to [ADDRESS_1]"),
        ("deliver it to Rue de Rivoli 12", "deliver it to [ADDRESS_1]"),
        ("we are in Hauptstraße 5", "we are in [ADDRESS_1]"),
        ("it is at Augsburger Strasse 36, 10069 Berlin", "it is at [ADDRESS_1]"),
        ("ship it to 50541 Mlýnská 1540", "ship it to [ADDRESS_1]"),
        ("808 Kálmán Imre u. 12.\nApt. 762", "[ADDRESS_1]"),
        ("change my address to nine elm close", "change my address to [ADDRESS_1]"),
        ("send it to 12 elm 5 leeds please", "send it to [ADDRESS_1] please"),
        ("a card for two hundred and twelve elm road", "a card for [ADDRESS_1]"),
        ("a lease for seven juniper court in may", "a lease for [ADDRESS_1] in may"),
        ("the way to twelve acacia gardens boulder colorado", "the way to [ADDRESS_1]"),
        ("the owner of four ten west one hundred and tenth street", "the owner of [ADDRESS_1]"),
        ("how do I get to 18 rue des Lilas", "how do I get to [ADDRESS_1]"),
        ("a label for twenty three bis rue de la paix", "a label for [ADDRESS_1]"),
        ("what is near via garibaldi thirty three", "what is near [ADDRESS_1]"),
        ("a parcel for 9 Kiln House, Hill Farm, Long Lane, Bodmin PL30 4AA", "a parcel for [ADDRESS_1]"),
        ("Visit Hill Farm, Long Lane, Bodmin PL30 4AA today", "Visit [ADDRESS_1] today"),
        ("write to Flat 3, 27 Queen's Gate Terrace, London SW7 5PE", "write to [ADDRESS_1]"),
        ("a note for 5 The Paddocks, Little Weston", "a note for [ADDRESS_1]"),
        ("it is at 71A Northgate, Wakefield", "it is at [ADDRESS_1]"),
        ("a walk from 66 Gallowgate to the river", "a walk from [ADDRESS_1] to the river"),
        ("the name of a pub at one market square", "the name of a pub at [ADDRESS_1]"),
        ("a card for House 14, Road 5, Dhaka 1205", "a card for [ADDRESS_1]"),
        ("the owner of 1200 Route 9W, Nyack, NY 10960", "the owner of [ADDRESS_1]"),
        ("write to USS Example, FPO AP 96601 now", "write to [ADDRESS_1] now"),
        ("draw the corner of fifth street and pine avenue nicely", "draw [ADDRESS_1] nicely"),
        ("I live in lindenallee five what can I plant", "I live in [ADDRESS_1] what can I plant"),
        ("meet me at PO Box 149", "meet me at [ADDRESS_1]"),
        ("see www dot ada king dot org slash x please", "see [URL_1] please"),
        ("the alarm code is four four one nine", "the alarm code is [CODE_1]"),
        ("4471 is my PIN", "[CODE_1] is my PIN"),
        ("is 1234 a good PIN", "is [CODE_1] a good PIN"),
        ("my date of birth is the fourteenth of march nineteen eighty four", "my date of birth is the [BIRTH_DATE_1]"),
        ("I was born on 14 March 1984 in Leeds", "I was born on [BIRTH_DATE_1] in Leeds"),
        ("the third of may is my birthday", "the [BIRTH_DATE_1] is my birthday"),
        ("the server is one nine two dot one six eight dot one dot twenty", "the server is [IP_1]"),
        ("ping 2001:db8::1 again", "ping [IP_1] again"),
        ("the MAC address is aa:bb:cc:dd:ee:ff", "the MAC address is [MAC_1]"),
        ("what is at 51.5074, -0.1278", "what is at [COORDINATES_1]"),
        ("my number plate is AB12 CDE", "my number plate is [PLATE_1]"),
        ("is my flight qf 531 delayed", "is my flight qf [BOOKING_1] delayed"),
        ("is her flight q f five three one on time", "is her flight [BOOKING_1] on time"),
        ("my booking reference is QR8T3W", "my booking reference is [BOOKING_1]"),
        ("what happened to flight mh 370", "what happened to flight mh 370"),
        ("how long is my flight of 3 hours delayed", "how long is my flight of 3 hours delayed"),
        ("open https://me:pw@example.com/?token=abc", "open [URL_1]"),
        (
            "my user name is jsmith, the password is tulip ninety",
            "my user name is [LOGIN_1], the password is [LOGIN_2]",
        ),
        ("my name is Rubija", "my name is [PERSON_1]"),
        ("my name is rubija and I cook", "my name is [PERSON_1] and I cook"),
        ("my wife Sarah Jane likes pizza", "my wife [PERSON_1] likes pizza"),
        ("my wife sarah likes pizza", "my wife [PERSON_1] likes pizza"),
        ("I'm Naomi Ryan, where am I", "I'm [PERSON_1], where am I"),
        ("who is anna lind", "who is [PERSON_1]"),
        ("is Villa Rosa far", "is [PERSON_1] far"),
        ("anna linds dog, Anna-Lind's cat", "[PERSON_1] dog, [PERSON_2]'s cat"),
        ("a card for ANNALIND and \u00c1nna lind", "a card for [PERSON_1] and [PERSON_2]"),
        ("what is a n n a l i n d in irish", "what is [PERSON_1] in irish"),
        ("kind regards, ada king", "kind regards, [PERSON_1]"),
        ("write to john underscore smith at gmail", "write to [EMAIL_1]"),
        ("write to john [at] example (dot) com", "write to [EMAIL_1]"),
        ("ring 0\u200b7\u200b7\u200b0\u200b0\u200b9\u200b0\u200b0\u200b1\u200b2\u200b3", "ring [PHONE_1]"),
        ("ring 0_7_7_0_0_9_0_0_1_2_3 or 07700|900|124", "ring [PHONE_1] or [PHONE_2]"),
        ("ring seven seven um seven double oh uh nine double oh one two three", "ring [PHONE_1]"),
        ("is example.com/notes?id=12 down", "is [URL_1] down"),
        ("print wifi: BlueWhale77", "print wifi: [LOGIN_1]"),
        ("what did @ada_king92 write", "what did [LOGIN_1] write"),
    ],
)
def test_a_private_value_is_replaced(text: str, wanted: str) -> None:
    assert sent(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "how far is the moon, 384400 kilometres",
        "what is 12345678 times 3",
        "the population of germany is 83200000 people",
        "what happened between 1984 and 1985",
        "the wars of 1914-1918 and 1939-1945",
        "pi is 3.14159265358979",
        "it was 2000-04-16 11:34:35 then",
        "drive 20 minutes to the park",
        "set it to 5 dot 5 at noon",
        "what is a good restaurant at the dot com boom",
        "what does error code 404 mean",
        "call 911",
        "my wife really likes pizza",
        "when was Mozart born, on 27 January 1756?",
        "count 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
        "I'm at home",
        "I'm Irish",
        "what is a zip code",
        "a one way street in a twenty mile zone",
        "how do I return to Windows 10",
        "the wall street crash of 1929",
        "is the wedding ring 5 grams",
        "raise it from 1000 to 2000",
        "call me a taxi",
        "an nalind lives in a villa, rosa in a castle",
        "is gmail down",
        "who lives at 10 downing street",
        "Who lived at 221B Baker Street?",
        "play highway 61 revisited",
        "Who built the 7 Mile Bridge?",
        "a four hour drive and a 10 minute walk",
        "is 49 a square number",
        "are there rooms between eight am and ten am",
        "at seven the street lights go on",
        "how do I play b flat 7",
        "Summarise chapter 5 of The Long Road, please",
        "vacuum the living room in ten minutes",
        "send a note to mike that it begins on march first at ten",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert sent(text) == text


def test_the_same_value_has_the_same_placeholder_however_it_is_said() -> None:
    texts = ["call 07700 900123", "is oh seven seven double oh nine double oh one two three mine or 07700 900124"]
    assert GATE.redact(texts).texts == ("call [PHONE_1]", "is [PHONE_1] mine or [PHONE_2]")


def test_a_placeholder_that_the_user_wrote_is_not_given_out() -> None:
    redacted = GATE.redact(["what is [PHONE_1], my number is 07700 900123"])
    assert redacted.texts == ("what is [PHONE_1], my number is [PHONE_2]",)


def test_a_value_that_was_introduced_is_found_again() -> None:
    texts = ["my wife Ada King likes tea", "Ada King? Ada likes it black.", "and ada's mother", "the password is tulip"]
    asked = "is tulip a flower that ada would like"
    assert GATE.redact([*texts, asked]).texts == (
        "my wife [PERSON_1] likes tea",
        "[PERSON_1]? [PERSON_2] likes it black.",
        "and [PERSON_2]'s mother",
        "the password is [LOGIN_1]",
        "is [LOGIN_1] a flower that [PERSON_2] would like",
    )


def test_a_common_word_of_a_name_is_not_taken_for_it() -> None:
    assert GATE.redact(["my son Will May", "will it rain in may"]).texts[1] == "will it rain in may"
