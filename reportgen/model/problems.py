"""What is wrong with the content of a file, each problem with its place and a way out, in plain Chinese."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from reportgen.core.errors import Place
from reportgen.core.findings import ERROR, Finding, dotted
from reportgen.core.value import FieldPath
from reportgen.model.shape import Model, field_named, fields_of
from reportgen.model.synonyms import meanings
from reportgen.sources.yaml_tree import YamlDocument

_NESTED = (
    2  # levels below a block where the home of a misplaced key is looked for
)
# how like two keys are, in percent
_ALIKE = 75
_VAGUE = 45
Keys = dict[str, str]  # by every name that a block knows


def find_problems(
    model: Model, document: YamlDocument, error: ValidationError
) -> list[Finding]:
    """One finding for each wrong key or value, in the order of the file."""
    found = [
        Finding(code, ERROR, message, place, dotted(path))
        for problem in error.errors(include_url=False)
        for path in [_path_of(problem)]
        for code, message, place in _explain(model, document, path, problem)
    ]
    wrong = [one for one in found if one.code == "DAT004"]
    found = [one for one in found if not _is_misspelt(one, wrong)]
    return sorted(found, key=lambda one: (one.place.line, one.place.column))


def _is_misspelt(missing: Finding, wrong: Sequence[Finding]) -> bool:
    """Whether a key is missing because it stands there under a wrong name."""
    if missing.code != "DAT010":
        return False
    block, _, key = missing.path.rpartition(".")
    meant = [one for one in wrong if f"「{key}」" in one.message]
    return block in {one.path.rpartition(".")[0] for one in meant}


def _path_of(problem: Any) -> FieldPath:
    """The field that a problem is about."""
    path = tuple(step for step in problem["loc"] if step != "[key]")
    item = problem.get("ctx", {}).get(
        "item"
    )  # a list that its validator reads as a whole says which item it was
    return path if item is None else (*path, item)


def _explain(
    model: Model, document: YamlDocument, path: FieldPath, problem: Any
) -> Iterator[tuple[str, str, Place]]:
    """Code, message and place of a problem."""
    kind = str(problem["type"])
    where = dotted(path)
    typed = typed_path(document.data, path, model)
    place = document.place(typed)
    if kind == "extra_forbidden":
        yield (
            "DAT004",
            f"{where}：不认识的键「{path[-1]}」；{_suggestion(model, document, path)}",
            document.key_place(typed),
        )
    elif kind.startswith("DAT"):
        yield kind, f"{where}：{problem['msg']}", place
    elif kind == "missing":
        yield "DAT010", _missing(document, typed, where), place
    elif kind == "literal_error":
        allowed = "、".join(
            re.findall(r"'([^']*)'", problem["ctx"]["expected"])
        )
        yield "DAT005", f"{where}：只能填 {allowed}", place
    else:
        yield "DAT005", f"{where}：{_shape(kind, problem['input'])}", place


def _missing(document: YamlDocument, typed: FieldPath, where: str) -> str:
    """What to say of a field that has to be there."""
    if document.exact_place(typed):
        is_in_list = any(isinstance(step, int) for step in typed)
        rest = "，不需要这一项的请整项删去" if is_in_list else ""
        return f"必填项「{where}」是空的；请填写{rest}"
    return f"缺少必填项「{where}」；请补上，例如 {typed[-1]}: …"


def _value_at(data: Any, path: FieldPath) -> Any:
    """What was typed at a path."""
    for step in path:
        data = data[step]
    return data


def _shape(kind: str, value: Any) -> str:
    """What should stand where a list, a block or a single value was expected."""
    if kind in ("tuple_type", "list_type"):
        empty = "；没有内容时留空即可" if isinstance(value, str) else ""
        return f"这里应是列表，每一项单独一行、以“- ”开头{empty}"
    if kind not in ("model_type", "dict_type", "model_attributes_type"):
        return "填写的内容无法识别，请核对"
    if value is None:
        return "这一项是空的；请填写，或删去这一项"
    is_list = isinstance(value, list)
    held = "是一个列表；请删去“- ”" if is_list else "只有一个值"
    return f"这里应有下级项目（换行后缩进两格填写），实际{held}"


def _suggestion(model: Model, document: YamlDocument, path: FieldPath) -> str:
    """What a wrong key may have been meant as, or where it belongs."""
    owner = owner_of(model, path[:-1])
    key = str(path[-1])
    if owner is None:
        return "请删除，或核对它的位置和缩进"
    names = _names(owner)
    if key in names:
        return f"它与「{names[key]}」是同一项，请删去其中一个"
    words = meanings(key)
    free = _free_names(
        names, document, typed_path(document.data, path[:-1], model)
    )
    likely = [known for known in words if known in free] or _alike(key, free)
    if likely:
        return f"是否应为「{'」或「'.join(likely)}」"
    used = next((known for known in words if known in names), "")
    if used:
        return f"它与「{used}」是同一项，请删去其中一个"
    return _elsewhere(model, owner, key) or _in_the_block(key, free, names)


def _elsewhere(model: Model, owner: Model, key: str) -> str:
    """Where the key, or what it stands for, belongs in another block."""
    for known in (key, *meanings(key)):
        home = _home(owner, known) or _home(model, known)
        if home:
            return f"{_called(key, known)}应写在{home}，请核对它的位置和缩进"
    return ""


def _in_the_block(
    key: str,
    free: Keys,
    names: Keys,
) -> str:
    """The key of the block that is a little like the wrong one, or all of them."""
    best = process.extractOne(
        key, list(free), scorer=fuzz.ratio, score_cutoff=_VAGUE
    )
    if best:
        return f"是否应为「{free[best[0]]}」"
    return f"这里可以填：{'、'.join(dict.fromkeys(names.values()))}"


def _called(key: str, known: str) -> str:
    """A key, and the name that it has here."""
    return f"「{key}」" if key == known else f"「{key}」在这里叫「{known}」，"


def _free_names(names: Keys, document: YamlDocument, block: FieldPath) -> Keys:
    """The names of a block that are not yet used in the file, either language."""
    used = {names.get(key) for key in _value_at(document.data, block)}
    return {name: key for name, key in names.items() if key not in used}


def _alike(key: str, free: Keys) -> list[str]:
    """The names most like `key`; more than one where they are equally like it."""
    found = process.extract(
        key, list(free), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    best = [name for name, score, _ in found if score == found[0][1]]
    return list(dict.fromkeys(free[name] for name in best))


def _names(owner: Model) -> Keys:
    """Every name that a block knows, and the Chinese key it stands for: the keys first."""
    fields = fields_of(owner)
    return {one.key: one.key for one in fields} | {
        one.name: one.key for one in fields
    }


def _home(owner: Model, key: str) -> str:
    """The nearest block at or below `owner` that has `key`."""
    level: list[tuple[str, Model]] = [("最外层", owner)]
    for _ in range(_NESTED + 1):
        for label, block in level:
            if field_named(block, key):
                return label
        level = list(
            chain.from_iterable(_blocks_in(block) for _, block in level)
        )
    return ""


def _blocks_in(block: Model) -> Iterator[tuple[str, Model]]:
    """The blocks right below a block, with what to call their place."""
    for field in fields_of(block):
        if field.model is not None:
            yield f"「{field.key}」下面", field.model


def owner_of(model: Model, path: Sequence[str | int]) -> Model | None:
    """The model class that stands at `path` below `model`, or None where there is none."""
    owner: Model | None = model
    named = False  # whether the next step is a name that the file chooses itself, as in 叙述 or 短语
    for step in path:
        if isinstance(step, int) or named:
            named = False
            continue
        field = field_named(owner, step) if owner else None
        owner, named = (field.model, field.named) if field else (None, False)
    return owner


def typed_path(data: Any, path: FieldPath, model: Model) -> FieldPath:
    """`path` with each key as it was typed in the file, Chinese or English."""
    typed: list[str | int] = []
    for position, step in enumerate(path):
        key = step
        if isinstance(data, dict) and step not in data:
            owner = owner_of(model, path[:position])
            field = field_named(owner, str(step)) if owner else None
            key = field.name if field and field.name in data else step
        typed.append(key)
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            data = None
    return tuple(typed)
