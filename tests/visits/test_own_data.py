"""Who looked, who was told, what is erased and what stays: played as examples, and looked for in the tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from huiguan.rehearsal import running
from huiguan.rehearsal.rehearsing import rehearse

pytestmark = pytest.mark.django_db
KEPT = ("foundation_auditentry", "foundation_answeredrequest", "foundation_outbox", "cases_round")

HEAD = """\
rulebook: designer-wear
given: {shops: [S1], products: {SCARF: 500.00}, members: {li: {name: 李梅梅, phone: "13800000001", profile: {birthday: 1990-05-05}}}}
by: {post: owner}
parameters:
  X-01: {kind: profile, number: 九1, title: {zh: 保存期限, en: How long}, text: {zh: 离开后保留三十六个月, en: 36 months}, kept_months: 36}
---
"""
TOLD = """\
clause: X-01
says: Nobody outside is told of her without her consent for that recipient, unless the law asks; she reads all of it.
steps:
  - {at: 2026-03-02 10:00, do: record_disclosure, with: {member: $li, recipient: 物流公司, purpose: 送货, fields: [name, phone], basis: consent}, refused: NoConsentToShare, field: recipient}
  - {do: agree_to_share, with: {member: $li, recipient: 物流公司, purpose: 送货}, refused: InvalidInput, field: paper}
  - {do: agree_to_share, by: {member: $li}, with: {member: $li, recipient: 物流公司, purpose: 送货}}
  - {do: record_disclosure, with: {member: $li, recipient: 物流公司, purpose: 送货, fields: [name, phone], basis: consent}}
  - {do: record_disclosure, with: {member: $li, recipient: 保险公司, purpose: 投保, fields: [name], basis: consent}, refused: NoConsentToShare}
  - {do: record_disclosure, with: {member: $li, recipient: 法院, purpose: 调取证据, fields: [name], basis: law}, refused: InvalidInput, field: ground}
  - {do: record_disclosure, with: {member: $li, recipient: 法院, purpose: 调取证据, fields: [name], basis: law, ground: 民事诉讼法 第六十七条}}
  - {at: 2026-03-03 10:00, do: agree_to_share, by: {member: $li}, with: {member: $li, recipient: 物流公司, purpose: 送货, given: false}}
  - {do: record_disclosure, with: {member: $li, recipient: 物流公司, purpose: 送货, fields: [name], basis: consent}, refused: NoConsentToShare}
  - {ask: disclosures, by: {member: $li}, in_order: true, only: true, expect: [{recipient: 法院, basis: law}, {recipient: 物流公司, fields: [name, phone]}]}
  - {ask: shared, by: {member: $li}, only: true, expect: [{recipient: 物流公司, given: false}]}
"""
LOOKED = """\
clause: X-01
says: Whoever looks at what lies sealed leaves a line she can read.
steps:
  - {at: 2026-03-02 10:00, ask: looks, by: {member: $li}, expect: []}
  - {do: reveal_field, with: {member: $li, field: phone}, expect: {value: "13800000001"}}
  - {do: reveal_field, by: {post: clerk, shop: S1}, with: {member: $li, field: phone}, refused: Forbidden}
  - {ask: looks, by: {member: $li}, only: true, expect: [{by: 店主, herself: false}]}
"""
ERASED = """\
clause: X-01
says: Three years to the day after she left nothing says who she was; until then it is seen beforehand; the books stay.
steps:
  - {at: 2026-03-02 10:00, do: erase_member, with: {member: $li, reason: 本人要求}, refused: StillMember}
  - {do: commit_sale, as: s, by: {post: clerk, shop: S1}, with: {member: $li, presented: card, lines: [{sku: SCARF}]}}
  - {do: leave_programme, with: {member: $li, reason: 搬家}}
  - {at: 2029-03-01 23:59:59, ask: due_to_erase, expect: []}
  - {ask: members, with: {text: 李梅梅}, count: 1}
  - {at: 2029-03-02 00:00, ask: members, with: {text: 李梅梅}, expect: []}
  - {ask: member, with: {member: $li}, expect: {name: （已删除）}}
  - {ask: sale, with: {sale: $s.id}, expect: {paid: 475.00}}
  - {ask: prove, expect: {sound: true}}
  - {do: erase_member, with: {member: $li, reason: 本人要求}, refused: StillMember}
