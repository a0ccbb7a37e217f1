"""A filter used wrongly in a pack is told in Chinese, not in the words of Python."""

from __future__ import annotations

import pytest

from reportgen.core.errors import PackError
from reportgen.language.expressions import Language


@pytest.mark.parametrize(
    "source", ["{{ 名|取 }}", "{{ 名|取(1, 2, 3) }}", "{{ 名|取(名) }}"]
)
def test_a_filter_with_wrong_arguments(source: str) -> None:
    language = Language(
        "甲/snippets.yaml", filters={"取": lambda text, at: text[at]}
    )
    with pytest.raises(PackError) as stopped:
        language.text(source)({"名": "甲"})
    assert "过滤器的参数不对" in str(stopped.value)
    assert "lambda" not in str(stopped.value)
