"""What is done with papers, templates and signatures."""

from __future__ import annotations

from huiguan.documents.operations.forgetting import forget_papers
from huiguan.documents.operations.looking import judge_document, open_document, receive_copies, see_original
from huiguan.documents.operations.papers import move_documents, upload_document, withdraw_document
from huiguan.documents.operations.signing import demand_signed, sign_acceptance
from huiguan.documents.operations.templates import keep_template, open_template, withdraw_template

__all__ = [
    "demand_signed",
    "forget_papers",
    "judge_document",
    "keep_template",
    "move_documents",
    "open_document",
    "open_template",
    "receive_copies",
    "see_original",
    "sign_acceptance",
    "upload_document",
    "withdraw_document",
    "withdraw_template",
]
