"""What a proof may find, each with its sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiguan.kernel.text import Text

SENTENCES: dict[str, Text] = {
    "account_missing": Text(zh="有账无户", en="journals without an account"),
    "account_out_of_step": Text(zh="账户与流水不符：{field}", en="the account differs from its journals: {field}"),
    "address_foreign": Text(zh="动了别的会员的账", en="a transfer touches another membership"),
    "balance_unequal": Text(zh="全盘不平", en="the programme's books do not balance"),
    "chain_broken": Text(zh="与上一笔的校验值接不上", en="the link does not follow from the one before"),
    "hash_mismatch": Text(
        zh="内容与校验值不符，这一笔或其明细被改过", en="the journal or its lines were changed: the hash differs"
    ),
    "hold_unsound": Text(zh="预留的进出不符", en="a hold's steps do not add up"),
    "journal_missing": Text(zh="流水缺号", en="a journal is missing"),
    "lot_expired_early": Text(zh="批次在到期前清了零", en="the lot was expired before its end"),
    "lot_missing": Text(zh="入账没有批次", en="value arrived without a lot"),
    "lot_overdrawn": Text(zh="批次用超了", en="more was taken from the lot than was in it"),
    "lot_overfull": Text(zh="退回批次的多于用掉的", en="more was given back to the lot than was taken"),
    "lot_terms_changed": Text(zh="批次的条件与账户所记不符", en="the lot's terms differ from what its account says"),
    "lot_used_after_end": Text(zh="批次到期后还被使用", en="the lot was used after its end"),
    "measure_negative": Text(zh="计量为负：{field}", en="the measure is negative: {field}"),
    "measure_out_of_step": Text(zh="计量与流水不符：{field}", en="the measure differs from the journals: {field}"),
    "pending_open": Text(zh="会员之间的转移没有两头对上", en="what one membership handed over no other took"),
    "programme_mixed": Text(zh="一户之内混入别的章程", en="rows of another programme in one membership"),
    "row_without_journal": Text(zh="有明细无流水", en="a row without its journal"),
    "seal_altered": Text(zh="封存之后被改：{field}", en="the seal does not hold: {field}"),
    "seal_chain_broken": Text(zh="与上一日的封存接不上", en="the seal does not follow from the one before"),
    "transfer_missing": Text(zh="缺一笔转账", en="a transfer is missing"),
    "transfer_unmatched": Text(zh="转账金额与批次不符", en="the transfer's amount differs from its lots"),
    "use_missing": Text(zh="缺一条批次使用", en="a lot use is missing"),
    "use_without_lot": Text(zh="使用了不存在的批次", en="a use of a lot that is not there"),
    "written_backwards": Text(zh="记账时间倒流", en="written before the journal it follows"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where (table and key of the line), what was expected and what is there.

    `membership` is None for a fault of a whole programme. `field` names the part of the line, where one is meant.
    """

    code: str
    table: str
    key: tuple[int | str, ...]
    expected: str
    found: str
    membership: int | None = None
    programme: int | None = None
    field: str = ""

    @property
    def line(self) -> str:
        """The line as one would look it up: 'ledger_transfer(382, 17, 1)'."""
        return f"{self.table}({', '.join(map(str, self.key))})"

    def say(self, lang: str) -> str:
        """A sentence with the line, what was expected and what is there."""
        sentence = SENTENCES[self.code].fill(lang, field=self.field)
        if lang == "zh":
            return f"{self.line}：{sentence}。应为 {self.expected}，实为 {self.found}。"
        return f"{self.line}: {sentence}. Expected {self.expected}, found {self.found}."

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "programme": self.programme,
            "membership": self.membership,
            "table": self.table,
            "key": list(self.key),
            "field": self.field,
            "expected": self.expected,
            "found": self.found,
            "text": {"zh": self.say("zh"), "en": self.say("en")},
        }
