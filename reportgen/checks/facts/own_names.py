"""The names that belong to a unit: its own, those of its projects, money and indicators; any other is foreign."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from reportgen.model.unit import Unit
from reportgen.model.walker import Leaf
from reportgen.packs.pack import Pack

Names = tuple[str, ...]
_AROUND = re.compile(
    r"[（(][^（）()]*[)）]|[\s“”\"'「」『』《》、，,·等]|(?:19|20)\d\d年?度?|\d"
)
_ENDINGS = re.compile(r"(?<=.)(?:项目|专项|经费|资金|费用|工程|支出|费)+$")
# From the name of a place to its level: 株洲市, 渌口区, 经济开发区; 社区 and 城乡 are no places.
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,5}?(?:自治区|自治州|自治县|自治旗|新区|开发区|省|市(?!场|政|民|容)|州(?!市)|盟|区|县|旗|镇|乡|街道)"
    r"(?<!社区|园区|景区|校区|灌区|林区|辖区|小区|库区|片区|地区|城乡|乡镇|城镇)"
)
# 公安局曾都区分局: the office of a larger place, of a smaller one whose name follows.
_BRANCH = re.compile(
    r"[\u4e00-\u9fff]{2,8}?局(?=[\u4e00-\u9fff]{1,6}?[区县市旗]分局)"
)
_BODIES = (
    *(
        "人民政府办公室",
        "政府办公室",
        "委员会办公室",
        "服务中心",
        "管理中心",
        "事务中心",
        "发展中心",
        "管理局",
        "事务局",
        "服务局",
    ),
    *("管理处", "管理所", "管理站", "委员会", "办公室", "人民政府", "中心"),
    *"局处所站队馆院校园办委社会",
)


@lru_cache(maxsize=1024)
def core(name: str) -> str:
    """What tells a name from others: without years, digits, brackets, marks and 项目, 经费, 费 … at its end."""
    return _ENDINGS.sub("", _AROUND.sub("", name))


@lru_cache(maxsize=1024)
def places_of(name: str) -> Names:
    """The places that a name begins with, from the largest: 株洲市, 渌口区."""
    found: list[str] = []
    start = 0
    while match := _BRANCH.match(name, start) or _PLACE.match(name, start):
        if match.re is _PLACE:
            found.append(match[0])
        start = match.end()
    return tuple(found)


@dataclass(frozen=True)
class OwnNames:
    """`projects` are the names of projects, each list by position; `others` everything else that has a name here."""

    unit: Names  # the full name first
    projects: tuple[Names, ...]
    others: Names

    @property
    def project_names(self) -> Iterator[str]:
        """The names of all projects."""
        return chain(*self.projects)

    @cached_property
    def project_cores(self) -> Names:
        """What tells the names of projects from others."""
        return tuple(filter(None, map(core, self.project_names)))

    @cached_property
    def everything(self) -> str:
        """Every name, and what tells it from others, a line each."""
        names = (*self.unit, *self.project_names, *self.others)
        return "\n".join((*names, *map(core, names)))

    @cached_property
    def _cores(self) -> Names:
        cores = (*self.project_cores, *map(core, self.others))
        return tuple(dict.fromkeys(one for one in cores if len(one) > 1))

    def is_project(self, name: str) -> bool:
        """Whether `name` is, or holds, or is part of, the name of a project."""
        wanted = core(name)
        return bool(wanted) and any(
            wanted in one or one in wanted for one in self.project_cores
        )

    def knows(self, name: str) -> bool:
        """Whether `name` means anything of this unit: it is part of a name of its own, or holds one."""
        wanted = core(name)
        return (
            not wanted
            or wanted in self.everything
            or any(one in wanted for one in self._cores)
        )

    @cached_property
    def places(self) -> Names:
        """The places that the unit's name begins with, from the largest: 株洲市, 渌口区."""
        return places_of(self.unit[0])

    @cached_property
    def body(self) -> tuple[str, str]:
        """The unit's name without places in two parts: 机关事务, 服务中心."""
        name = self.unit[0]
        for place in self.places:
            name = name.replace(place, "", 1)
        ending = next((one for one in _BODIES if name.endswith(one)), "")
        return (name[: -len(ending)], ending) if ending else (name, "")


def own_names(
    unit: Unit,
    named: Iterable[Leaf],
    pack: Pack,
    below: Iterable[str] = (),
) -> OwnNames:
    """The names of `unit`, among them all that is `named` in its file.

    Those that the pack's forms print in any case and those `below` it are its own too.
    """
    own = tuple(filter(None, (unit.profile.name, unit.profile.short_name)))
    projects = tuple(
        tuple(filter(None, (one.name, one.title, one.listed_name)))
        for one in unit.projects
    )
    others = (
        *[leaf.value for leaf in named],
        *unit.base_data.rows,
        *pack.scoring.framework,
        *pack.scoring.project_framework,
        *pack.manifest.base_rows,
        *below,
    )
    taken = {*own, *chain(*projects)}
    return OwnNames(
        own,
        projects,
        tuple(one for one in dict.fromkeys(others) if one not in taken),
    )


def joined_names(names: Iterable[str]) -> str:
    """「甲」「乙」等 5 个: names for a message, at most three."""
    listed = list(names)
    shown = "".join(f"「{name}」" for name in listed[:3])
    return f"{shown}等 {len(listed)} 个" if len(listed) > 3 else shown
