"""Words kept beside their kinds' sentences, gathered."""

from __future__ import annotations

from collections.abc import Mapping

from huiguan.kernel.text import Text
from huiguan.rules.sentences.conduct_words import CONDUCT
from huiguan.rules.sentences.deciding_words import DECIDING
from huiguan.rules.sentences.due_words import DUES
from huiguan.rules.sentences.life_words import LIFE
from huiguan.rules.sentences.paper_words import PAPERS
from huiguan.rules.sentences.procedure_words import PROCEDURES

GATHERED: Mapping[str, Text] = {**PAPERS, **DECIDING, **DUES, **LIFE, **PROCEDURES, **CONDUCT}
