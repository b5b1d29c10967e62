"""The only translator from an error to the screen: field mark, notice, question or dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from govproc_desktop.domain.errors import (
    AppError,
    NeedsConfirmation,
    RulesBroken,
    StaleRecord,
    Unavailable,
)
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.asking import Asker, Question


def _no_field(_field: str, _sentence: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a window shows what went wrong; what it leaves out goes to a dialog.

    ``mark(field, sentence)`` says whether the window has that field; ``notice(sentence, tone)``
    puts up a strip; ``reload`` fetches the record again.
    """

    mark: Callable[[str, str], bool] = _no_field
    notice: Callable[[str, str], None] | None = None
    reload: Callable[[], None] | None = None


def present(fault: AppError, asker: Asker, *, place: Place | None = None) -> None:
    """Show a fault where the person is looking, by its class."""
    where = place or Place()
    if isinstance(fault, RulesBroken):
        _rules(fault, asker, where)
    elif isinstance(fault, StaleRecord) and where.reload is not None:
        _stale(fault, asker, where.reload)
    elif isinstance(fault, (Unavailable, NeedsConfirmation)) or where.notice is None:
        asker.error(fault)
    else:
        where.notice(told(fault), "danger")


def told(fault: AppError) -> str:
    """Return what is said: the sentence and, small and last, its number for the help desk."""
    sentence = fault.sentence()
    return f"{sentence}（{fault.code}）" if fault.code else sentence


def _rules(fault: RulesBroken, asker: Asker, where: Place) -> None:
    unplaced = [
        each
        for each in fault.violations
        if not (each.field and where.mark(each.field, each.sentence()))
    ]
    if not unplaced:
        return
    if where.notice is None:
        asker.error(RulesBroken(tuple(unplaced)))
        return
    where.notice("\n".join(each.sentence() for each in unplaced), "danger")


def _stale(fault: StaleRecord, asker: Asker, reload: Callable[[], None]) -> None:
    question = Question(
        title=_("内容已被别人修改"),
        text=told(fault),
        answers=(("keep", _("先留着我的")), ("reload", _("看最新的"))),
    )
    if asker.ask(question) == "reload":
        reload()
