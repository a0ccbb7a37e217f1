"""Many documents to PDF: several LibreOffices side by side, each for some files, and none that hangs stops the others.

A LibreOffice converts its files one after another. Where it hangs or breaks, the first that it has not made is the one
that it failed at: that one is tried once more alone, the files behind it go on in a fresh LibreOffice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Event, Thread

from reportgen.core.plain_files import read_plain
from reportgen.outputs.pdf.office_program import Ended, Office, made_of

AT_ONCE = 2  # LibreOffices side by side
A_RUN = 20  # files that one LibreOffice converts; it keeps memory of each
_KIND = (
    "pdf:writer_pdf_Export:"
    '{"SelectPdfVersion":{"type":"long","value":"2"},'  # PDF/A-2b
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_END = b"%%EOF"
_WAIT = 0.5  # seconds; on Windows nobody can interrupt a longer wait
UNREADABLE = "LibreOffice 打不开这份文件，可能已损坏或加了密码；请在 Word 或 WPS 中打开，另存为 .docx 后再试"
_TOO_LONG = (
    "LibreOffice 转换这份文件超过 {seconds:.0f} 秒，停下重试一次仍是这样；"
    "请在 Word 或 WPS 中打开，用“另存为 PDF”转换，或用 --seconds 放宽时间"
)
_BROKEN = (
    "LibreOffice 转换这份文件时中断，重试一次仍是这样；"
    "请在 Word 或 WPS 中打开，用“另存为 PDF”转换"
)
_UNREAD = "文件读不了（{reason}）"


@dataclass(frozen=True)
class Converted:
    """What became of one file: the PDF, or why there is none."""

    source: Path
    data: bytes = field(default=b"", repr=False)
    failure: str = ""


@dataclass
class _OfficeRun:
    """Files for one LibreOffice; `is_last` where they are tried for the last time, alone."""

    sources: Sequence[Path]
    is_last: bool = False


class _Conversion:
    """The runs that are still to be done, and what has been made."""

    def __init__(
        self,
        sources: Sequence[Path],
        office: Office,
        at_once: int,
    ) -> None:
        self._office = office
        size = min(A_RUN, -(-len(sources) // at_once))
        starts = range(0, len(sources), max(size, 1))
        self._runs = deque(_OfficeRun(sources[at : at + size]) for at in starts)
        self.made: Queue[Converted | Exception | None] = Queue(maxsize=A_RUN)
        self.stopped = Event()

    def work(self) -> None:
        """Does runs until there are none left; says so in the end, or what went wrong."""
        try:
            with TemporaryDirectory(
                prefix="reportgen", ignore_cleanup_errors=True
            ) as folder:
                self._do_runs(Path(folder))
        except Exception as error:
            self.made.put(error)
        else:
            self.made.put(None)

    def _do_runs(self, folder: Path) -> None:
        profiles = (folder / f"profile{number}" for number in count())
        profile = next(profiles)
        for number in count():
            try:
                run = self._runs.popleft()
            except IndexError:
                return
            place = folder / f"run{number}"
            place.mkdir()
            ended = self._convert(run, place, profile)
            if ended is not Ended.DONE:
                profile = next(profiles)  # what was killed left it locked

    def _convert(
        self,
        run: _OfficeRun,
        place: Path,
        profile: Path,
    ) -> Ended:
        """Converts the files of a run; what it could not is put back, to be tried again."""
        copies = list(self._copied(run.sources, place))
        if self.stopped.is_set() or not copies:
            return Ended.DONE
        ended = self._office.convert(
            [copy for _, copy in copies],
            _KIND,
            place,
            profile,
            stopped=self.stopped.is_set,
        )
        missing = []
        for source, copy in copies:
            data = _whole(made_of(copy, "pdf", place))
            copy.unlink()
            if data:
                self._tell(Converted(source, data))
            else:
                missing.append(source)
        if missing and ended is not Ended.STOPPED:
            self._try_again(missing, ended, is_last=run.is_last)
        return ended

    def _try_again(
        self,
        missing: Sequence[Path],
        ended: Ended,
        *,
        is_last: bool,
    ) -> None:
        if is_last:
            told = self._reason(ended)
            self._tell(Converted(missing[0], failure=told))
            return
        suspects = missing if ended is Ended.DONE else missing[:1]
        self._runs.extend(_OfficeRun([one], is_last=True) for one in suspects)
        rest = missing[len(suspects) :]
        if rest:
            self._runs.append(_OfficeRun(rest))

    def _reason(self, ended: Ended) -> str:
        if ended is Ended.TOO_LONG:
            return _TOO_LONG.format(seconds=self._office.seconds)
        return _BROKEN if ended is Ended.BROKEN else UNREADABLE

    def _copied(
        self, sources: Sequence[Path], place: Path
    ) -> Iterator[tuple[Path, Path]]:
        """Each file under a name of its own: many are called the same, and LibreOffice must not lock the originals."""
        for number, source in enumerate(sources):
            copy = place / f"{number:04}{source.suffix.lower()}"
            try:
                copy.write_bytes(read_plain(source))
            except OSError as error:
                told = _UNREAD.format(reason=error.strerror)
                self._tell(Converted(source, failure=told))
            else:
                yield source, copy

    def _tell(self, one: Converted) -> None:
        if not self.stopped.is_set():
            self.made.put(one)


def _whole(path: Path) -> bytes:
    """The PDF at `path`; nothing where there is none, or one that was being written when its LibreOffice was killed."""
    if not path.exists():
        return b""
    data = read_plain(path)
    path.unlink()
    return data if data.rstrip().endswith(_END) else b""


def convert_each(
    sources: Sequence[Path],
    office: Office,
    *,
    at_once: int = AT_ONCE,
) -> Iterator[Converted]:
    """What became of each of `sources`, as they are done; whoever asks for no more ends what is under way."""
    conversion = _Conversion(sources, office, at_once)
    workers = [
        Thread(target=conversion.work, daemon=True) for _ in range(at_once)
    ]
    for one in workers:
        one.start()
    working = len(workers)
    try:
        while working:
            try:
                made = conversion.made.get(timeout=_WAIT)
            except Empty:
                continue
            if isinstance(made, Exception):
                raise made
            if made is None:
                working -= 1
            else:
                yield made
    finally:
        conversion.stopped.set()
        while not conversion.made.empty():
            conversion.made.get()
        for one in workers:
            one.join()
