"""Why a backup was not made, or will not be put back."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class NothingToBackUp(Refusal):
    text = Text(
        zh="{folder} 里还没有安装，没有可备份的。",
        en="There is no installation in {folder} yet, so nothing to back up.",
    )


class BackupNotMade(Refusal):
    text = Text(
        zh="备份没有做成，也没有留下半份文件：{why}", en="No backup was made, and no half of one was left: {why}"
    )


class BackupExists(Refusal):
    text = Text(zh="{file} 已存在，没有覆盖。", en="{file} is there already and was not overwritten.")


class NotABackup(Refusal):
    text = Text(zh="{file} 不是会馆的备份。", en="{file} is no backup of Huiguan's.")
    status = 422
    rank = "input"


class BackupCut(Refusal):
    text = Text(
        zh="{file} 不完整：末尾缺了一段。请换一份。", en="{file} is not whole: its end is missing. Use another one."
    )
    status = 422
    rank = "input"


class BackupAltered(Refusal):
    text = Text(
        zh="{file} 的内容与做成时不同（损坏或被改动）。请换一份。",
        en="{file} is not as it was made (damaged or altered). Use another one.",
    )
    status = 422
    rank = "input"


class BackupKeyWrong(Refusal):
    text = Text(zh="口令不对，{file} 打不开。", en="The passphrase is wrong; {file} does not open.")
    status = 422
    rank = "credential"


class PassphraseNeeded(Refusal):
    text = Text(
        zh="{file} 已加密：请用 --passphrase-file 指明口令文件。",
        en="{file} is encrypted: name the file of its passphrase with --passphrase-file.",
    )
    status = 422
    rank = "credential"


class BackupOfNewerProgram(Refusal):
    text = Text(
        zh="这份备份来自更新的程序（{program}，多出 {what}）。请先装那个版本再恢复。",
        en="This backup is of a newer program ({program}; it has {what}). Install that one first.",
    )


class InstallationThere(Refusal):
    text = Text(
        zh="{folder} 里已有安装（{what}），没有动它。要换成备份里的，请加 --replace；现有的会先另存。",
        en="{folder} holds an installation already ({what}), which was left alone. To put the backup in its place, add "
        "--replace; what is there is kept as a backup first.",
    )


class InstallationRunning(Refusal):
    text = Text(
        zh="还有 {count:count} 个会馆进程在用这个数据库，请先停止它们。",
        en="{count:count} processes of Huiguan use this database; stop them first.",
    )


class FieldKeyDiffers(Refusal):
    text = Text(
        zh="备份里的敏感资料是用另一把密钥封存的，而备份不含密钥：恢复后将无法读取。请把原安装的 secrets/field_key 放进 "
        "{folder}（或设 HUIGUAN_FIELD_KEY）；若已遗失，加 --without-key。",
        en="The sealed fields of this backup were sealed with another key, which the backup does not hold: they could "
        "not be read. Put the old installation's secrets/field_key into {folder} (or set HUIGUAN_FIELD_KEY); if it is "
        "lost, add --without-key.",
    )


class NotRestored(Refusal):
    text = Text(zh="没有恢复，数据库保持原样：{why}", en="It was not restored; the database is as it was before: {why}")
