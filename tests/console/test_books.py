"""The books: their sums, their proof, and who did what."""

from __future__ import annotations

import io
import re

from django.db import connection
from python_calamine import CalamineWorkbook

from huiguan.kernel.actors import Actor
from huiguan.ledger import queries as ledger
from huiguan.nightly.operations import run_due
from tests.console.errands import do_waiting
from tests.console.forms import text_of
from tests.console.world import OPENS, World, moment


def test_the_sums_of_the_books(world: World) -> None:
    (points,) = ledger.totals(actor=world.actor, at=OPENS)
    given, back = sum(points.out.values()), sum(points.back.values())
    assert (points.unit, points.held, points.holders, given - back) == ("points", world.points(), 1, world.points())
    text = text_of(world.client("shenlingyi").get("/books/"))
    assert f"会员持有积分 {points.held} 1 位会员" in text
    assert re.search(rf"期初带入 ?凭单据登记 ?\+{points.out['opening']}", text), text
    assert "兑换与抵扣" in text and "所退商品当初得到的" in text


def test_what_is_due_reads_as_gone_before_it_is_written(world: World) -> None:
    after = moment(OPENS.date().replace(year=2027, month=1, day=1), 0)
    (points,) = ledger.totals(actor=world.actor, at=after)
    assert (points.held, points.due) == (0, world.points())
    held = points.due
    run_due(world.actor.programme, after)
    (points,) = ledger.totals(actor=world.actor, at=after)
    assert (points.held, points.due, points.back["expired"]) == (0, 0, held)
    cleared = ledger.expired_between(actor=world.actor, since=OPENS, until=after)
    assert list(cleared.values()) == [{"points": held}]
    assert ledger.expired_between(actor=world.actor, since=after, until=after) == {}


def test_the_books_are_proved_on_demand(world: World) -> None:
    client = world.client("shenlingyi")
    assert "核一遍" in text_of(client.get("/books/"))
    part = client.post("/books/proof", headers={"HX-Request": "true"})
    assert "正在核" in text_of(part) and "hx-get" in part.content.decode()
    do_waiting()
    assert "账目无误" in text_of(client.get("/books/proof"))
    assert client.post("/books/proof").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_account SET units = jsonb_set(units, '{points,balance}', '95')")
        cursor.execute("UPDATE foundation_auditentry SET subject = 'x' WHERE seq = 2")
        cursor.execute("SET session_replication_role = origin")
    do_waiting()
    unsound = client.get("/books/")
    text = text_of(unsound)
    assert "账户与流水不符" in text and "第 2 条与其校验值不符" in text and "3 处不符" in text
    assert f'href="/members/{world.hero}/"' in unsound.content.decode()


def test_who_did_what(world: World) -> None:
    client = world.client("shenlingyi")
    text = text_of(client.get("/books/audit"))
    assert "发布章程" in text and "任命" in text
    only = client.get("/books/audit?deed=create_node").content.decode()
    assert len(re.findall(r'class="entry"', only)) == 7
    assert "没有这样的记录。" in text_of(client.get("/books/audit?subject=DN999999"))
    later = client.get("/books/audit?since=2026-06-06&until=2026-10-05").content.decode()
    assert re.findall(r"<b>([^<]+)</b><span class=\"clip dim\">", later) == ["退货"]
    assert client.get("/books/audit?since=2026-02-30").status_code == 422
    english = text_of(world.client("shenlingyi", "en").get("/books/audit?deed=publish_rulebook"))
    assert "Published a rulebook" in english


def test_the_trail_is_paged(world: World) -> None:
    for n in range(60):
        world.enrol("秦绾", f"199100{n:05d}", f"DN9{n:03d}")
    client = world.client("shenlingyi")
    first = client.get("/books/audit?deed=enrol_member")
    numbers = re.findall(r'<span class="faint nb">(\d+)</span>', first.content.decode())
    assert len(numbers) == 50
    after = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert after is not None
    second = client.get(after.group(1).replace("&amp;", "&")).content.decode()
    rest = re.findall(r'<span class="faint nb">(\d+)</span>', second)
    assert len(rest) == 10 and int(rest[0]) < int(numbers[-1]) and 'rel="prev"' in second


def test_who_may_look(world: World) -> None:
    assert world.client("wenjian").get("/books/").status_code == 200
    assert world.client("wenjian").get("/books/audit").status_code == 200
    for name in ("zhouhe", "hezhiwei"):
        assert world.client(name).get("/books/").status_code == 403
        assert world.client(name).post("/books/proof").status_code == 403


def test_another_programme_has_books_of_its_own(world: World) -> None:
    stranger = Actor("system", 0, "x", world.actor.programme + 1)
    assert ledger.totals(actor=stranger, at=OPENS) == ()
    assert ledger.expired_between(actor=stranger, since=moment(OPENS.date(), 0), until=OPENS) == {}


def test_the_days_tie_to_the_ledger(world: World) -> None:
    """The hero's December: what she holds is what the last day closes with; the sheet says the same."""
    client = world.client("shenlingyi")
    text = text_of(client.get("/books/days/"))
    assert f"与总账相符：{world.points()}" in text
    assert "这个月账上没有变动" in text_of(client.get("/books/days/?month=2024-01"))
    wrong = client.get("/books/days/?month=12-2026")
    assert wrong.status_code == 422 and "月份写作 2026-12" in text_of(wrong)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/books/days/sheet?month=2026-12").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["日期", "单位", "科目"]
    assert (rows[-1][2], rows[-1][8]) == ("总账", world.points())
    assert client.get("/books/days/").status_code == 200


def test_what_is_owed_and_what_somebody_expects(world: World) -> None:
    client = world.client("shenlingyi")
    assert "还没有人估过" in text_of(client.get("/books/owed/"))
    form = {"unit": "points", "part": "97.5%", "reason": "三年的用量", "key": "k"}
    for _ in range(2):
        assert client.post("/books/owed/estimate", form)["Location"] == "/books/owed/?unit=points"
    text = text_of(client.get("/books/owed/"))
    assert text.count("三年的用量") == 1 and "97.5%" in text
    for wrong, said in (({"part": "abc"}, "须为整数"), ({"part": "101"}, "不能大于"), ({"units": "100"}, "要一起填")):
        told = text_of(client.post("/books/owed/estimate", {**form, "key": "", **wrong}))
        assert said in told and 'value="三年的用量"' not in told
    assert world.client("wenjian").post("/books/owed/estimate", form).status_code == 403
