"""Points set aside for a till that may be offline: granted, looked at, closed by the shop's own people."""

from __future__ import annotations

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SettleInput
from huiguan.kernel.inputs import read
from tests.console.world import COAT, World

ASKED = {"points": "5", "till": "2", "until": "2026-12-13 12:00"}


def test_granted_settled_and_closed(world: World) -> None:
    client, before = world.client("zhouhe"), world.points()
    assert "没有离线额度" in client.get("/till/allowances/").content.decode()
    for change, said in (({"points": "x"}, "分数"), ({"until": "2027-12-13 12:00"}, "72"), ({"points": "999999"}, "")):
        answer = client.post("/till/allowances/", {"member": world.hero, **ASKED, **change})
        assert answer.status_code >= 400 and said in answer.content.decode()
    assert client.post("/till/allowances/", {"member": world.hero, **ASKED}).status_code == 302
    assert world.points() == before - 5
    (view,) = queries.allowances(world.actor, "HB")
    page = client.get("/till/allowances/").content.decode()
    assert world.hero in page and view.token in page and "可用" in page

    sale = {"key": "a", "at": view.granted_at.isoformat(), "lines": [{"sku": COAT}], "points": 2}
    told = {"allowance": view.id, "till_now": view.granted_at.isoformat(), "sales": [sale]}
    (settled,) = checkout.settle_allowance(actor=world.actor, at=view.granted_at, given=read(SettleInput, told))
    assert settled.refusal is None, settled.refusal
    assert f"/sales/{settled.sale}/" in client.get("/till/allowances/").content.decode()
    assert client.post(f"/till/allowances/{view.id}/close").status_code == 302
    assert "已结清" in client.get("/till/allowances/").content.decode()
    assert queries.allowances(world.actor, "HB", still_open=True) == []
    assert client.post("/till/allowances/999/close").status_code == 404
