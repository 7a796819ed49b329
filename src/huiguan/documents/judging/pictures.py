"""Pictures: drawn anew from their points, so that nothing else in the file comes along: no place, no camera, no tail."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from huiguan.documents.refusals import FileDamaged, FileSwells
from huiguan.kernel.text import Text

MOST_POINTS = 60_000_000
LONGEST = 5000  # of a side: an A4 page at 400 dpi
_WHY = Text(zh="不是完整的图片", en="it is not a whole picture")


def redrawn(data: bytes) -> tuple[bytes, str]:
    """The picture drawn anew and its ending, jpg or png. Refuses FileDamaged, FileSwells."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
                width, height = picture.size
                if width * height > MOST_POINTS:
                    raise FileSwells(field="file", what=Text(zh=f"{width}×{height} 点", en=f"{width}×{height} points"))
                return _drawn(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise FileSwells(field="file", what=Text(zh="图片太大", en="too large a picture")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise FileDamaged(field="file", why=_WHY) from None


def _drawn(picture: Image.Image) -> tuple[bytes, str]:
    ending = "png" if picture.format == "PNG" else "jpg"
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST, LONGEST))
    plain = upright.convert("RGBA" if ending == "png" and "A" in upright.getbands() else "RGB")
    out = io.BytesIO()
    if ending == "png":
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=88)
    return out.getvalue(), ending
