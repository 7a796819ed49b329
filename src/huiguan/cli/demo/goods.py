"""The fictional collection: what hangs on the rails, in which colours, at which price."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

# name, category, list price in yuan
PIECES = (
    ("双面呢茧型大衣", "大衣", 3280), ("羊绒长款大衣", "大衣", 5680), ("廓形短大衣", "大衣", 2680),
    ("真丝提花衬衫", "衬衫", 1280), ("棉麻立领衬衫", "衬衫", 780), ("斜襟长衬衫", "衬衫", 980),
    ("羊绒圆领衫", "针织", 1180), ("镂空针织开衫", "针织", 880), ("高领打底衫", "针织", 580),
    ("香云纱连衣裙", "连衣裙", 2380), ("真丝吊带裙", "连衣裙", 1680), ("棉麻长裙", "连衣裙", 1080),
    ("百褶半裙", "半裙", 980), ("不对称半裙", "半裙", 1080), ("羊毛直筒半裙", "半裙", 880),
    ("阔腿西裤", "裤装", 980), ("锥形九分裤", "裤装", 780), ("真丝阔腿裤", "裤装", 1380),
    ("羊绒长围巾", "配饰", 680), ("手绘真丝方巾", "配饰", 480), ("牛皮腰封", "配饰", 420),
    ("手工布扣胸针", "配饰", 180), ("绣花帆布袋", "配饰", 260), ("小羊皮短靴", "鞋履", 1880),
    ("平底布鞋", "鞋履", 680), ("茧形羽绒服", "羽绒", 3680), ("轻薄羽绒背心", "羽绒", 1280),
)  # fmt: skip
COLOURS = ("墨", "月白", "茶褐", "朱砂", "石绿", "靛", "驼", "霜", "藕荷")


@dataclass(frozen=True, slots=True)
class Piece:
    """One SKU. `price` and `cost` in fen."""

    sku: str
    name: str
    category: str
    price: int
    cost: int


# Pieces that stand in the story of one member, told the same in every demonstration.
FIXED = (
    Piece("DN26W-0118", "双面呢茧型大衣 · 墨 · M", "大衣", 328000, 112000),
    Piece("DN26W-0342", "真丝提花衬衫 · 月白 · S", "衬衫", 128000, 43000),
    Piece("DN26W-0907", "羊绒长围巾 · 朱砂", "配饰", 68000, 21000),
    Piece("DN26S-0207", "香云纱长衫 · 茶褐", "连衣裙", 218000, 74000),
    Piece("DN26S-0311", "真丝廓形长裙 · 霜", "连衣裙", 208000, 69000),
    Piece("DN26S-0412", "手绘真丝方巾 · 荷", "配饰", 48000, 15000),
    Piece("DN26W-0225", "羊毛廓形西装 · 驼", "外套", 164000, 55000),
    Piece("DN26S-0118", "棉麻长衫 · 石绿", "衬衫", 148000, 49000),
)


def collection(random: Random) -> list[Piece]:
    """Every piece in three to five colours."""
    pieces: list[Piece] = []
    for i, (name, category, yuan) in enumerate(PIECES):
        for j, colour in enumerate(random.sample(COLOURS, random.randint(3, 5))):
            sku = f"DN26W-{i * 10 + j + 1001:04d}"
            pieces.append(Piece(sku, f"{name} · {colour}", category, yuan * 100, yuan * random.randint(28, 38)))
    return pieces
