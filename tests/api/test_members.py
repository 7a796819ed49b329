"""Members through the API: enrolled, found, changed, suspended; their ledger read."""

from __future__ import annotations

from tests.api.world import PROFILE, World, sale


def test_a_member_is_enrolled_once_and_read(world: World) -> None:
    body = {
        "name": "李梅",
        "phone": "13800000001",
        "shop": "S1",
        "at": "2026-02-01 10:00",
        "card": "CARD1",
        "profile": PROFILE,
    }
    made = world.post("/members", body, idem="e-1")
    assert (made["name"], made["tier"], made["card"], made["missing"]) == ("李梅", "points_card", "CARD1", [])
    assert [(right["name"], right["worth"]) for right in made["rights"]] == [("opening_voucher", "200.00")]
    assert world.post("/members", body, idem="e-1") == made
    assert world.refused("POST", "/members", body)["code"] == "PhoneTaken"
    told = world.get(f"/members/{made['number']}")
    assert (told["name"], told["phone_tail"], told["joined_shop"], told["standing"]) == ("李梅", "0001", "S1", "active")
    assert "13800000001" not in str(told)
    assert [(card["number"], card["shop"]) for card in told["cards"]] == [("CARD1", "S1")]


def test_a_wrong_profile_names_field_and_clause(world: World) -> None:
    body = {"name": "李梅", "phone": "138", "shop": "S1", "card": "CARD1", "profile": PROFILE}
    assert world.refused("POST", "/members", body)["field"] == "profile.phone"
    body |= {"phone": "13800000001", "profile": {**PROFILE, "occupation": ""}}
    told = world.refused("POST", "/members", body)
    assert (told["field"], told["clause"]) == ("profile.occupation", "B55-25")


def test_members_are_found_by_what_somebody_has(world: World) -> None:
    number = world.enrol("李梅", card="KARD77", phone="13912345678")
    world.enrol("王芳")
    for search in ("李梅", "limei", "lm", "5678", "KARD77", "13912345678", number):
        hits = world.get(f"/members?search={search}")["items"]
        assert [hit["number"] for hit in hits] == [number], search
    assert world.get("/members?search=nobody")["items"] == []


def test_members_are_walked_page_by_page(world: World) -> None:
    numbers = [world.enrol("李梅"), world.enrol("李方"), world.enrol("王芳")]
    for asked, every in (("search=李&", sorted(numbers[:2])), ("", numbers)):
        seen, place = [], ""
        while True:
            page = world.get(f"/members?{asked}limit=1{place}")
            seen += [hit["number"] for hit in page["items"]]
            if page["next"] is None:
                break
            place = f"&cursor={page['next']}"
        assert seen == every
    for cursor in ("None", "LTE", "IkEi"):  # handed out by nobody; -1; "A", which is another list's
        assert world.refused("GET", f"/members?search=李&cursor={cursor}")["field"] == "cursor"


def test_profile_cards_and_standing_change_by_name(world: World) -> None:
    number = world.enrol(card="KARD1")
    changed = world.call("PATCH", f"/members/{number}/profile", {"profile": {"occupation": "教师"}}).json()
    assert changed["changed"] == ["occupation"]
    assert world.refused("PATCH", f"/members/{number}/profile", {"member": "x"})["field"] == "member"
    assert world.refused("POST", f"/members/{number}/cards", {"card": "KARD2"})["code"] == "CardHeld"
    assert world.post(f"/members/{number}/card-loss", {})["card"] == "KARD1"
    assert world.post(f"/members/{number}/card-replacement", {"card": "KARD2"})["replaces"] == "KARD1"
    assert [card["status"] for card in world.get(f"/members/{number}/cards")["items"]] == ["active", "replaced"]
    assert world.post(f"/members/{number}/suspension", {"reason": "冒用"})["standing"] == "suspended"
    assert world.refused("POST", "/sales", sale(number))["code"] == "MembershipNotActive"
    lifted = world.call("DELETE", f"/members/{number}/suspension?reason=查清")
    assert (lifted.status_code, lifted.json()["standing"]) == (200, "active")
    assert world.get(f"/members/{number}/standing?at=2026-03-01")["standing"] == "active"


def test_the_ledger_is_read_in_pages_each_entry_proved(world: World) -> None:
    number = world.enrol()
    for month in (3, 4, 5):
        world.sell(number, at=f"2026-0{month}-01 10:00")
    world.post("/redemptions", {"member": number, "points": 20, "gift": "茶"})
    first = world.get(f"/members/{number}/entries?limit=3")
    rest = world.get(f"/members/{number}/entries?limit=3&cursor={first['next']}")
    entries = first["items"] + rest["items"]
    assert [entry["delta"] for entry in entries] == [-20, 18, 18, 18]
    assert [entry["balance"] for entry in entries] == [34, 54, 36, 18]
    assert all(entry["intact"] for entry in entries)
    assert rest["next"] is None
    assert [use["amount"] for use in entries[0]["uses"]] == [18, 2]
    lots = world.get(f"/members/{number}/lots")["items"]
    assert [lot["left"] for lot in lots] == [16, 18]
    assert world.get(f"/members/{number}/balances?at=2026-04-15")["balances"] == {"points": 36}
    assert world.get(f"/members/{number}/rights")["items"][0]["state"] == "ready"


