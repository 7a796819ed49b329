"""What the database alone can do: the same row writes of one sale as one call, on copies of the same tables.

The call is given what it is to write (the account's units, the sale's document, tallies) as any caller must.

The copies have the same columns, keys, checks and layout, and an account for every member, so that the books that are
proved afterwards are not touched.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from huiguan.foundation.embedded import pgbench_path
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_TABLES = (
    "ledger_account", "ledger_journal", "ledger_transfer", "ledger_lot", "ledger_lot_use", "ledger_measure",
    "checkout_sale",
)  # fmt: skip
_SALE = """
CREATE FUNCTION raw.sale(member bigint, units text, tallies text, measures text, document text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    account raw.ledger_account;
    evidence raw.checkout_sale;
    moment timestamptz := clock_timestamp();
    proof bytea := sha256(member::text::bytea);
BEGIN
    SELECT * INTO evidence FROM raw.sample;
    UPDATE raw.ledger_account SET seq = seq + 1, head = proof, units = sale.units::jsonb, written_at = moment
        WHERE membership_id = member RETURNING * INTO account;
    INSERT INTO raw.ledger_journal (membership_id, seq, programme_id, at, written_at, cause_kind, cause_ref, actor,
        version, tallies, previous, hash)
        VALUES (member, account.seq, account.programme_id, moment, moment, 'sale', member || '-' || account.seq,
            evidence.client, evidence.version, sale.tallies::jsonb, proof, proof);
    INSERT INTO raw.ledger_transfer (membership_id, seq, n, programme_id, unit, debit, credit, amount, clause)
        VALUES (member, account.seq, 1, account.programme_id, 'points', 'member:' || member || ':points',
            'house:points:redeemed', 20, 'B55-20'),
            (member, account.seq, 2, account.programme_id, 'points', 'house:points:issued',
            'member:' || member || ':points', 60, 'B55-13');
    INSERT INTO raw.ledger_lot (membership_id, seq, n, programme_id, unit, amount, earned_at, expires_at, clause)
        VALUES (member, account.seq, 2, account.programme_id, 'points', 60, moment, moment + interval '1 year', 'B55-14');
    INSERT INTO raw.ledger_lot_use (membership_id, seq, n, programme_id, transfer, lot_seq, lot_n, amount)
        VALUES (member, account.seq, 1, account.programme_id, 1, 1, 1, 20);
    INSERT INTO raw.ledger_measure AS held (membership_id, day, programme_id, tallies)
        VALUES (member, moment::date, account.programme_id, sale.measures::jsonb)
        ON CONFLICT (membership_id, day) DO UPDATE SET tallies = excluded.tallies;
    INSERT INTO raw.checkout_sale (membership_id, seq, programme_id, shop_id, number, client, key, fingerprint, at,
        written_at, version, price_total, paid, clerk, document)
        VALUES (member, account.seq, account.programme_id, evidence.shop_id, member || '-' || account.seq,
            evidence.client, member || '-' || account.seq, proof, moment, moment, evidence.version,
            evidence.price_total, evidence.paid, evidence.clerk, sale.document::jsonb);
    RETURN account.seq;
END $$
"""
_DOCUMENTS = """
SELECT (SELECT units::text FROM public.ledger_account WHERE membership_id = %(member)s),
       (SELECT tallies::text FROM public.ledger_journal WHERE membership_id = %(member)s AND seq = 2),
       (SELECT tallies::text FROM public.ledger_measure WHERE membership_id = %(member)s LIMIT 1),
       (SELECT document::text FROM public.checkout_sale WHERE membership_id = %(member)s LIMIT 1)
"""
_LAYOUT = """
ALTER TABLE raw.ledger_account SET (fillfactor = 70);
ALTER TABLE raw.ledger_measure SET (fillfactor = 80);
"""
_SCRIPT = """\\set member random(1, {members})
SELECT raw.sale(:member, :units, :tallies, :measures, :document);
"""
_ANSWER = re.compile(r"tps = ([0-9.]+)")


class RawRunFailed(Refusal):
    text = Text(zh="pgbench 没有跑完：{why}", en="pgbench did not run through: {why}")


def prepare(sample: int) -> dict[str, str]:
    """The copies and the call. The sale of member `sample`, committed before, is what every call writes: its documents
    by name."""
    copy_tables(_TABLES, _LAYOUT)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE raw.sample AS SELECT * FROM public.checkout_sale WHERE membership_id = %s LIMIT 1", [sample]
        )
        cursor.execute(_SALE)
        cursor.execute(_DOCUMENTS, {"member": sample})
        return dict(zip(("units", "tallies", "measures", "document"), cursor.fetchone(), strict=True))


def copy_tables(tables: Sequence[str], layout: str = "") -> None:
    """Copies of `tables` in the schema `raw`, laid out as `layout` says, with every account."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA raw")
        for table in tables:
            cursor.execute(f"CREATE TABLE raw.{table} (LIKE public.{table} INCLUDING ALL)")
        if layout:
            cursor.execute(layout)
        cursor.execute("INSERT INTO raw.ledger_account SELECT * FROM public.ledger_account")
        cursor.execute("VACUUM ANALYZE raw.ledger_account")
        cursor.execute("CHECKPOINT")


def limit(url: str, documents: dict[str, str], *, connections: int, seconds: int, members: int) -> float:
    """Calls a second that `connections` of pgbench reach."""
    with tempfile.TemporaryDirectory(prefix="huiguan-pgbench-") as folder:
        script = Path(folder) / "sale.sql"
        script.write_text(_SCRIPT.format(members=members), encoding="ascii")
        answer = subprocess.run(
            [
                str(pgbench_path()), "--no-vacuum", "--protocol=prepared", f"--client={connections}",
                f"--jobs={min(connections, 2)}", f"--time={seconds}", f"--file={script}",
                *(f"--define={name}={text}" for name, text in documents.items()), url,
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    found = _ANSWER.search(answer.stdout)
    if answer.returncode or not found:
        raise RawRunFailed(why=(answer.stderr or answer.stdout).strip()[-400:])
    return float(found.group(1))
