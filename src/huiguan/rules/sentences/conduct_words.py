"""The words of measures as people read them. Rights are said as those of a membership are."""

from __future__ import annotations

from huiguan.kernel.text import Text

CONDUCT = {
    "standing.suspended": Text(zh="暂停", en="suspended"),
    "standing.expelled": Text(zh="取消", en="cancelled"),
    "tasks.rectify": Text(zh="整改", en="putting it right"),
    "tasks.training": Text(zh="参加培训", en="training"),
    "tasks.apology": Text(zh="书面检讨", en="a written apology"),
    "published.no": Text(zh="不公布", en="not published"),
    "published.members": Text(zh="在会员中通报", en="made known to members"),
    "published.public": Text(zh="向社会公布", en="published"),
}
