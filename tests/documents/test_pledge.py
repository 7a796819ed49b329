"""A pledge before the card is opened: under a rulebook of the shelf with one clause more."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rehearsal.rehearsing import rehearse

pytestmark = pytest.mark.django_db

EXAMPLE = """\
rulebook: supermarket
clause: B26-05
says: A card is opened once the pledge is signed, in the edition in force.
by: {post: shop_manager, shop: S1}
parameters:
  B26-99: {kind: acceptance, number: 九9, title: {zh: 会员承诺书, en: Pledge}, text: {zh: 遵守章程, en: I keep the rules}, acceptance: pledge, edition: "2", before: [activation]}
steps:
  - {at: 2026-03-02 10:00, do: enrol_member, as: li, with: {fee: 5.00}}
  - {do: activate_card, with: {member: $li}, refused: AcceptanceNeeded, because: B26-99}
  - {do: sign_acceptance, by: {member: $li}, with: {acceptance: pledge, edition: "1", signer: 李梅}, refused: EditionOutdated}
  - {do: sign_acceptance, by: {member: $li}, with: {acceptance: pledge, edition: "2", signer: 李梅}, expect: {words: {zh: 遵守章程}, role: member}}
  - {do: sign_acceptance, by: {member: $li}, with: {acceptance: pledge, edition: "2", signer: 李梅}, refused: AlreadySigned}
  - {do: activate_card, with: {member: $li}}
  - {ask: signatures, with: {member: $li}, expect: [{acceptance: pledge, edition: "2", signer: 李梅}]}
"""


def test_no_card_opens_before_the_pledge_is_signed(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    (told,) = rehearse([path])
    assert told.passed, told.message.en