"""
ASKED = """\
clause: X-01
says: At her wish at once, but not while something ties her.
steps:
  - {at: 2026-03-02 10:00, do: record_encumbrance, with: {member: $li, kind: asset, ref: A1, said: 样衣}}
  - {do: leave_programme, with: {member: $li, reason: 搬家}}
  - {do: erase_member, with: {member: $li, reason: 本人要求}, refused: StillTied}
  - {do: clear_encumbrance, with: {member: $li, kind: asset, ref: A1, how: 已还}}
  - {do: erase_member, as: e, with: {member: $li, reason: 本人要求}}
  - {at: 2026-03-03 10:00, ask: member, with: {member: $li}, expect: {name: （已删除）}}
"""

APPLIED = """\
rulebook: campus-volunteers
by: {post: owner}
parameters:
  X-01: {kind: profile, number: 九1, title: {zh: 保存期限, en: How long}, text: {zh: 离开后保留三十六个月, en: 36 months}, kept_months: 36}
---
clause: X-01
says: What she wrote when she applied goes with the rest; while something of hers is under way nothing does.
steps:
  - {at: 2026-09-07 10:00, do: open_matter, as: m, by: {applicant: guest}, with: {procedure: joining, submit: true, name: 李梅梅, department: physics, phone: "13800000001"}}
  - {do: decide_matter, by: {post: team_lead}, with: {matter: $m, verdict: pass}}
  - {do: open_matter, as: late, by: {post: team_lead}, with: {procedure: first_activity, member: EX000001, tier: ordinary, activity: 敬老, held_on: 2026-09-06}, expect: {state: draft}}
  - {do: leave_programme, with: {member: EX000001, reason: 毕业}}
  - {do: erase_member, with: {member: EX000001, reason: 本人要求}, refused: StillTied}
  - {do: withdraw_matter, by: {post: team_lead}, with: {matter: $late, reason: 已离开}}
  - {do: erase_member, as: e, with: {member: EX000001, reason: 本人要求}}
  - {at: 2026-09-08 10:00, ask: member, with: {member: EX000001}, expect: {name: （已删除）}}
"""
NEVER = """\
rulebook: campus-volunteers
by: {post: owner}
parameters:
  X-01: {kind: profile, number: 九1, title: {zh: 保存期限, en: How long}, text: {zh: 没有成为会员的，九十天后删除, en: Ninety days}, applicant_days: 90}
---
clause: X-01
says: An applicant who became no member is erased ninety days after she was refused, or at her wish once nothing is under way.
steps:
  - {at: 2026-09-07 10:00, do: open_matter, as: m, by: {applicant: guest}, with: {procedure: joining, submit: true, name: 李梅梅, department: physics, phone: "13800000001"}}
  - {do: open_matter, as: n, by: {applicant: guest}, with: {procedure: joining, submit: true, name: 李小梅, department: physics, phone: "13800000002"}}
  - {do: erase_application, by: {applicant: $m}, with: {matter: $m}, refused: StillTied, field: matter}
  - {do: erase_application, by: {applicant: $n}, with: {matter: $m}, refused: MatterUnknown}
  - {do: decide_matter, by: {post: team_lead}, with: {matter: $m, verdict: refuse, reason: 名额已满}}
  - {at: 2026-12-05 23:59, ask: matter, with: {matter: $m}, expect: {form: {name: 李梅梅}}}
  - {at: 2026-12-06 00:00, ask: matter, with: {matter: $m}, expect: {form: {}, state: refused}}
  - {do: erase_application, with: {matter: $m, reason: 本人要求}, refused: NothingToErase}
  - {do: erase_application, as: e, by: {applicant: $n}, with: {matter: $n, withdraw: true}}
  - {at: 2026-12-07 10:00, ask: matter, with: {matter: $n}, expect: {form: {}, state: withdrawn}}
