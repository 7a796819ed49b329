"""Coming back, applying twice, leaving with something open: played as examples under a small rulebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rehearsal.rehearsing import rehearse

pytestmark = pytest.mark.django_db

T = "title: {zh: 标题, en: Title}, text: {zh: 正文, en: Text}, source: 章程"
PROCEDURE = """name: NAMED, of: membership, opened_by: [applicant, staff],
     posts: [{post: office, title: {zh: 会员部, en: Office}}],
     fields: [{name: name, title: {zh: 姓名, en: Name}, required: true},
       {name: phone, title: {zh: 电话, en: Phone}, type: phone, required: true},
       {name: id_number, title: {zh: 身份证号, en: Identity}, type: id_number, sensitive: true}],
     stages: [{stage: review, title: {zh: 审核, en: Review}, by: {post: office}WAITS},
       {stage: notice, title: {zh: 公示, en: Notice}, does: notice, within: 7 days, shows: [name]}]"""
SOURCE = f"""rulebook: ways
title: {{zh: 小章程, en: Small}}
zone: Asia/Shanghai
clauses:
  - {{id: W-01, kind: profile, number: 一1, {T},
     fields: [{{name: name, title: {{zh: 姓名, en: Name}}, required: true}},
       {{name: phone, title: {{zh: 电话, en: Phone}}, type: phone, required: true}},
       {{name: id_number, title: {{zh: 身份证号, en: Identity}}, type: id_number, sensitive: true}}]}}
  - {{id: W-02, kind: exit, number: 一2, {T}, notice: 30, same_by: [id_number],
     grounds: [{{ground: wish, called: {{zh: 自愿, en: own wish}}, by: member}},
       {{ground: crime, called: {{zh: 犯罪, en: a crime}}, reads: expelled, back: barred, years: 1, needs: judgement}}],
     cleared: [{{kind: asset, called: {{zh: 借物, en: things lent}}}}]}}
  - {{id: W-03, kind: procedure, number: 一3, {T}, {PROCEDURE.replace("NAMED", "joining").replace("WAITS", ", standing: pending")}}}
  - {{id: W-04, kind: procedure, number: 一4, {T}, {PROCEDURE.replace("NAMED", "plain").replace("WAITS", "")}}}
"""
HEAD = "rulebook: ways\n---\n"
FORM = 'procedure: joining, name: 李梅, phone: "13800000001", id_number: "11010519491231002X", submit: true'
BACK = f"""clause: W-02
says: A former member is none again before her application is passed.
given: {{members: {{li: {{name: 李梅, phone: "13800000001", profile: {{id_number: "11010519491231002X"}}}}}}}}
steps:
  - {{at: 2026-03-02 09:00, do: end_membership, with: {{member: $li, ground: wish, reason: 搬家}}}}
  - {{at: 2026-05-04 09:00, ask: standing, with: {{member: $li}}, expect: {{standing: exited}}}}
  - {{at: 2026-05-04 10:00, do: open_matter, as: m, by: {{applicant: guest}}, with: {{{FORM}}}}}
  - {{ask: standing, with: {{member: $li}}, expect: {{standing: exited}}}}
  - {{at: 2026-05-05 10:00, do: decide_matter, by: {{post: office}}, with: {{matter: $m.number, verdict: pass}}}}
  - {{at: 2026-05-12 23:59:59, ask: standing, with: {{member: $li}}, expect: {{standing: exited}}}}
  - {{at: 2026-05-13 00:00, ask: standing, with: {{member: $li}}, expect: {{standing: active}}}}
"""
REFUSED = f"""clause: W-02
says: Refused, she is what she was.
given: {{members: {{li: {{name: 李梅, phone: "13800000001", profile: {{id_number: "11010519491231002X"}}}}}}}}
steps:
  - {{at: 2026-03-02 09:00, do: end_membership, with: {{member: $li, ground: wish, reason: 搬家}}}}
  - {{at: 2026-05-04 10:00, do: open_matter, as: m, by: {{applicant: guest}}, with: {{{FORM}}}}}
  - {{do: decide_matter, by: {{post: office}}, with: {{matter: $m.number, verdict: refuse, reason: 不符}}}}
  - {{ask: standing, with: {{member: $li}}, expect: {{standing: exited}}}}
