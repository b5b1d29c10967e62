"""Add, show and take away the attachments of an open plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Qt

from govproc_desktop.domain.errors import AppError, Unavailable
from govproc_desktop.exchange.safety import inspect_attachment
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.attachments import (
    FileBytes,
    FileParams,
    FileRow,
    FilesParams,
    attachment_bytes,
    attachments,
)
from govproc_desktop.services.attachments import AddAttachment, RemoveAttachment
from govproc_desktop.services.context import Outcome
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.file_view import FileDialog, ShownFile
from govproc_desktop.views.plan_management.plan_form.attachments_section import kind_for

if TYPE_CHECKING:
    from govproc_desktop.views.plan_management.plan_form.window import PlanForm

_PATTERNS = N_(
    "可作附件的文件 (*.pdf *.jpg *.jpeg *.png *.ofd *.docx *.xlsx *.doc *.xls *.wps *.et)"
)


class Files(QObject):
    """Each file is judged by its bytes first; one refused does not stop the others."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__(form)
        self._form = form
        self.dialog: FileDialog | None = None

    def refresh(self) -> None:
        """Read the list of files again."""
        form = self._form
        if form.is_new:
            return
        params = FilesParams(document=form.uid)
        form.desk.read(
            lambda reader: attachments(reader, params), self._listed, owner=form, era="files"
        )

    def _listed(self, files: list[FileRow]) -> None:
        self._form.files = tuple(files)
        self._form.look_again()

    def choose(self, kind: str) -> None:
        """Ask for files and add them."""
        paths = self._form.desk.asker.open_files(
            title=_("选择附件"), patterns=_(_PATTERNS), many=True
        )
        if paths:
            self.add(kind, list(paths))

    def add(self, kind: str, paths: list[Path]) -> None:
        """Add files under a kind; the plan is saved first, since files belong to a saved plan."""
        form = self._form
        required = form.report.files if form.report is not None else ()
        taken = kind_for(kind, required, form.files) or self._ask_kind()
        if not taken:
            return
        if form.is_new:
            form.saving.save(lambda: self._send(taken, paths))
        else:
            self._send(taken, paths)

    def _ask_kind(self) -> str:
        form = self._form
        there = {each.kind_code for each in form.files}
        required = form.report.files if form.report is not None else ()
        answers = [(each.kind, _(each.name)) for each in required if each.kind not in there]
        question = Question(
            title=_("这是哪一种附件"),
            text=_("规则要求的附件还缺几种，请说明这份是哪一种。"),
            answers=(("", _("取消")), ("other", _("其他")), *answers),
        )
        return form.desk.asker.ask(question)

    def _send(self, kind: str, paths: list[Path]) -> None:
        form = self._form
        refused: list[str] = []
        for path in paths:
            try:
                command = _command(form.uid, kind, path)
            except AppError as fault:
                refused.append(fault.sentence())
                continue
            form.desk.send(command, self._changed, owner=form, failed=self._failed)
        if refused:
            told = _("添加了 {added} 份，{count} 份没有添加：").format(
                added=len(paths) - len(refused), count=len(refused)
            )
            form.tell(told + "".join(refused), "danger")

    def _failed(self, fault: AppError) -> None:
        self._form.tell(fault.sentence(), "danger")

    def _changed(self, _outcome: Outcome) -> None:
        self.refresh()

    def remove(self, uid: UUID) -> None:
        """Take a file away after a question."""
        form = self._form
        name = next((each.name for each in form.files if each.uid == uid), "")
        question = Question(
            title=_("删除附件"),
            text=_("删除附件“{name}”？删除后要再用须重新添加。").format(name=name),
            answers=(("no", _("不删除")), ("yes", _("删除"))),
            danger=True,
        )
        if form.desk.asker.ask(question) == "yes":
            command = RemoveAttachment(attachment=uid)
            form.desk.send(command, self._changed, owner=form, failed=self._failed)

    def rekind(self, uid: UUID, kind: str) -> None:
        """Put a file under another kind: it is added anew, then the old entry goes."""
        form = self._form

        def again(file: FileBytes) -> None:
            command = AddAttachment(
                attachment=uuid4(),
                doc_kind="plan",
                document=form.uid,
                kind_code=kind,
                name=file.name,
                mime=file.mime[:40],  # a guess only: the door judges the bytes itself
                data=file.data,
            )
            form.desk.send(command, drop, owner=form, failed=self._failed)

        def drop(_outcome: Outcome) -> None:
            command = RemoveAttachment(attachment=uid)
            form.desk.send(command, self._changed, owner=form, failed=self._failed)

        params = FileParams(attachment=uid)
        form.desk.read(lambda reader: attachment_bytes(reader, params), again, owner=form)

    def open(self, uid: UUID) -> None:
        """Show a file."""
        form = self._form
        params = FileParams(attachment=uid)
        form.desk.read(
            lambda reader: attachment_bytes(reader, params),
            self._show,
            owner=form,
        )

    def _show(self, file: FileBytes) -> None:
        shown = ShownFile(file.name, file.mime, file.data)
        note = fmt.size(len(file.data))
        self.dialog = FileDialog(self._form.desk, shown, note=note, parent=self._form.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()


def _command(document: UUID, kind: str, path: Path) -> AddAttachment:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise Unavailable(
            N_("“{name}”读不出来，没有添加。请检查文件是否还在。"), {"name": path.name}, "E3103"
        ) from fault
    facts = inspect_attachment(path.name, data)
    return AddAttachment(
        attachment=uuid4(),
        doc_kind="plan",
        document=document,
        kind_code=kind,
        name=facts.safe_name,
        mime=facts.kind,  # a guess only: the door judges the bytes itself
        data=data,
    )
