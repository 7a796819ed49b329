"""Cards and tiers by measures, fines charged, demerits that gather, staff who answer for a sale: played as examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rehearsal.rehearsing import rehearse

pytestmark = pytest.mark.django_db

# Over a shop's rulebook with three tiers: a member measured, and staff who misuse its discount.
CLAUSES = """\
  X-01: {kind: procedure, number: 九1, title: {zh: 处分, en: Sanction}, text: {zh: 由店主决定, en: By the owner}, name: sanction, of: measure, opened_by: [staff], stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]}
  X-02: {kind: procedure, number: 九2, title: {zh: 申诉, en: Appeal}, text: {zh: 由店主复核, en: By the owner}, name: appeal, of: appeal, opened_by: [member], stages: [{stage: review, title: {zh: 复核, en: Review}, by: {post: owner}}]}
  X-03: {kind: measure_taken, number: 九3, title: {zh: 降级, en: Step down}, text: {zh: 降一级半年, en: One tier for half a year}, measure: down, called: {zh: 降级, en: a step down}, procedure: sanction, lasts: 6 months, also: {tiers: 1}, demerits: 6, appeal: appeal, appeal_within: 15 days}
  X-04: {kind: measure_taken, number: 九4, title: {zh: 冻结, en: Hold}, text: {zh: 冻结三十天, en: Thirty days}, measure: hold, called: {zh: 冻结, en: a hold}, procedure: sanction, lasts: 30 days, also: {card: frozen}, demerits: 6}
  X-05: {kind: measure_taken, number: 九5, title: {zh: 罚款, en: Fine}, text: {zh: 打折金额两倍, en: Twice the discount}, measure: double, called: {zh: 两倍罚款, en: twice the discount}, procedure: sanction, fine_times: 2, also: {fee: fines}, appeal: appeal, appeal_within: 15 days}
  X-06: {kind: measure_taken, number: 九6, title: {zh: 辞退, en: Dismissal}, text: {zh: 一千元以上并辞退, en: A thousand and dismissal}, level: 2, measure: grave, called: {zh: 重罚, en: the grave fine}, procedure: sanction, fine_times: 2, fine_least: 1000, tasks: [dismissal], within: 7 days}
  X-07: {kind: duty, number: 九7, title: {zh: 私用折扣, en: Discounts on the side}, text: {zh: 员工不得私用会员折扣, en: Staff use no member discount}, duty: discounts, called: {zh: 不得私用折扣, en: no discounts on the side}, who: staff, beside: [shop_manager], measures: [double, grave], proposes: [double]}
  X-08: {kind: duty, number: 九8, title: {zh: 爱护, en: Care}, text: {zh: 守规矩, en: Good conduct}, duty: care, called: {zh: 守规矩, en: good conduct}}
  X-09: {kind: duty, number: 九9, title: {zh: 记满十二分, en: Twelve points}, text: {zh: 一年内不得记满十二分, en: Fewer than twelve in a year}, duty: full, called: {zh: 不得记满分, en: fewer than twelve points}, demerits: {points: 12, months: 12}, proposes: [hold]}
  X-10: {kind: fee, number: 九10, title: {zh: 罚款, en: Fines}, text: {zh: 十日内缴纳, en: Within ten days}, name: fines, amount: 1, due: {days: 10}}
  X-11: {kind: procedure, number: 九11, title: {zh: 先听后决, en: Heard first}, text: {zh: 听过之后由店主决定, en: By the owner once she was heard}, name: heard, of: measure, opened_by: [staff], stages: [{stage: hearing, title: {zh: 听取陈述, en: Hearing}, does: settle, needs: [hearing]}, {stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]}
  X-12: {kind: measure_taken, number: 九12, title: {zh: 警告, en: Warning}, text: {zh: 五个工作日内可陈述, en: Heard within five workdays}, measure: warning, called: {zh: 警告, en: a warning}, procedure: heard, heard: 5 workdays}
"""
SHARED = f"""\
rulebook: designer-wear
given: {{shops: [S1], products: {{COAT: 20000.00, SCARF: 500.00}}, members: {{li: {{birthday: 1990-05-05}}}}}}
by: {{post: owner}}
parameters:
{CLAUSES}---
"""
DOWN = """\
clause: X-03
says: One tier down for six months to the day, given back by itself; what was reached meanwhile stays.
steps:
  - {at: 2026-03-02 10:00, do: commit_sale, by: {post: clerk, shop: S1}, with: {member: $li, presented: card, lines: [{sku: COAT}]}}
  - {ask: member, with: {member: $li}, expect: {tier: diamond_card}}
  - {do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [down], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {at: 2026-09-01 23:59:59, ask: member, with: {member: $li}, expect: {tier: points_card}}
  - {at: 2026-09-02 00:00, ask: member, with: {member: $li}, expect: {tier: diamond_card}}
"""
OVERTURNED = """\
clause: X-04
says: A card held by a measure is let go by nobody's hand; the hold and the step down go as they came, in any order.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [hold], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: cards, with: {member: $li}, expect: [{status: frozen}]}
  - {do: release_card, with: {member: $li, reason: 误会}, refused: HeldByMeasure, because: X-04}
  - {do: commit_sale, by: {post: clerk, shop: S1}, with: {member: $li, presented: card, lines: [{sku: SCARF}]}, refused: CardNotUsable}
  - {at: 2026-04-01 23:59, ask: cards, with: {member: $li}, expect: [{status: frozen}]}
  - {at: 2026-04-02 00:00, ask: cards, with: {member: $li}, expect: [{status: active}]}
"""
GATHERED = """\
clause: X-09
says: The twelfth demerit within a year is a breach the house reports by itself; what follows is proposed and no more.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [down], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, expect: []}
  - {at: 2027-03-01 10:00, do: report_breach, as: c, with: {member: $li, duty: care, on: 2027-03-01, words: 争执}}
  - {do: propose_measures, as: q, with: {breaches: [$c.number], measures: [hold], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, only: true, expect: [{duty: full, proposes: [hold], clause: X-09}]}
  - {ask: demerits, with: {member: $li}, expect: {demerits: 12}}
"""
HEARD = """\
clause: X-11
says: The stage that waits for the hearing goes on by itself the moment she is heard, or when her time to be heard is over.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [warning], words: 请决定}}
  - {ask: matter, with: {matter: $p.0.matter}, expect: {stage: hearing}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}, refused: DoneByTheHouse}
  - {at: 2026-03-03 10:00, do: state_case, by: {member: $li}, with: {measure: P000001, words: 是误会}}
  - {ask: matter, with: {matter: $p.0.matter}, expect: {stage: decide}}
  - {at: 2026-03-09 10:00, do: report_breach, as: c, with: {member: $li, duty: care, on: 2026-03-09, words: 争执}}
  - {do: propose_measures, as: q, with: {breaches: [$c.number], measures: [warning], words: 请决定}}
  - {at: 2026-03-16 23:59:59, ask: matter, with: {matter: $q.0.matter}, expect: {stage: hearing}}      # Monday to Monday: five workdays
  - {at: 2026-03-17 00:00, ask: matter, with: {matter: $q.0.matter}, expect: {stage: decide}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.0.matter, verdict: pass}, expect: {state: passed}}
