"""What the forms of measures and awards hold by name, read in both languages.

Such a matter is opened by the house, which answers the fields `award`, `category` and `measures` with the Chinese names
the rulebook gives: that is what the deciders sign. Read in English it is the name the same rulebook gives in English.
"""

from __future__ import annotations

from collections.abc import Iterator

from huiguan.kernel.text import Text
from huiguan.rules.kinds import award, measure_taken
from huiguan.rules.programme import Programme

BETWEEN = "、"  # stands between several measures in one answer
SUBJECTS = ("award", "measure", "appeal")


def named_in_form(programme: Programme, field: str, value: str) -> Text | None:
    """The names an answer holds, in both languages; None where it holds anything else."""
    known = {each.zh: each for each in _names(programme, field)}
    found = [known.get(part) for part in value.split(BETWEEN)]
    if not all(found):
        return None
    return Text(zh=value, en=", ".join(each.en for each in found if each is not None))


def _names(programme: Programme, field: str) -> Iterator[Text]:
    rules = [award.rule(clause) for clause in award.awards(programme).values()]
    if field == "award":
        yield from (Text(**rule.called.both()) for rule in rules)
    elif field == "category":
        yield from (Text(**each.called.both()) for rule in rules for each in rule.categories)
    elif field == "measures":
        measures = measure_taken.measures(programme).values()
        yield from (Text(**measure_taken.rule(clause).called.both()) for clause in measures)
