from pathlib import Path

import pytest
from published import (
    LEAST_PRECISION,
    LEAST_RECALL,
    PUBLICATIONS,
    SHARED,
    TOOL,
    Publication,
    build,
    compare,
)

pytestmark = pytest.mark.skipif(
    not TOOL.is_file(),
    reason=f"the published texts and the tool that compares lie in {SHARED}, which is not there",
)


@pytest.mark.parametrize(
    "publication", PUBLICATIONS, ids=lambda one: f"{one.number}-{one.input}"
)
def test_the_documents_give_back_what_was_published(
    publication: Publication, tmp_path: Path
) -> None:
    assert publication.text is not None, (
        f"no text {publication.number} in {SHARED / 'seeds'}"
    )

    measured = compare(publication.text, build(publication, tmp_path))

    assert measured.recall >= LEAST_RECALL, measured.told
    assert measured.precision >= LEAST_PRECISION, measured.told


def test_documents_of_another_unit_do_not_pass(tmp_path: Path) -> None:
    lukou, xiangshan = PUBLICATIONS[2], PUBLICATIONS[3]
    assert lukou.text is not None

    measured = compare(lukou.text, build(xiangshan, tmp_path))

    assert not measured.reached
