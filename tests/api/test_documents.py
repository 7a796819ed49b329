"""Papers, templates and signatures through the API."""

from __future__ import annotations

import base64

from tests.api.test_document import _holds
from tests.api.world import World
from tests.documents.sheets import pdf

FILE = {"name": "licence.pdf", "content": base64.b64encode(pdf()).decode()}
FAR = {"name": "licence.pdf", "content": base64.b64encode(b"MZ" + bytes(60)).decode()}


def test_a_paper_is_handed_in_judged_and_read(world: World) -> None:
    document = world.browser.get("/api/v1/openapi.json").json()
    member = world.enrol()
    papers = f"/members/{member}/documents"
    body = {
        "doc": "licence",
        "form": "duplicate",
        "number": "91310000MA1FL0XX09",
        "expires": "2030-01-01",
        "file": FILE,
    }
    made = world.post(papers, body, idem="one")
    assert world.post(papers, body, idem="one") == made
    assert (made["paper_number"], made["file"]["pages"], made["edition"]) == ("••••••••••••••XX09", 1, 1)
    path = f"/documents/{made['number']}"
    told = world.call("POST", f"{path}/verdict", {"verdict": "unclear", "why": "哪一年？"})
    _holds(document, "post", "/documents/{document}/verdict", told)
    world.post(f"{path}/original", {"place": "大厅"}, 200)
    world.post(f"{path}/copies", {"dossier": "matter:1", "copies": 3}, 200)
    opened = world.get(f"{path}/file")
    assert base64.b64decode(opened["content"]) == pdf() or opened["content"] == FILE["content"]
    assert [each["file"] for each in world.get(f"{path}/readings")["items"]] == ["licence.pdf"]
    listed = world.call("GET", papers)
    _holds(document, "get", "/members/{member}/documents", listed)
    one = listed.json()["items"][0]
    assert (one["verdict"]["words"], one["seen"]["words"], one["copies"]) == ("哪一年？", "大厅", {"matter:1": 3})
    world.post(f"{path}/withdrawal", {}, 200)
    assert world.get(papers)["items"] == []


def test_what_is_wrong_is_refused_by_name(world: World) -> None:
    member = world.enrol()
    papers = f"/members/{member}/documents"
    assert world.refused("POST", papers, {"doc": "licence", "file": FAR})["code"] == "FileDisguised"
    assert world.refused("POST", papers, {"doc": "licence"})["code"] == "NothingUploaded"
    wrong = world.refused("POST", papers, {"doc": "licence", "file": {"content": "?"}})
    assert (wrong["code"], wrong["field"]) == ("InvalidInput", "file.content")
    assert world.refused("GET", "/documents/D000999")["code"] == "NotFound"
    assert world.refused("POST", papers, {"doc": "Licence!", "file": FILE})["field"] == "doc"


def test_templates_have_editions(world: World) -> None:
    body = {"name": "pledge", "title_zh": "承诺书", "title_en": "Pledge", "file": FILE}
    world.post("/templates", body)
    assert world.post("/templates", body, idem="second")["edition"] == 2
    assert [each["name"] for each in world.get("/templates")["items"]] == ["pledge"]
    assert world.get("/templates/pledge/file")["media"] == "application/pdf"
    world.post("/templates/pledge/withdrawal", {}, 200)
    assert world.refused("GET", "/templates/pledge/file")["code"] == "TemplateWithdrawn"


def test_a_signature_needs_something_to_sign(world: World) -> None:
    member = world.enrol()
    body = {"acceptance": "pledge", "edition": "1", "signer": "李梅"}
    assert world.refused("POST", f"/members/{member}/signatures", body)["code"] == "AcceptanceUnknown"
    assert world.get(f"/members/{member}/signatures")["items"] == []
