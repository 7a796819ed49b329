"""Simulations on screen: asked for, watched, read, taken away as a list, deleted."""

from __future__ import annotations

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from huiguan.foundation import sheets
from huiguan.rules.shelf import source_of
from tests.console.errands import do_waiting
from tests.console.forms import text_of
from tests.console.world import World

HERE = "/rulebook/simulations/"
DAYS = {"from": "2025-12-01", "until": "2026-12-11"}


def _file(source: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("draft.yaml", source.encode(), content_type="application/yaml")


def test_the_version_in_force_moves_nobody(world: World) -> None:
    client = world.client("shenlingyi")
    assert "还没有试算过" in text_of(client.get(HERE))
    answer = client.post(HERE, {"source": "version:1", **DAYS})
    assert answer.status_code == 302
    under_way = client.get(answer["Location"])
    assert "排着队" in text_of(under_way) and "hx-get" in under_way.content.decode()
    do_waiting()
    assert client.get(f"{answer['Location']}state")["HX-Refresh"] == "true"
    page = text_of(client.get(answer["Location"]))
    assert "受影响的会员 0" in page and "第 1 版" in page
    assert "判得一模一样" in text_of(client.get(f"{answer['Location']}movers/"))
    assert "没有一笔会被拒绝" in text_of(client.get(f"{answer['Location']}refusals/"))
    assert client.post(f"{answer['Location']}deletion").status_code == 302
    assert client.get(answer["Location"]).status_code == 404


def test_a_file_with_another_rate_moves_the_hero(world: World) -> None:
    client = world.client("shenlingyi", "en")
    source = source_of("designer-wear").decode().replace("    give: 2\n", "    give: 3\n")
    here = client.post(HERE, {"source": "file", "file": _file(source), **DAYS})["Location"]
    do_waiting()
    movers = text_of(client.get(f"{here}movers/"))
    assert "顾清和" in movers and "3 points for every full" in movers
    story = text_of(client.get(f"{here}members/{world.hero}/"))
    assert "2 points for every full" in story and "3 points for every full" in story and "differs" in story
    rows = list(csv.reader(io.StringIO(client.get(f"{here}movers.csv").content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Member", "Name", "Paid, on record"]
    assert rows[1][:2] == [world.hero, "顾清和"] and rows[1][4] == "0.00" and int(rows[1][7]) > 0
    book = client.get(f"{here}movers.xlsx")
    assert book.content[:2] == b"PK" and "movers.xlsx" in book["Content-Disposition"]
    assert client.get(f"{here}source").content.decode() == source


def test_what_cannot_be_tried_says_why_and_keeps_what_was_typed(world: World) -> None:
    client = world.client("shenlingyi")
    broken = source_of("designer-wear").decode().replace("    give: 2\n", "    give: two\n")
    answer = client.post(HERE, {"source": "file", "file": _file(broken), **DAYS})
    assert answer.status_code == 422 and "不能运行" in text_of(answer)
    assert 'value="2025-12-01"' in answer.content.decode()
    reversed_days = client.post(HERE, {"source": "version:1", "from": "2026-05-02", "until": "2026-05-01"})
    assert reversed_days.status_code == 422 and "早于开始日" in text_of(reversed_days)
    nothing = client.post(HERE, {"source": "version:1", "from": "2024-05-01", "until": "2024-05-31"})
    assert "无从试算" in text_of(nothing)
    assert "请选一个章程文件" in text_of(client.post(HERE, {"source": "file", **DAYS}))
    assert client.post(HERE, {"source": "version:99", **DAYS}).status_code == 404


def test_a_clerk_sees_none_of_it(world: World) -> None:
    client = world.client("zhouhe")
    assert client.get(HERE).status_code == 403
    assert client.get(f"{HERE}1/").status_code == 403
    assert "/rulebook/simulations/" not in client.get("/rulebook/").content.decode()
    assert "/rulebook/simulations/" in world.client("shenlingyi").get("/rulebook/").content.decode()


def test_a_list_is_no_formula() -> None:
    told = sheets.text_of(["a"], [["=1+1"], [-5], ["林"]]).decode("utf-8-sig")
    assert told.split() == ["a", "'=1+1", "-5", "林"]
