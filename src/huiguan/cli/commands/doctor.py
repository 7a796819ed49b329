"""`huiguan doctor`: what is wrong, and what to do."""

from __future__ import annotations

import json
import sys

import click

from huiguan.cli.doctoring import Finding, check_all
from huiguan.cli.terminal import out
from huiguan.foundation.embedded import data_folder
from huiguan.foundation.embedded.telling import spoken_language

_MARKS = {"ok": "[green]✓[/]", "warn": "[yellow]![/]", "wrong": "[red]✗[/]"}
_WORDS = {
    "zh": {"ok": "正常", "warn": "留意", "wrong": "有误"},
    "en": {"ok": "ok", "warn": "warn", "wrong": "wrong"},
}


@click.command("doctor", short_help="Say what is wrong and what to do. 检查安装。")
@click.option("--json", "as_json", is_flag=True, help="As a list for programs.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language; LANG decides otherwise.")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HUIGUAN_HOST", help="Address serve would use.")
@click.option("--port", default=0, show_default=True, envvar="HUIGUAN_PORT", help="Port serve would use.")
def command(as_json: bool, lang: str | None, host: str, port: int) -> None:
    """Look at the installation: Python, data folder, disk, secrets, database, port, browser.

    检查安装：Python、数据目录、磁盘、密钥、数据库、端口、浏览器。有误时退出码为 1。
    """
    spoken = lang or spoken_language()
    findings = check_all(data=data_folder(), host=host, port=port)
    if as_json:
        print(json.dumps([finding.as_json(spoken) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _show(findings, spoken)
    sys.exit(any(finding.state == "wrong" for finding in findings))


def _show(findings: list[Finding], lang: str) -> None:
    for finding in findings:
        out.print(_MARKS[finding.state], _WORDS[lang][finding.state], end=" ")
        out.print(finding.found.of(lang), markup=False)
        if finding.advice is not None:
            out.print(f"    → {finding.advice.of(lang)}", markup=False)
