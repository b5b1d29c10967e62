"""Run work off the GUI thread: one database lane, one paper lane; answers come back as signals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from govproc_desktop.domain.errors import AppError

T = TypeVar("T")


@dataclass(eq=False)
class Job:
    """One piece of work under way; ``cancel`` asks it to stop at its next check."""

    owner: QObject | None
    era: str
    done: Callable[[Any], None]
    failed: Callable[[AppError], None] | None
    dropped: bool = False
    stop: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the work to stop; it looks between pages, rows or documents."""
        self.stop.set()


class Tasks(QObject):
    """Runs jobs and delivers results in the GUI thread; call it only from there.

    A closed owner's answer is dropped; a newer job of the same owner and era supersedes an
    older one. Work takes values and returns values: no widget and no session crosses.
    """

    busy = Signal(int)
    _landed = Signal(object, object, object)

    def __init__(self, *, immediate: bool = False) -> None:
        super().__init__()
        self._immediate = immediate
        self._lanes = {
            "database": ThreadPoolExecutor(1, thread_name_prefix="database"),
            "paper": ThreadPoolExecutor(1, thread_name_prefix="paper"),
        }
        self._open: list[Job] = []
        self.crashed: Callable[[BaseException], None] | None = None
        self._landed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None] | None = None,
        *,
        owner: QObject | None = None,
        era: str = "",
        lane: str = "database",
    ) -> Job:
        """Start work in a lane; ``done`` or ``failed`` is called later in the GUI thread."""
        job = Job(owner=owner, era=era, done=done, failed=failed)
        if era:
            for other in self._open:
                if other.owner is owner and other.era == era:
                    other.dropped = True
        self._open.append(job)
        self.busy.emit(len(self._open))
        if self._immediate:
            future: Future[T] = Future()
            try:
                future.set_result(work())
            except BaseException as fault:  # noqa: BLE001 - carried to the GUI thread unchanged
                future.set_exception(fault)
            self._finish(job, future)
            return job
        future = self._lanes[lane].submit(work)
        future.add_done_callback(lambda each: self._send(job, each))
        return job

    def wait(self, milliseconds: int = 5000) -> bool:
        """Spin the event loop until no job is open; for tests and for closing the program."""
        from PySide6.QtCore import QElapsedTimer

        timer = QElapsedTimer()
        timer.start()
        while self._open and timer.elapsed() < milliseconds:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return not self._open

    def close(self) -> None:
        """Cancel what can be cancelled and let the lanes run empty."""
        for job in self._open:
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True)

    def _send(self, job: Job, future: Future[Any]) -> None:
        fault = future.exception()
        self._landed.emit(job, None if fault else future.result(), fault)

    def _finish(self, job: Job, future: Future[Any]) -> None:
        fault = future.exception()
        self._deliver(job, None if fault else future.result(), fault)

    @Slot(object, object, object)
    def _deliver(self, job: Job, result: object, fault: BaseException | None) -> None:
        if job in self._open:
            self._open.remove(job)
        self.busy.emit(len(self._open))
        if job.dropped or (job.owner is not None and not isValid(job.owner)):
            return
        if fault is None:
            job.done(result)
        elif isinstance(fault, AppError) and job.failed is not None:
            job.failed(fault)
        elif self.crashed is not None:
            self.crashed(fault)
        else:
            raise fault
