"""Awards over a shop's rulebook with three tiers, points and a yearly fee: proposed, decided, borne, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rehearsal.rehearsing import rehearse

pytestmark = pytest.mark.django_db

CLAUSES = """\
  X-01: {kind: procedure, number: 九1, title: {zh: 评选, en: Choosing}, text: {zh: 由店主决定, en: By the owner}, name: honours, of: award, opened_by: [staff], fields: [{name: name, title: {zh: 会员, en: Member}}, {name: reach, title: {zh: 影响, en: Reach}, required: true}], stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]}
  X-02: {kind: award, number: 九2, title: {zh: 年度会员, en: Member of the year}, text: {zh: 一年一名, en: One a year}, award: yearly, called: {zh: 年度会员, en: member of the year}, procedure: honours, most: 1, lasts: 12 months, points: 500, tiers: 1, waives: [dues], certificate: honour, published: public, falls_with: [down]}
  X-03: {kind: certificate, number: 九3, title: {zh: 荣誉证书, en: Diploma}, text: {zh: 随表彰颁发, en: With the award}, certificate: honour, called: {zh: 荣誉证书, en: diploma}, prefix: RY-}
  X-04: {kind: fee, number: 九4, title: {zh: 年费, en: Yearly fee}, text: {zh: 每年一百元, en: 100 a year}, name: dues, amount: 100, every: year, due: {days: 30}}
  X-05: {kind: procedure, number: 九5, title: {zh: 处分, en: Sanction}, text: {zh: 由店主决定, en: By the owner}, name: sanction, of: measure, opened_by: [staff], stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]}
  X-06: {kind: measure_taken, number: 九6, title: {zh: 降级, en: Step down}, text: {zh: 降一级一个月, en: One tier for a month}, measure: down, called: {zh: 降级, en: a step down}, procedure: sanction, lasts: 1 month, also: {tiers: 1}}
  X-07: {kind: duty, number: 九7, title: {zh: 爱护, en: Care}, text: {zh: 守规矩, en: Good conduct}, duty: care, called: {zh: 守规矩, en: good conduct}}
  X-09: {kind: measure_taken, number: 九9, title: {zh: 再降, en: Lower}, text: {zh: 降一级一个月, en: One tier for a month}, measure: lower, called: {zh: 再降, en: lower}, procedure: sanction, lasts: 1 month, also: {tiers: 1}}
  X-08: {kind: award, number: 九8, title: {zh: 热心, en: Helpful}, text: {zh: 会员中公布, en: Told to members}, award: helpful, called: {zh: 热心会员, en: helpful member}, procedure: honours, categories: [{category: shop, called: {zh: 店里, en: in the shop}}], published: members}
"""
SHARED = f"""\
rulebook: designer-wear
given: {{shops: [S1], products: {{SCARF: 500.00}}, members: {{li: {{name: 李梅, birthday: 1990-05-05}}, wang: {{name: 王芳, birthday: 1985-01-01}}}}}}
by: {{post: owner}}
parameters:
{CLAUSES}---
"""
GIVEN = """\
clause: X-02
says: Decided, it brings title, points, a tier, a diploma and a year without the fee; one a year; over on the day it ends.
steps:
  - {at: 2026-03-02 10:00, do: propose_award, with: {member: $li, award: best, words: x}, refused: AwardUnknown}
  - {do: propose_award, with: {member: $li, award: yearly, category: shop, words: x}, refused: AwardCategoryNeeded, because: X-02}
  - {do: propose_award, with: {member: $li, award: yearly, words: 常来}, refused: InvalidInput, field: form.reach}
  - {do: propose_award, by: {post: clerk, shop: S1}, with: {member: $li, award: yearly, words: x, form: {reach: 广}}, refused: Forbidden}
  - {do: open_matter, with: {procedure: honours, form: {reach: 广}, submit: true}, refused: NotByHand}
  - {do: propose_award, as: p, with: {member: $li, award: yearly, words: 常来, form: {reach: 广}}, expect: {number: H000001, state: proposed, borne: false}}
  - {do: propose_award, with: {member: $li, award: yearly, words: x, form: {reach: 广}}, refused: AwardedAlready, because: X-02}
  - {do: propose_award, as: q, with: {member: $wang, award: yearly, words: 常来, form: {reach: 广}}, expect: {number: H000002}}
  - {do: decide_matter, with: {matter: $p.matter, verdict: pass}, refused: MakerMayNotDecide}
  - {at: 2026-03-15 10:00, do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.matter, verdict: pass}}
  - {ask: awards, with: {member: $li}, expect: [{state: granted, borne: true, until: 2027-03-15 00:00, certificate: RY-000001}]}
  - {ask: member, with: {member: $li}, expect: {tier: diamond_card}}
  - {ask: balances, with: {member: $li}, expect: {points: 500}}
  - {ask: certificates, with: {member: $li}, expect: [{number: RY-000001, state: good}]}
  - {ask: honours, expect: [{name: 李梅, clause: X-02}]}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.matter, verdict: pass}, refused: AwardsUsedUp, because: X-02}
  - {do: propose_award, with: {member: $wang, award: yearly, words: x, form: {reach: 广}}, refused: AwardedAlready}
  - {do: raise_charge, with: {member: $li, fee: dues}, refused: NothingToCharge, because: X-04}
  - {do: raise_charge, with: {member: $wang, fee: dues}, expect: {amount: 100.00}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.matter, verdict: refuse, reason: 名额已满}}
  - {do: propose_award, with: {member: $wang, award: yearly, words: x, form: {reach: 广}}, refused: AwardsUsedUp}
  - {at: 2027-01-01 00:00, do: propose_award, as: r, with: {member: $wang, award: yearly, words: x, form: {reach: 广}}}
  - {at: 2027-03-14 23:59:59, ask: honours, expect: [{name: 李梅}]}
  - {do: raise_charge, with: {member: $li, fee: dues}, refused: NothingToCharge}
  - {at: 2027-03-15 00:00, ask: honours, expect: []}
  - {do: withdraw_award, with: {award: H000001, reason: 查实}, refused: AwardNotBorne}
  - {do: raise_charge, with: {member: $li, fee: dues}, expect: {amount: 100.00}}
  - {ask: member, with: {member: $li}, expect: {tier: diamond_card}}
