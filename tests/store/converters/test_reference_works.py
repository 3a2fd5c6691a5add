"""An encyclopedia and a dictionary become files that a look-up reads."""

import json
from pathlib import Path

import pytest

from edge.reference import InstalledWorks
from edge.store.converters import dictionary, encyclopedia

ARTICLES = {
    "Mercury (planet)": {"title": "Mercury (planet)", "extract": "Mercury is a planet.", "description": "First planet"},
    "Mercury (element)": {"title": "Mercury (element)", "extract": "Mercury is a metal.", "description": None},
    "Emily Brontë": {
        "title": "Emily Brontë",
        "extract": "Emily Jane Brontë was an English novelist.",
        "description": "English novelist (1818\u20131848)",
    },
}

# wndb(5WN): offset, file, type, number of words, words with ids, number of pointers, pointers, gloss
NOUNS = """\
  1 the licence
00000100 05 n 02 fjord 0 fiord 0 001 @ 00000200 n 0000 | a long narrow inlet of the sea; "the ship left the fjord"
00000200 05 n 01 Oslo 0 000 | the capital of Norway
00000300 05 n 01 slur 0 000 | (offensive term) somebody
"""
ADJECTIVES = """\
00000100 00 a 01 hot 0 002 ! 00000200 a 0101 & 00000300 a 0000 | having a high temperature; "a hot stove"
00000200 00 a 01 cold(p) 0 001 ! 00000100 a 0101 | having a low temperature
00000300 00 s 01 fiery 0 001 & 00000100 a 0000 | very intense
00000400 00 s 01 calefacient 0 001 & 00000100 a 0000 | producing warmth
"""
COUNTS = """\
fjord%1:05:00:: 00000100 1 2
hot%3:00:00:: 00000100 1 50
fiery%5:00:00:: 00000300 1 3
calefacient%5:00:00:: 00000400 1 0
"""


def encyclopedia_of(articles: object, folder: Path) -> Path:
    (folder / "summaries_en-us.json").write_text(json.dumps(articles), encoding="utf-8")
    (folder / ".record.json").write_text("{}", encoding="utf-8")
    encyclopedia.convert(folder, folder)
    return folder / encyclopedia.FILE


def dictionary_of(folder: Path) -> Path:
    for name, text in (("data.noun", NOUNS), ("data.adj", ADJECTIVES), ("data.verb", ""), ("data.adv", "")):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "index.sense").write_text(COUNTS, encoding="utf-8")
    dictionary.convert(folder, folder)
    return folder / dictionary.FILE


def test_an_entry_is_found_by_its_name_without_brackets_and_a_person_by_the_last_name(tmp_path: Path) -> None:
    works = InstalledWorks(encyclopedia_of(ARTICLES, tmp_path), None)
    assert {it.title for it in works.entries("mercury")} == {"Mercury (planet)", "Mercury (element)"}
    assert [it.description for it in works.entries("bronte")] == ["English novelist (1818\u20131848)"]
    assert works.entries("emily bronte") == works.entries("bronte")
    assert works.entries("venus") == []
    assert works.senses("fjord") == []


@pytest.mark.parametrize("articles", [{}, {"x": {"title": 1, "extract": "", "description": ""}}])
def test_an_encyclopedia_of_another_form_is_refused(articles: object, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="article"):
        encyclopedia_of(articles, tmp_path)


def test_a_sense_has_its_gloss_without_examples_other_words_and_its_opposite(tmp_path: Path) -> None:
    works = InstalledWorks(None, dictionary_of(tmp_path))
    [fjord] = works.senses("fjord")
    assert (fjord.part_of_speech, fjord.count) == ("noun", 2)
    assert fjord.gloss == "a long narrow inlet of the sea"
    assert list(fjord.synonyms) == ["fiord"]
    [hot] = works.senses("hot")
    assert list(hot.antonyms) == ["cold"]
    assert list(hot.synonyms) == ["fiery"], "a word that occurs in no text is left out"


def test_names_and_what_offends_are_no_words(tmp_path: Path) -> None:
    works = InstalledWorks(None, dictionary_of(tmp_path))
    assert works.senses("Oslo") == works.senses("oslo") == works.senses("slur") == []


def test_a_damaged_or_missing_work_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "encyclopedia.db"
    path.write_bytes(b"no database" * 1000)
    works = InstalledWorks(path, tmp_path / "none.db")
    assert not works.entries("mercury")
    assert not works.senses("fjord")
