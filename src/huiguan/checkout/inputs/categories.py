"""What comes in about categories of products."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Word

Code = Annotated[Word, Field(max_length=80)]
Name = Annotated[Line, Field(max_length=80)]


class CategoryInput(Input):
    """`code` is what products and rulebooks call the category, `zh` and `en` what people do; an empty one is the code."""

    code: Code
    zh: Name = ""
    en: Name = ""


class CategoriesInput(Input):
    """Up to two thousand categories; those not named keep what they are called."""

    categories: Annotated[list[CategoryInput], Field(min_length=1, max_length=2000)]