"""
LEFT = """\
rulebook: campus-volunteers
by: {post: owner}
---
clause: B45-04
says: What a guest saved and did not hand in is taken back and emptied thirty days after she wrote last.
steps:
  - {at: 2026-09-07 10:00, do: open_matter, as: m, by: {applicant: guest}, with: {procedure: joining, name: 李梅梅}}
  - {at: 2026-09-10 10:00, do: save_matter, by: {applicant: $m}, with: {matter: $m, form: {phone: "13800000001"}}}
  - {at: 2026-10-10 09:59, ask: matter, with: {matter: $m}, expect: {state: draft}}
  - {at: 2026-10-12 10:00, ask: matter, as: e, with: {matter: $m}, expect: {state: withdrawn, form: {}}}
"""
HELD = """\
rulebook: apparel-cards
given: {shops: [S1], products: {COAT: 2000.00}, members: {li: {name: 李梅梅, phone: "13800000001"}}}
by: {post: owner}
parameters: {B25-29: {transfer: re_registered}}
---
clause: B25-29
says: Who held a card before another is erased at her wish, and the membership goes on.
steps:
  - {at: 2026-03-02 10:00, do: erase_former_holders, with: {member: $li, reason: 本人要求}, refused: NothingToErase}
  - {do: commit_sale, by: {post: clerk, shop: S1}, with: {signed: [member, guide], member: $li, lines: [{sku: COAT}]}}
  - {do: issue_card, by: {post: clerk, shop: S1}, with: {member: $li, card: C-100}}
  - {do: transfer_card, with: {member: $li, name: 吴云, phone: "13800000003"}}
  - {do: erase_former_holders, as: e, with: {member: $li, reason: 本人要求}}
  - {do: erase_former_holders, with: {member: $li, reason: 本人要求}, refused: NothingToErase}
  - {at: 2026-03-03 10:00, ask: member, with: {member: $li}, expect: {name: 吴云}}
"""
TWICE = """\
rulebook: designer-wear
given: {shops: [S1], members: {li: {name: 李梅梅, phone: "13800000001", profile: {birthday: 1990-05-05}}, mei: {name: 李小梅, phone: "13800000002", profile: {birthday: 1990-05-05}}}}
by: {post: owner}
parameters:
  X-01: {kind: profile, number: 九1, title: {zh: 保存期限, en: How long}, text: {zh: 离开后保留三十六个月, en: 36 months}, kept_months: 36}
---
clause: X-01
says: Whoever was merged into somebody is no former member by herself, and is erased with her.
steps:
  - {at: 2026-03-02 10:00, do: merge_members, with: {keep: $li, absorb: $mei, reason: 同一个人}}
  - {do: erase_member, with: {member: $mei, reason: 本人要求}, refused: StillMember}
  - {do: leave_programme, with: {member: $li, reason: 搬家}}
  - {do: erase_member, as: e, with: {member: $li, reason: 本人要求}}
  - {at: 2026-03-03 10:00, ask: member, with: {member: $li}, expect: {name: （已删除）}}
"""


def test_her_own_data(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    shared = [TOLD, LOOKED, ERASED, ASKED]
    path.write_text(HEAD + "---\n".join(shared), encoding="utf-8")
    told = list(rehearse([path]))
    assert not [each.message.en for each in told if each.message.en]


@pytest.mark.parametrize(
    "said",
    [HEAD + ASKED, APPLIED, TWICE, NEVER, LEFT, HELD],
    ids=["asked", "applied", "merged", "never", "left", "held"],
)
def test_nothing_is_left_of_her(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last step no table that may be edited holds her name, her phone or her birthday."""
    left: list[str] = []
    through = running._Play.through

    def and_look(play: running._Play, steps: object) -> None:
        through(play, steps)  # type: ignore[arg-type]
        if "e" in play.stage.names.all():
            left.extend(_holding("李梅梅", "李小梅", "13800000001", "13800000002"))

    monkeypatch.setattr(running._Play, "through", and_look)
    path = tmp_path / "examples.yaml"
    path.write_text(said, encoding="utf-8")
    assert [each.message.en for each in rehearse([path])] == [""]
    assert left == []


def _holding(*words: str) -> list[str]:
    """Tables in which some row says one of these. The chained audit and answered requests are evidence and stay; the feed
    forgets by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall() if name not in KEPT]
        found = []
        for name in names:
            for word in words:
                cursor.execute(f'SELECT 1 FROM "{name}" t WHERE t::text LIKE %s LIMIT 1', [f"%{word}%"])
                if cursor.fetchone() is not None:
                    found.append(f"{name}: {word}")
    return found
