"""What may be done with matters. Everybody names who acts and when; each answer is where the matter stands then."""

from huiguan.cases.attaching import attach_document, judge_matter_document, open_matter_document, sign_in_matter
from huiguan.cases.balloting import cast_vote, close_ballot, record_roll, sign_count
from huiguan.cases.deciding import confirm_stage, decide_matter, extend_matter, withdraw_matter
from huiguan.cases.forgetting import forget_matters
from huiguan.cases.mandates import delegate_body, withdraw_mandate
from huiguan.cases.objecting import answer_objection, object_to_notice, post_notice
from huiguan.cases.opening import open_matter, save_matter, submit_matter
from huiguan.cases.recommending import answer_invitation, invite_recommender, renew_invitation
from huiguan.cases.resuming import recover_code, reissue_code, resume_matter
from huiguan.cases.running import link_matter, poke, run_clocks
from huiguan.cases.signing import sign_for_house
from huiguan.cases.snoozing import snooze_matter

__all__ = [
    "answer_invitation",
    "answer_objection",
    "attach_document",
    "cast_vote",
    "close_ballot",
    "confirm_stage",
    "decide_matter",
    "delegate_body",
    "extend_matter",
    "forget_matters",
    "invite_recommender",
    "judge_matter_document",
    "link_matter",
    "object_to_notice",
    "open_matter",
    "open_matter_document",
    "poke",
    "post_notice",
    "record_roll",
    "recover_code",
    "reissue_code",
    "renew_invitation",
    "resume_matter",
    "run_clocks",
    "save_matter",
    "sign_count",
    "sign_for_house",
    "sign_in_matter",
    "snooze_matter",
    "submit_matter",
    "withdraw_mandate",
    "withdraw_matter",
]
