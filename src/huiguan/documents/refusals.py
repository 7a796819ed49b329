"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class FileEmpty(Refusal):
    text = Text(zh="文件是空的，请重新选择。", en="The file is empty: choose another.")
    status = 422
    rank = "input"


class TooManyPapers(Refusal):
    """More than anybody needs: so many lie with one holder already, or so many versions of one paper."""

    text = Text(
        zh="最多收 {most} 份；请先整理已交的材料。", en="At most {most} are taken: tidy up what is there first."
    )
    rank = "limit"


class PaperTooLarge(Refusal):
    text = Text(
        zh="文件有 {size} MB，最多 {most} MB；扫描件请用 200–300 dpi，或分成几份。",
        en="The file has {size} MB, at most {most} MB are taken: scan at 200–300 dpi, or split it.",
    )
    status = 422
    rank = "input"


class FileNotAccepted(Refusal):
    """What it is, by its content, is not among what is taken."""

    text = Text(
        zh="不接受这种文件（{what}）。请用 PDF、JPG、PNG、WebP、DOCX 或 XLSX。",
        en="This kind of file ({what}) is not taken. Use PDF, JPG, PNG, WebP, DOCX or XLSX.",
    )
    status = 422
    rank = "input"


class FileDisguised(Refusal):
    """The name says one thing, the content another."""

    text = Text(
        zh="文件名说是 {named}，内容却是{what}，不能接收。",
        en="Its name says {named}, its content is {what}: it is not taken.",
    )
    status = 422
    rank = "input"


class FileLocked(Refusal):
    text = Text(
        zh="文件设了密码，打不开。请去掉密码再上传。",
        en="The file is locked with a password: remove it, then upload again.",
    )
    status = 422
    rank = "input"


class FileDamaged(Refusal):
    text = Text(
        zh="文件打不开：{why}。请重新扫描或另存后再上传。",
        en="The file cannot be opened ({why}). Scan or save it anew.",
    )
    status = 422
    rank = "input"


class FileActive(Refusal):
    """A paper holds words and pictures, nothing that runs or fetches."""

    text = Text(
        zh="文件里有会自己运行的东西（{what}），不能接收。请打印成 PDF 再上传。",
        en="The file holds something that runs by itself ({what}). Print it to PDF and upload that.",
    )
    status = 422
    rank = "input"


class FileSwells(Refusal):
    """A bomb: small to send, huge once it is opened."""

    text = Text(
        zh="文件展开后过大（{what}），不能接收。",
        en="Opened, the file swells beyond measure ({what}): it is not taken.",
    )
    status = 422
    rank = "input"


class FileOfTwoKinds(Refusal):
    """One file that is two: each program would see another."""

    text = Text(
        zh="文件里还藏着另一种文件（{what}），不能接收。",
        en="Another file ({what}) is hidden inside this one: it is not taken.",
    )
    status = 422
    rank = "input"


class VirusFound(Refusal):
    text = Text(zh="文件里查出病毒：{name}。", en="The file carries a virus: {name}.")
    status = 422
    rank = "input"
    recorded = True


class ScannerSilent(Refusal):
    """A scanner is set up and does not answer: unscanned files are not taken."""

    text = Text(
        zh="查毒程序没有回答，暂时不能上传，请稍后再试。",
        en="The virus scanner does not answer; uploads wait. Try again soon.",
    )
    status = 503
    rank = "state"


class DocumentWithdrawn(Refusal):
    text = Text(zh="材料 {number} 已撤回。", en="The paper {number} has been withdrawn.")


class NoFileYet(Refusal):
    text = Text(
        zh="材料 {number} 只登记了纸质件，没有文件。", en="Of {number} only paper was registered; there is no file."
    )
    status = 404
    rank = "existence"


class NothingUploaded(Refusal):
    """A paper is judged, or shown, once there is something to look at."""

    text = Text(zh="请选择文件，或写明收到的纸质件。", en="Choose a file, or say that the paper itself was received.")
    status = 422
    rank = "input"


class VerdictWithoutReason(Refusal):
    text = Text(
        zh="不通过或要说明的，请写明原因：申请人要看。",
        en="Say why it does not pass or is unclear: the applicant reads it.",
    )
    status = 422
    rank = "input"


class TemplateWithdrawn(Refusal):
    text = Text(zh="模板“{title}”已停用。", en="The template {title} is no longer in use.")


class AcceptanceUnknown(Refusal):
    text = Text(zh="章程里没有要签的 {given}。", en="The rulebook has nothing called {given} to sign.")
    status = 404
    rank = "existence"


class EditionOutdated(Refusal):
    text = Text(
        zh="这份的现行版本是 {edition}，不是 {given}，请看过新版再签。",
        en="The edition in force is {edition}, not {given}: read the new one before you sign.",
    )
    rank = "window"


class SignerNotAsked(Refusal):
    text = Text(zh="这份不用{role}签。", en="This is not for {role} to sign.")
    status = 422
    rank = "input"


class AlreadySigned(Refusal):
    text = Text(zh="{at} 已经签过这一版。", en="This edition was signed already, on {at}.")


class AcceptanceNeeded(Refusal):
    """Something waits until this is signed."""

    text = Text(zh="{why}", en="{why}")
    rank = "standing"
