"""Small files for the tests, whose lines can be counted by eye."""

from outreach.cadences import Playbook, read
from outreach.domain.problem import Problems

TEAM = """version: 1
defaults: {}
senders:
  main: {email: team@mail.acme.example, name: Acme, postal_address: "1 Main St", sms: "+15005550006", optout_number: "+18005550199"}
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, sender: main}
cadences:
  trial:
    steps:
      - id: hello
        email: trial/hello.md
"""

# The same, ending in a step of which only the id is written: the next line is line 12.
STEP = TEAM.replace("defaults: {}\n", "") + "      - id: nudge\n"


def told(text: str, **options: object) -> list[str]:
    """What is wrong with a text, each as `line:column: text (fix)`; nothing when it can be read."""
    try:
        read(text, **options)
    except Problems as error:
        return [str(problem).removeprefix("cadences.yaml:") for problem in error.problems]
    return []


def changed(old: str, new: str, text: str = TEAM) -> str:
    """A file with one thing in it changed."""
    assert old in text
    return text.replace(old, new)


def the_step(lines: str) -> object:
    """The second step of a file, whose parts are `lines`."""
    return read_steps(lines)[1]


def read_steps(lines: str) -> tuple[object, ...]:
    """The steps of a file whose second step has these parts."""
    playbook: Playbook = read(STEP + "".join(f"        {line}\n" for line in lines.split("\n")))
    return playbook.cadences["trial"].steps
