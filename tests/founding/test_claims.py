"""Who may found an installation in a browser: one code, one browser, until it is founded."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.founding.claims import SetUpCodeWrong, claim, is_claimed, new_code, void


def test_a_code_is_good_once_and_as_anybody_types_it(tmp_path: Path) -> None:
    code = new_code(tmp_path)
    kept = (tmp_path / "setup-code").read_text(encoding="ascii")
    assert code not in kept and (tmp_path / "setup-code").stat().st_mode & 0o777 == 0o600
    proof = claim(tmp_path, code.replace("-", " ").lower())
    assert is_claimed(tmp_path, proof)
    assert not is_claimed(tmp_path, "") and not is_claimed(tmp_path, code)
    with pytest.raises(SetUpCodeWrong):
        claim(tmp_path, code)


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA-AAAA-AAAA", "----"])
def test_another_code_opens_nothing(tmp_path: Path, typed: str) -> None:
    with pytest.raises(SetUpCodeWrong):
        claim(tmp_path, typed)
    new_code(tmp_path)
    with pytest.raises(SetUpCodeWrong):
        claim(tmp_path, typed)


def test_the_next_start_gives_another_and_the_next_browser_shuts_out_the_first(tmp_path: Path) -> None:
    first = new_code(tmp_path)
    here = claim(tmp_path, first)
    second = new_code(tmp_path)
    assert is_claimed(tmp_path, here)  # a restart interrupts nobody
    there = claim(tmp_path, second)
    assert is_claimed(tmp_path, there) and not is_claimed(tmp_path, here)
    void(tmp_path)
    assert not is_claimed(tmp_path, there)
    assert list(tmp_path.iterdir()) == []
