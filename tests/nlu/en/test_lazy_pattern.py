import subprocess
import sys

from tests.docs.blocks import ROOT

STATES = """
from edge.nlu import open_language
from edge.nlu.en import lazy_pattern

def compiled():
    return {"compiled" in vars(pattern) for pattern in lazy_pattern._ALL}

language = open_language("en")
print(compiled())
language.exact_question("what is 2 plus 2", None)
print(compiled() == {True, False})
language.warm()
print(compiled())
"""


def test_patterns_are_compiled_when_they_are_used_and_all_of_them_by_warm() -> None:
    ran = subprocess.run([sys.executable, "-c", STATES], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["{False}", "True", "{True}"]
