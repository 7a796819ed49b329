"""Finding and locking nodes of the organisation."""

from __future__ import annotations

from huiguan.identity.models import Node
from huiguan.identity.values import Place
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_PLACE = Text(zh="机构", en="place")


def text_of(node: Node) -> Text:
    return Text(zh=node.name_zh, en=node.name_en)


def lock_house(programme: int) -> Node:
    """The root, locked: changes of tree and posts wait for each other, so that no shop opens under a closing region
    and the last owner cannot be dismissed twice at once. Always the first lock of this room."""
    root = Node.objects.select_for_update().filter(programme_id=programme, parent=None).first()
    if root is None:
        raise NotFound(what=_PLACE, given=f"#{programme}")
    return root


def find_node(programme: int, code: str, field: str) -> Node:
    found = Node.objects.filter(programme_id=programme, code=code).first()
    if found is None:
        raise NotFound(field=field, what=_PLACE, given=code)
    return found


def place_of(node: Node, depth: int | None = None) -> Place:
    """A node as other rooms see it; its depth is counted up the tree unless told."""
    return Place(
        id=node.pk,
        kind=node.kind,
        code=node.code,
        name=text_of(node),
        parent=node.parent_id,
        depth=_depth(node) if depth is None else depth,
        closed_at=node.closed_at,
    )


def _depth(node: Node) -> int:
    depth, above = 0, node.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth
