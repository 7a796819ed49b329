"""A client for programs: how does one ask Huiguan from outside, safely?

The standard library alone, and nothing of the house: the folder may be taken along into another program.
"""

from huiguan.client.calling import Client
from huiguan.client.cursors import Cursor, FileCursor, MemoryCursor
from huiguan.client.offline import OfflineTill
from huiguan.client.problems import Problem, SignatureWrong, Unreachable
from huiguan.client.receiving import verified

__all__ = [
    "Client",
    "Cursor",
    "FileCursor",
    "MemoryCursor",
    "OfflineTill",
    "Problem",
    "SignatureWrong",
    "Unreachable",
    "verified",
]
