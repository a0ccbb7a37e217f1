"""Units built elsewhere: files and pack go out as bytes, documents and findings come back, who asked writes them."""

import codecs
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reportgen.batch.jobs import Job
from reportgen.batch.made import Made, make
from reportgen.core.errors import ReportgenError
from reportgen.core.file_names import sha256
from reportgen.core.findings import Finding, Findings, failure_findings
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.packs.pack import Pack
from reportgen.pipeline import PackCache

_PACK_NAME = re.compile(
    rb"""(?m)^(?:\xef\xbb\xbf)?(?:\xe6\xa8\xa1\xe6\x9d\xbf|pack) *: *["']?([^\s"'#]+)"""
)  # 模板
# A unit with 下属单位 (not 下属单位数) is made of several files, and so is built where they lie; of one in UTF-16 it
# cannot be told at a glance.
_NAMES_OTHERS = re.compile("(?:下属单位|subordinate_files)[\"']?\\s*:".encode())
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_SHELVES = 4
_shelves: dict[str, tuple[TemporaryDirectory[str], PackCache]] = {}


class Crate(NamedTuple):
    """One pack as bytes: the files of its folder and of those that it extends, by folder and name."""

    name: str  # as asked for
    folder: str
    files: dict[tuple[str, str], bytes]

    @property
    def digest(self) -> str:
        """The same for the same files."""
        mark = hashlib.sha256(self.name.encode())
        for (folder, name), data in sorted(self.files.items()):
            mark.update(f"{folder}/{name}/{sha256(data)}".encode())
        return mark.hexdigest()


class Parcel(NamedTuple):
    """Units to be made with one pack, and all that is needed for it."""

    jobs: tuple[Job, ...]
    texts: tuple[bytes, ...]  # the file of each job
    crate: Crate


Answer = Made | Findings  # a unit, or why it could not be made


class Packer:
    """Makes parcels of jobs; packs are read once."""

    def __init__(self, packs: PackCache) -> None:
        self._shelf = packs
        self._crates: dict[str, Crate] = {}

    def parcels(self, jobs: Sequence[Job]) -> Iterator[Parcel]:
        """`jobs` in parcels by pack; those that cannot be packed are left out: they are told where they lie."""
        texts: dict[str, list[tuple[Job, bytes]]] = {}
        for job in jobs:
            text = _text_to_send(job)
            if text is not None:
                texts.setdefault(job.pack or _pack_name(text), []).append(
                    (job, text)
                )
        for name, packed in texts.items():
            crate = self._crate(name)
            if crate:
                wanted, sent = zip(*packed, strict=True)
                yield Parcel(wanted, sent, crate)

    def _crate(self, name: str) -> Crate | None:
        if name not in self._crates:
            try:
                self._crates[name] = _crate(name, self._shelf.tools(name).pack)
            except (ReportgenError, OSError):
                return None
        return self._crates[name]


def _text_to_send(job: Job) -> bytes | None:
    """The file of `job`; None of one that is built where it lies, as the comments of review copies name its place."""
    try:
        text = read_plain(job.file)
    except (OSError, ValueError):
        return None
    is_family = text.startswith(_UTF_16) or _NAMES_OTHERS.search(text)
    return None if job.annotated or is_family else text


def _pack_name(text: bytes) -> str:
    """The pack that a unit names, as far as can be told at a glance; the worker says when it is another."""
    found = _PACK_NAME.search(text)
    return found[1].decode("utf-8", "replace") if found else "standard"


def _crate(name: str, pack: Pack) -> Crate:
    files = {
        (folder.resolve().name, path.name): read_plain(path)
        for folder in pack.folders
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in {".yaml", ".docx"} and stays_in(path, folder)
    }
    return Crate(name, pack.folders[0].resolve().name, files)


def make_parcel(parcel: Parcel) -> tuple[Answer, ...]:
    """What a worker makes of a parcel; everything that stops a unit is in the answer."""
    packs = _shelf(parcel.crate)
    with TemporaryDirectory() as folder:
        return tuple(
            _answer(
                job, text, Path(os.path.realpath(folder), str(number)), packs
            )
            for number, (job, text) in enumerate(
                zip(parcel.jobs, parcel.texts, strict=True)
            )
        )


def _shelf(crate: Crate) -> PackCache:
    """The crate unpacked; the last few stay unpacked for the parcels to come."""
    digest = crate.digest
    if digest not in _shelves:
        while len(_shelves) >= _MOST_SHELVES:
            _shelves.pop(next(iter(_shelves)))[0].cleanup()
        room = TemporaryDirectory()
        for (folder, name), data in crate.files.items():
            target = Path(room.name, Path(folder).name, Path(name).name)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(data)
        packs = PackCache((Path(room.name),))
        packs.read[crate.name] = packs.tools(crate.folder)
        _shelves[digest] = (room, packs)
    return _shelves[digest][1]


def _answer(job: Job, text: bytes, folder: Path, packs: PackCache) -> Answer:
    file = folder / job.file.name
    told = partial(_told, there=str(file), here=str(job.file))
    try:
        folder.mkdir()
        file.write_bytes(text)
        made = make(job._replace(file=file), packs)
    except Exception as error:  # as for a unit that is built here
        return tuple(map(told, failure_findings(error, file)))
    result = made.result
    known = result.extract and replace(result.extract, file=str(job.file))
    findings = tuple(map(told, result.findings))
    result = replace(result, file=job.file, findings=findings, extract=known)
    return made._replace(result=result)


def _told(finding: Finding, there: str, here: str) -> Finding:
    """A finding in the file as it was called by who asked."""
    place = replace(finding.place, file=finding.place.file.replace(there, here))
    return replace(
        finding, place=place, message=finding.message.replace(there, here)
    )