"""
TOO_LATE = """\
clause: X-09
says: A year later to the day the first six count no more.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [down], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {at: 2027-03-02 10:00, do: report_breach, as: c, with: {member: $li, duty: care, on: 2027-03-02, words: 争执}}
  - {do: propose_measures, as: q, with: {breaches: [$c.number], measures: [hold], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, expect: []}
"""
AT_ONCE = """\
clause: X-09
says: Demerits decided at the very moment of a breach they were not counted for count for the next one, each once.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: report_breach, as: c, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: report_breach, as: d, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: report_breach, as: e, with: {member: $li, duty: care, on: 2026-03-02, words: 争执}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [down], words: 请决定}}
  - {do: propose_measures, as: q, with: {breaches: [$c.number], measures: [down], words: 请决定}}
  - {do: propose_measures, as: r, with: {breaches: [$d.number], measures: [down], words: 请决定}}
  - {do: propose_measures, as: s, with: {breaches: [$e.number], measures: [down], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, expect: []}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $q.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, count: 1}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $r.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, count: 1}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $s.0.matter, verdict: pass}}
  - {ask: breaches, with: {member: $li, state: open}, count: 2}
"""
FINED = """\
clause: X-05
says: A member's fine is a charge that is due like any other, and owed no more once an appeal succeeds.
steps:
  - {at: 2026-03-02 10:00, do: report_breach, as: b, with: {member: $li, duty: care, on: 2026-03-02, words: 转借, amount: 100.00}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [double], words: 请决定}}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: dues, with: {member: $li}, expect: {owed: 200.00, charges: [{fee: fines, amount: 200.00, due: 2026-03-12}]}}
  - {do: appeal_measure, as: a, by: {member: $li}, with: {measure: $p.0.number, words: 没有转借}}
  - {do: decide_matter, by: {post: owner, person: 3}, with: {matter: $a.appeal, verdict: pass}}
  - {ask: dues, with: {member: $li}, expect: {owed: 0.00}}