def test_openings_cite_their_bill(world: World) -> None:
    number = world.enrol()
    body = {
        "bill": "B-1",
        "points": 30,
        "earned_at": "2026-01-05",
        "spend": [{"day": "2026-01-05", "amount": "1500.00"}],
    }
    made = world.post(f"/members/{number}/openings", body)
    assert (made["points"], made["spend"], made["bill"]) == (30, "1500.00", "B-1")
    assert world.refused("POST", f"/members/{number}/openings", body)["code"] == "BillAlreadyRecorded"
    assert world.refused("POST", f"/members/{number}/openings", {"points": 3})["field"] == "bill"


def test_segments_and_faults(world: World) -> None:
    number, other = world.enrol(), world.enrol()
    world.sell(number)
    assert world.get("/segments/sticky/members")["items"] == [number]
    assert world.get(f"/segments/sticky/members/{number}")["inside"] is True
    told = world.get(f"/segments/sticky/members/{other}")
    assert (told["inside"], told["clause"]) == (False, "B55-41")
    faults = world.get("/profile-faults?shop=S1")["items"]
    assert {(each["number"], tuple(each["late"])) for each in faults} == {
        (number, ("profile", "card")),
        (other, ("profile", "card")),
    }


def test_catalogue_shops_and_rulebook(world: World) -> None:
    (pin,) = world.get("/products?search=PIN&shop=S2")["items"]
    assert (pin["list_price"], pin["price"], pin["promotion"]) == ("199.00", "99.00", "周年")
    first = world.get("/products?limit=2")
    second = world.get(f"/products?limit=2&cursor={first['next']}")
    assert [each["sku"] for page in (first, second) for each in page["items"]] == ["COAT", "PIN", "SCARF"]
    assert world.call(
        "PUT", "/products", {"products": [{"sku": "HAT", "name": "帽", "list_price": "88.00"}]}
    ).json() == {"written": 1}
    assert world.call(
        "PUT", "/prices", {"prices": [{"sku": "HAT", "kind": "promotion", "amount": "66.00", "since": "2026-01-01"}]}
    ).json() == {"written": 1}
    assert world.get("/products?search=HAT&shop=S1")["items"][0]["price"] == "66.00"
    assert [shop["code"] for shop in world.get("/shops")["items"]] == ["S1", "S2"]
    book = world.get("/rulebook")
    assert (book["name"], book["version"]["number"]) == ("designer-wear", 1)
    assert world.get("/rulebook/versions/1")["source"] == book["source"]
    assert world.get("/rulebook/versions")["items"] == [book["version"]]
    checked = world.post("/rulebook/checks", {"source": book["source"].replace("kind: earn", "kind: ern")}, 200)
    assert checked["publishable"] is False
    assert checked["findings"][0]["clause"] == "B55-13"


def test_two_memberships_of_one_person_are_merged_and_parted(world: World) -> None:
    one = world.enrol("李梅", card="KARD1", phone="13912345678")
    other = world.enrol("李梅", card="KARD2", phone="13812345678")
    pairs = world.get("/duplicates")["items"]
    assert [(pair["one"], pair["other"]) for pair in pairs] == [(one, other)]
    body = {"absorb": other, "reason": "同一人"}
    seen = world.call("POST", f"/members/{one}/merge-previews", body)
    assert (seen.status_code, seen.json()["done"]["moved"]) == (200, {})
    assert world.get(f"/members/{other}")["number"] == other
    made = world.post(f"/members/{one}/merges", body, idem="m-1")
    assert (made["keep"], made["absorb"], made["tier"]) == (one, other, "points_card")
    assert world.post(f"/members/{one}/merges", body, idem="m-1") == made
    told = world.get(f"/members/{other}")
    assert (told["number"], told["formerly"]) == (one, [other])
    assert world.refused("POST", f"/members/{one}/merges", body)["code"] == "AlreadyMerged"
    parted = world.call("DELETE", f"/members/{other}/merge?reason=认错了")
    assert (parted.status_code, parted.json()["back"]) == (200, {})
    assert world.get(f"/members/{other}")["number"] == other
    world.post("/duplicates/decisions", {"one": one, "other": other, "reason": "母女"})
    assert world.get("/duplicates")["items"] == []
