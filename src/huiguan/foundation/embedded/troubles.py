"""What can keep the database from running, each said with what to do about it."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class DatabaseTrouble(Refusal):
    """The base of everything that keeps the database from serving."""

    text = Text(zh="数据库不能使用。", en="The database cannot be used.")
    status = 503


class BinariesMissing(DatabaseTrouble):
    text = Text(
        zh="在 {folder} 找不到可用的 {program}。请重装依赖（make setup），或以 HUIGUAN_PG_BIN 指明 PostgreSQL 程序目录。",
        en="No usable {program} in {folder}. Install the dependencies again (make setup), or name a folder of "
        "PostgreSQL programs in HUIGUAN_PG_BIN.",
    )


class DataFolderInUse(DatabaseTrouble):
    text = Text(
        zh="数据目录 {folder} 已由 {holder} 使用；同一目录只能有一个服务。请先停止它，或以 HUIGUAN_DATA 另指目录。",
        en="The data folder {folder} is in use by {holder}; one folder has one server. Stop that one first, or name "
        "another folder in HUIGUAN_DATA.",
    )


class DataFolderForbidden(DatabaseTrouble):
    text = Text(
        zh="用户 {user} 不能使用数据目录 {folder}（属于 {owner}）。请以该用户运行，或以 HUIGUAN_DATA 另指目录。",
        en="The user {user} may not use the data folder {folder} (it belongs to {owner}). Run as that user, or name "
        "another folder in HUIGUAN_DATA.",
    )


class DataFolderUnusable(DatabaseTrouble):
    """`why` as the system says it."""

    text = Text(
        zh="{folder} 不能作数据目录：{why}。请以 HUIGUAN_DATA 另指目录。",
        en="{folder} cannot be the data folder: {why}. Name another folder in HUIGUAN_DATA.",
    )


class NoUnprivilegedUser(DatabaseTrouble):
    text = Text(
        zh="PostgreSQL 不以 root 运行，而本机没有可用的普通用户 {tried}。请以 HUIGUAN_PG_USER 指明一个已有用户。",
        en="PostgreSQL does not run as root and none of the users {tried} exists here. Name an existing user in "
        "HUIGUAN_PG_USER.",
    )


class ServerDidNotStart(DatabaseTrouble):
    text = Text(
        zh="PostgreSQL 没有启动：{why}。日志：{log}",
        en="PostgreSQL did not start: {why}. Its log: {log}",
    )


class ServerDoesNotAnswer(DatabaseTrouble):
    text = Text(
        zh="等了 {seconds} 秒，数据库仍未应答：{why}",
        en="The database has not answered for {seconds} {seconds:second|seconds}: {why}",
    )


class OrphanWillNotStop(DatabaseTrouble):
    text = Text(
        zh="数据目录 {folder} 上遗留的 PostgreSQL 没有停止。请结束它（或重启机器）后再试。",
        en="A PostgreSQL left over on {folder} does not stop. End it (or restart the machine) and try again.",
    )


class ClusterGone(DatabaseTrouble):
    text = Text(
        zh="{pointer} 指明数据库在 {folder}，而那里已经没有了。请从备份恢复；确定要从头开始时，删除 {pointer}。",
        en="{pointer} says the database is in {folder}, and it is gone. Restore it from a backup; to begin anew, "
        "delete {pointer}.",
    )


class ForeignServer(DatabaseTrouble):
    text = Text(
        zh="{folder} 上已有另外启动的 PostgreSQL（进程 {pid}）。请先停止它，或以 DATABASE_URL 使用它。",
        en="A PostgreSQL started by somebody else (process {pid}) runs on {folder}. Stop it first, or use it through "
        "DATABASE_URL.",
    )


class DatabaseTooOld(DatabaseTrouble):
    text = Text(
        zh="数据库是 PostgreSQL {found}，需要 15 或更新的版本。",
        en="The database is PostgreSQL {found}; 15 or newer is needed.",
    )


class ClusterOfOtherRelease(DatabaseTrouble):
    text = Text(
        zh="{folder} 中的数据属于 PostgreSQL {found}，而程序是 {given}。请以 HUIGUAN_PG_BIN 指明 {found} 的程序目录。",
        en="The data in {folder} is of PostgreSQL {found}, the programs are {given}. Name a folder of programs of "
        "{found} in HUIGUAN_PG_BIN.",
    )