"""
STAFF = """\
clause: X-07
says: Whoever took the discount and the shop's manager that day each pay twice of it; neither decides it.
steps:
  - {at: 2026-03-02 10:00, do: commit_sale, as: s, by: {post: clerk, shop: S1, person: 1}, with: {member: $li, presented: card, lines: [{sku: SCARF}]}, expect: {paid: 475.00}}
  - {do: report_breach, as: b, by: {post: shop_manager, shop: S1}, with: {member: $li, duty: discounts, on: 2026-03-02, words: x}, refused: Forbidden}
  - {do: report_breach, with: {member: $li, duty: discounts, on: 2026-03-02, words: x}, refused: DutyNotHers}
  - {do: report_breach, with: {duty: discounts, on: 2026-03-02, words: x}, refused: InvalidInput, field: member}
  - {do: report_breach, as: b, with: {staff: [{post: clerk, shop: S1, person: 1}], sale: $s.id, duty: discounts, on: 2026-03-02, words: 私用会员折扣}, expect: {amount: 25.00, proposes: [double], member: ""}}
  - {do: propose_measures, as: p, with: {breaches: [$b.number], measures: [double, grave], words: 请决定}, count: 4}
  - {do: decide_matter, by: {post: owner, person: 2}, with: {matter: $p.0.matter, verdict: pass}}
  - ask: measures
    with: {}
    only: true
    expect:
      - {measure: double, fine: 50.00, state: decided, tasks: [{what: fine}]}
      - {measure: double, fine: 50.00, state: decided, tasks: [{what: fine}]}
      - {measure: grave, fine: 1000.00, tasks: [{what: dismissal}, {what: fine}]}
      - {measure: grave, fine: 1000.00, tasks: [{what: dismissal}, {what: fine}]}
"""


def test_what_measures_bring(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    shared = [DOWN, OVERTURNED, HEARD, GATHERED, TOO_LATE, AT_ONCE, FINED, STAFF]
    path.write_text(SHARED + "---\n".join(shared), encoding="utf-8")
    told = list(rehearse([path]))
    assert not [each.message.en for each in told if each.message.en]


# Joined on 1 March 2025 for a year; decided on 25 February, appealed on the term's last day, overturned or upheld after it.
TERM = "parameters: {X-01: {kind: term, number: 九1, title: {zh: 会籍一年, en: A year}, text: {zh: 会籍一年, en: A year}, months: 12}}"
ENDED = """\
clause: TA-45
says: While an appeal is open the term ends as it would; overturned after that she is where she would have been, VERDICT or not.
given: {members: {li: {name: 李梅, phone: "13800000001"}}}
by: {post: owner}
steps:
  - {at: 2026-02-20 09:00, do: report_breach, as: b, with: {member: $li, duty: good_name, on: 2026-02-20, words: 虚假宣传}}
  - {do: propose_measures, as: p, with: {breaches: [$b], measures: [suspension], words: 严重}}
  - {do: state_case, by: {member: $li}, with: {measure: P000001, words: 已整改}}
  - {at: 2026-02-25 09:00, do: decide_matter, by: {post: member_committee}, with: {matter: $p.0.matter, verdict: pass}}
  - {ask: standing, with: {member: $li}, expect: {standing: suspended}}
  - {at: 2026-02-28 23:59:59, do: appeal_measure, as: a, by: {member: $li}, with: {measure: P000001, words: 过重}}
  - {at: 2026-03-01 00:00, ask: standing, with: {member: $li}, expect: {standing: lapsed}}
  - {at: 2026-03-05 09:00, do: decide_matter, by: {post: secretary_general}, with: {matter: $a.appeal, verdict: VERDICT, reason: 复核}}
  - {ask: standing, with: {member: $li}, expect: {standing: lapsed}}
  - {at: 2026-09-01 09:00, ask: standing, with: {member: $li}, expect: {standing: lapsed}}
"""


def test_an_appeal_while_the_term_ends(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    both = [ENDED.replace("VERDICT", verdict) for verdict in ("pass", "refuse")]
    path.write_text(f"rulebook: association\n{TERM}\n---\n" + "---\n".join(both), encoding="utf-8")
    assert not [each.message.en for each in rehearse([path]) if each.message.en]