"""
PLAIN = FORM.replace("joining", "plain")
OTHER = PLAIN.replace("13800000001", "13800000002").replace("李梅", "王芳")
TWICE = f"""clause: W-04
says: One application at a time for one identity number; once it is over another may follow.
steps:
  - {{at: 2026-05-04 10:00, do: open_matter, as: m, by: {{applicant: guest}}, with: {{{PLAIN}}}}}
  - at: 2026-05-04 11:00
    do: open_matter
    by: {{applicant: guest}}
    with: {{{OTHER}}}
    refused: AppliedAlready
    field: form.id_number
  - {{do: withdraw_matter, by: {{applicant: $m.number}}, with: {{matter: $m.number}}}}
  - {{do: open_matter, as: n, by: {{applicant: guest}}, with: {{{PLAIN}}}}}
"""
MEANWHILE = f"""clause: W-04
says: Who has become a member meanwhile is not made one again; the matter that waits can be refused by hand.
steps:
  - {{at: 2026-05-04 10:00, do: open_matter, as: m, by: {{applicant: guest}}, with: {{{PLAIN}}}}}
  - {{do: decide_matter, by: {{post: office}}, with: {{matter: $m.number, verdict: pass}}}}
  - at: 2026-05-05 10:00
    do: enrol_member
    with: {{name: 李梅, phone: "13800000009", profile: {{id_number: "11010519491231002X"}}}}
  - {{at: 2026-05-12 10:00, ask: matter, with: {{matter: $m.number}}, expect: {{state: open, stage: notice}}}}
  - {{do: decide_matter, by: {{post: office}}, with: {{matter: $m.number, verdict: refuse, reason: 已是会员}}, expect: {{state: refused}}}}
"""
HELD = """clause: W-02
says: Something lent while the notice runs is brought back first; then she is out, at once where the day is past.
given: {members: {li: {name: 李梅, phone: "13800000001"}}}
steps:
  - {at: 2026-03-02 09:00, do: end_membership, with: {member: $li, ground: wish, reason: 搬家}}
  - {at: 2026-03-20 09:00, do: record_encumbrance, with: {member: $li, kind: asset, ref: A1, said: 样品一箱}}
  - {at: 2026-04-03 09:00, ask: standing, with: {member: $li}, expect: {standing: active}}
  - {do: end_membership, with: {member: $li, ground: wish, reason: 搬家}, refused: ExitAsked}
  - {do: clear_encumbrance, with: {member: $li, kind: asset, ref: A1, how: 已还}}
  - {ask: standing, with: {member: $li}, expect: {standing: exited}}
"""
IN_TIME = """clause: W-02
says: Brought back in time, the notice ends as it would have; taken back, nothing of it is left.
given: {members: {li: {name: 李梅, phone: "13800000001"}, wang: {name: 王芳, phone: "13800000002"}}}
steps:
  - {at: 2026-03-02 09:00, do: end_membership, with: {member: $each, ground: wish, reason: 搬家}, each: [$li, $wang]}
  - {at: 2026-03-20 09:00, do: record_encumbrance, with: {member: $each, kind: asset, ref: A1, said: 样品}, each: [$li, $wang]}
  - {at: 2026-03-21 09:00, do: clear_encumbrance, with: {member: $li, kind: asset, ref: A1, how: 已还}}
  - {do: withdraw_exit, with: {member: $wang, reason: 不走了}}
  - {do: clear_encumbrance, with: {member: $wang, kind: asset, ref: A1, how: 已还}}
  - {at: 2026-04-01 23:59:59, ask: standing, with: {member: $li}, expect: {standing: active}}
  - {at: 2026-04-02 00:00, ask: standing, with: {member: $li}, expect: {standing: exited}}
  - {ask: standing, with: {member: $wang}, expect: {standing: active}}
"""
PAPER = """clause: W-02
says: Nobody is put out for a crime before the judgement lies with her; one found wanting is none.
given: {members: {li: {name: 李梅, phone: "13800000001"}}}
steps:
  - {at: 2026-03-02 09:00, do: end_membership, with: {member: $li, ground: crime, reason: 判决}, refused: GroundUnproved, because: W-02, field: ground}
  - {do: upload_document, as: d, with: {member: $li, doc: judgement, file: sample(pdf)}}
  - {do: judge_document, with: {document: $d.number, verdict: fail, why: 别人的}}
  - {do: end_membership, with: {member: $li, ground: crime, reason: 判决}, refused: GroundUnproved}
  - {do: judge_document, with: {document: $d.number, verdict: pass}}
  - {do: end_membership, with: {member: $li, ground: crime, reason: 判决}}
  - {ask: standing, with: {member: $li}, expect: {standing: barred}}
"""


def test_ways_in_and_out(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    shared = [BACK, REFUSED, TWICE, MEANWHILE, HELD, IN_TIME, PAPER]
    path.write_text(HEAD + "---\n".join(shared), encoding="utf-8")
    told = list(rehearse([path], source=SOURCE))
    assert [each.message.en for each in told] == [""] * len(shared)
