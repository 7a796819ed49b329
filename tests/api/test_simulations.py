"""Simulations by programs."""

from __future__ import annotations

from huiguan.checkout import operations as checkout
from tests.api.world import NOW, RULEBOOKS, World

SOURCE = (RULEBOOKS / "designer-wear/rulebook.yaml").read_text(encoding="utf-8")
DAYS = {"from": "2026-12-01", "until": "2026-12-10"}


def test_a_program_has_a_draft_tried(world: World) -> None:
    member = world.enrol()
    sold = world.sell(member, ("COAT", 2))
    body = {"source": SOURCE.replace("    give: 2\n", "    give: 4\n"), "title": "four.yaml", **DAYS}
    begun = world.post("/simulations", body, idem="try-1")
    assert (begun["state"], begun["sales"], begun["done"], begun["kind"]) == ("waiting", 1, 0, "file")
    assert world.post("/simulations", body, idem="try-1")["number"] == begun["number"]
    here = f"/simulations/{begun['number']}"
    checkout.run_simulation(begun["number"], processes=1, clock=lambda: NOW, report=lambda done, total: None)
    told = world.get(here)
    assert (told["state"], told["done"], told["movers"]) == ("done", 1, 1)
    # 2,000 at 95 % is 1,900: 19 full hundreds.
    sums = {each["name"]: (each["real"], each["draft"], each["difference"]) for each in told["sums"]}
    assert sums["kept"] == ("1900.00", "1900.00", "0.00")
    assert sums["issued:points"] == (38, 76, 38)
    assert {each["cell"] for each in told["cells"]} >= {"month:2026-12", "tier:points_card"}
    (mover,) = world.get(f"{here}/movers?limit=1")["items"]
    assert (mover["member"], mover["pays_more"], mover["holds_more"]) == (member, "0.00", 38)
    story = world.get(f"{here}/members/{member}")
    (sale,) = story["happened"]
    assert (sale["reference"], sale["differs"]) == (sold["id"], True)
    assert (sale["real"]["amounts"]["issued:points"], sale["draft"]["amounts"]["issued:points"]) == (38, 76)
    assert world.get(f"{here}/refusals") == {"items": [], "next": None}
    assert [each["number"] for each in world.get("/simulations")["items"]] == [begun["number"]]
    assert world.refused("POST", f"{here}/stopping")["code"] == "SimulationEnded"
    assert world.call("DELETE", here).json() == {"deleted": True}
    assert world.refused("GET", here)["status"] == 404


def test_what_is_wrong_is_refused_by_field(world: World) -> None:
    world.sell(world.enrol())
    body = {"version": 1, **DAYS}
    assert world.refused("POST", "/simulations", {**body, "until": "2026-11-01"})["code"] == "DaysReversed"
    assert world.refused("POST", "/simulations", {**body, "draft": 1})["field"] == "body"
    assert world.refused("POST", "/simulations", {**body, "from": "x"})["field"] == "from"
    assert world.refused("POST", "/simulations", {**body, "version": 7})["code"] == "NotFound"
    begun = world.post("/simulations", body)["number"]
    assert world.refused("GET", f"/simulations/{begun}/movers?order=x")["field"] == "order"
    assert world.refused("DELETE", f"/simulations/{begun}")["code"] == "SimulationUnderWay"
    assert world.post(f"/simulations/{begun}/stopping", status=200)["state"] == "stopped"