"""
FALLS = """\
clause: X-02
says: A measure it falls with takes it back with the points that are left, the tier and the diploma; the measure acts on what is left.
steps:
  - {at: 2026-03-02 10:00, do: propose_award, as: p, with: {member: $li, award: yearly, words: 常来, form: {reach: 广}}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.matter, verdict: pass}}
  - {at: 2026-06-05 10:00, do: redeem_points, by: {post: clerk, shop: S1}, with: {member: $li, points: 100}}
  - {do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-06-05, words: 争执}}
  - {do: propose_measures, as: m, with: {breaches: [$b.number], measures: [down], words: 请决定}}
  - {ask: awards, with: {member: $li}, expect: [{borne: true}]}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $m.0.matter, verdict: pass}}
  - {ask: awards, with: {member: $li}, expect: [{state: withdrawn, borne: false, ended_why: 受到处分 P000001}]}
  - {ask: balances, with: {member: $li}, expect: {points: 0}}
  - {ask: certificates, with: {member: $li}, expect: [{state: revoked}]}
  - {ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {ask: honours, expect: []}
  - {at: 2026-08-01 00:00, ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {do: raise_charge, with: {member: $li, fee: dues}, expect: {amount: 100.00}}
"""
BENEATH = """\
clause: X-08
says: Taken back by hand beneath a measure that stands, the tier goes; what the measure took is given back from there.
steps:
  - {at: 2026-03-02 10:00, do: propose_award, as: p, with: {member: $li, award: yearly, words: 常来, form: {reach: 广}}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.matter, verdict: pass}}
  - {do: propose_award, as: h, with: {member: $li, award: helpful, category: shop, words: x, form: {reach: 小}}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $h.matter, verdict: pass}}
  - {ask: honours, expect: [{clause: X-02}], only: true}
  - {ask: honours, with: {among_members: true}, count: 2}
  - {do: withdraw_award, with: {award: $h.number, reason: 弄错了}, expect: {state: withdrawn}}
  - {ask: member, with: {member: $li}, expect: {tier: diamond_card}}
  - {do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: m, with: {breaches: [$b.number], measures: [lower], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $m.0.matter, verdict: pass}}
  - {ask: awards, with: {member: $li, state: granted}, expect: [{borne: true}]}
  - {ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {do: withdraw_award, with: {award: $p.number, reason: 弄错了}, expect: {state: withdrawn}}
  - {ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {at: 2026-04-03 00:00, ask: member, with: {member: $li}, expect: {tier: points_card}}
"""


MERGED = """\
clause: X-02
says: Merged, the awards of both are the kept one's, decided or not, with what they bring; parted, each has her own again.
steps:
  - {at: 2026-03-02 10:00, do: propose_award, as: p, with: {member: $li, award: yearly, words: 常来, form: {reach: 广}}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.matter, verdict: pass}}
  - {do: propose_award, as: h, with: {member: $li, award: helpful, category: shop, words: x, form: {reach: 小}}}
  - {at: 2026-03-03 10:00, do: merge_members, with: {keep: $wang, absorb: $li, reason: 同一人}}
  - {ask: awards, with: {member: $wang}, expect: [{number: H000002, state: proposed}, {number: H000001, borne: true, name: 王芳}], in_order: true}
  - {do: propose_award, with: {member: $wang, award: helpful, category: shop, words: x, form: {reach: 小}}, refused: AwardedAlready}
  - {do: raise_charge, with: {member: $wang, fee: dues}, refused: NothingToCharge, because: X-04}
  - {at: 2026-03-04 10:00, do: unmerge_members, with: {member: $li, reason: 认错了}}
  - {ask: awards, with: {member: $wang}, exactly: []}
  - {ask: awards, with: {member: $li}, count: 2}
  - {do: raise_charge, with: {member: $li, fee: dues}, refused: NothingToCharge, because: X-04}
  - {at: 2026-03-05 10:00, do: merge_members, with: {keep: $wang, absorb: $li, reason: 同一人}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $h.matter, verdict: pass}, expect: {state: passed}}
  - {ask: member, with: {member: $wang}, expect: {tier: diamond_card}}
  - {do: withdraw_award, with: {award: $p.number, reason: 弄错了}, expect: {state: withdrawn, name: 王芳}}
  - {ask: balances, with: {member: $wang}, expect: {points: 0}}
  - {ask: member, with: {member: $wang}, expect: {tier: points_card}}
  - {do: raise_charge, with: {member: $wang, fee: dues}, expect: {amount: 100.00}}
  # What was given while they were one stays with the kept one.
  - {at: 2026-03-06 10:00, do: unmerge_members, with: {member: $li, reason: 认错了}}
  - {ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {ask: awards, with: {member: $wang}, expect: [{number: H000002, borne: true}], only: true}
"""
AWAY = """\
clause: X-11
says: Who is proposed and sits in the body has no vote on it, and her place counts in no majority; the others decide.
parameters:
  X-10: {kind: body, number: 九10, title: {zh: 评审会, en: Jury}, text: {zh: 三席, en: Three}, body: jury, called: {zh: 评审会, en: jury}, places: [{role: chair, title: {zh: 主任, en: Chair}}, {role: juror, title: {zh: 委员, en: Juror}, count: 2}]}
  X-11: {kind: procedure, number: 九11, title: {zh: 评审, en: Jury}, text: {zh: 由评审会决定, en: By the jury}, name: by_jury, of: award, opened_by: [staff], fields: [{name: name, title: {zh: 会员, en: Member}}], stages: [{stage: vote, title: {zh: 表决, en: Vote}, by: {body: jury}}]}
  X-12: {kind: award, number: 九12, title: {zh: 评审奖, en: Prize}, text: {zh: 评审会评, en: By the jury}, award: prize, called: {zh: 评审奖, en: prize}, procedure: by_jury}
steps:
  - {at: 2026-03-02 10:00, do: seat_person, with: {body: jury, place: 1, member: $li}}
  - {do: seat_person, with: {body: jury, place: 2, member: $wang}}
  - {do: seat_person, with: {body: jury, place: 3, name: 何山}}
  - {do: propose_award, as: p, with: {member: $li, award: prize, words: 常来}}
  - {do: cast_vote, by: {body: jury, seat: 1}, with: {matter: $p.matter, vote: 'yes'}, refused: ConcernsHerself}
  - {do: record_roll, by: {body: jury, seat: 1}, with: {matter: $p.matter, minutes: 纪要, held_on: 2026-03-02, 'yes': [2]}, refused: ConcernsHerself}
  - {do: record_roll, by: {post: owner, person: 2}, with: {matter: $p.matter, minutes: 纪要, held_on: 2026-03-02, 'yes': [1, 2]}, refused: ConcernsHerself, field: 'yes'}
  - {ask: worklist, by: {body: jury, seat: 1}, expect: {counts: {todo: 0}}}
  - {ask: matter, by: {body: jury, seat: 1}, with: {matter: $p.matter}, expect: {barred: concerned, may: []}}
  - {ask: worklist, by: {body: jury, seat: 2}, expect: {counts: {todo: 1}}}
  - {ask: matter, by: {body: jury, seat: 2}, with: {matter: $p.matter}, expect: {barred: '', may: [vote]}}
  # Two may vote: one of them is not more than half, both are.
  - {do: cast_vote, by: {body: jury, seat: 2}, with: {matter: $p.matter, vote: 'yes'}, expect: {state: open}}
  - {ask: awards, with: {member: $li}, expect: [{state: proposed}]}
  - {do: record_roll, by: {post: owner, person: 2}, with: {matter: $p.matter, minutes: 纪要, held_on: 2026-03-02, 'yes': [3]}, expect: {state: passed}}
  - {ask: awards, with: {member: $li}, expect: [{state: granted}]}
"""


def test_awards_are_given_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(SHARED + "---\n".join([GIVEN, FALLS, BENEATH, MERGED, AWAY]), encoding="utf-8")
    told = list(rehearse([path]))
    assert not [each.message.en for each in told if each.message.en]
