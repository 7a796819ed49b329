"""`huiguan bench search`: how long the finder takes at the server, by what somebody has of a member."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from django.db import connections

from huiguan.cli.bench import people
from huiguan.cli.bench.ground import folder
from huiguan.cli.bench.house import House, found
from huiguan.cli.bench.loading import card_of, number_of
from huiguan.cli.bench.people import Known
from huiguan.cli.bench.values import Searched
from huiguan.cli.terminal import tell, working
from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.parties import names

Asked = Callable[[Known], str]
KINDS: dict[str, Asked] = {
    "phone": lambda known: known.phone,
    "phone_tail": lambda known: known.phone[-4:],
    "number": lambda known: number_of(known.member),
    "card": lambda known: card_of(known.member),
    "card_begins": lambda known: card_of(known.member)[:-2],
    "name": lambda known: known.name,
    "surname": lambda known: known.name[0],
    "name_fragment": lambda known: known.name[1:],
    "one_character": lambda known: known.name[-1],
    "nobody": lambda known: f"{known.name[1:]}{known.name[0]}龘",
    "pinyin": lambda known: names.reading(known.name).letters,
    "pinyin_begins": lambda known: names.reading(known.name).letters[:5],
    "initials": lambda known: names.reading(known.name).initials,
}
_WARM_UP = 20
_PAIRS, _BARE = "duplicates", "bare_trip"


def bench_search(*, members: int, searches: int) -> list[Searched]:
    """Load a register, ask `searches` questions of each kind, each of another member, throw away."""
    with folder() as data, kept_server(data, name="huiguan bench", tell=tell) as server:
        use_database(server.home.url())
        try:
            told = Text(zh="正在建立 {members:count} 位会员……", en="Loading {members:count} members…")
            with working(told, members=members):
                migrate()
                house = found()
                people.load_people(house, members)
            asked = list(_some(members, searches + _WARM_UP))
            return [
                _bare(searches),
                *(_searched(house, kind, ask, asked) for kind, ask in KINDS.items()),
                _paired(house),
            ]
        finally:
            connections.close_all()


def _some(members: int, count: int) -> Iterator[Known]:
    """`count` members from everywhere in the register."""
    wanted = set(Random(people.SEED).sample(range(1, members + 1), min(count, members)))
    yield from islice((known for known in people.register(members) if known.member in wanted), count)


def _searched(house: House, kind: str, ask: Asked, asked: list[Known]) -> Searched:
    times: list[float] = []
    hits: list[bool] = []
    for known in asked:
        text = ask(known)
        begun = time.perf_counter()
        hits.append(bool(members.find(house.actor, text)))
        times.append(time.perf_counter() - begun)
    return _told(kind, times[_WARM_UP:] or times, sum(hits[_WARM_UP:] or hits))


def _bare(searches: int) -> Searched:
    """One trip to the database and back that finds nothing: what this machine, as busy as it is, takes at least."""
    times: list[float] = []
    for _ in range(searches):
        begun = time.perf_counter()
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        times.append(time.perf_counter() - begun)
    return _told(_BARE, times, 0)


def _paired(house: House) -> Searched:
    """The list of likely duplicates, for which two indexes are read from end to end."""
    begun = time.perf_counter()
    pairs = members.duplicates(house.actor)
    return _told(_PAIRS, [time.perf_counter() - begun], len(pairs))


def _told(kind: str, times: list[float], found_any: int) -> Searched:
    ordered = sorted(times)
    p50, p99 = (ordered[min(len(ordered) - 1, len(ordered) * part // 100)] for part in (50, 99))
    return Searched(kind, len(ordered), found_any, round(p50 * 1000, 2), round(p99 * 1000, 2))
