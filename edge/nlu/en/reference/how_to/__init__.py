"""How everyday things are done: a book of ours with a short spoken answer for each task. Pure.

`frames.py` reads what is asked of a task, `words.py` gives the words of a task one spelling, and `book.py` finds the
entry that covers all of them. A word that an entry does not have makes it another task.
"""

from edge.nlu.en.reference.how_to.book import read_book
from edge.nlu.en.reference.how_to.frames import tasks
from edge.nlu.en.reference.how_to.words import words


def how_to(text: str) -> str | None:
    """The answer to a question about an everyday task; None if the text asks none that the book has."""
    pages = read_book()
    for ask, task in tasks(text):
        if (answer := pages.answer(ask, words(task))) is not None:
            return answer
    return None
