"""What an empty database shows instead of the login: try the demo, or set up the administrator."""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import normalize

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.widgets import (
    Button,
    ComboField,
    FieldCell,
    IconLabel,
    Label,
    TextField,
)
from govproc_desktop.views.login import PasswordField

KINDS = (("budget", N_("预算单位（采购人）")), ("finance", N_("财政部门")))
_REGION = "410000"


@dataclass(frozen=True, kw_only=True)
class FirstAdministrator:
    """What was typed about the first unit and its administrator."""

    unit_name: str
    unit_code: str
    kind: str
    region_code: str
    name: str
    login: str
    password: str = field(repr=False)


class FirstUsePage(QWidget):
    """Two ways on, each with what it is for; the second opens a short form.

    ``demoRequested`` and ``submitted`` (a :class:`FirstAdministrator`) say what was chosen; the
    answer comes by :meth:`refuse` or by the page being put away.
    """

    demoRequested = Signal()
    submitted = Signal(object)
    settingsRequested = Signal()

    def __init__(self, place: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ways = _Ways(place)
        self.form = AdministratorForm()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.ways)
        self._stack.addWidget(self.form)
        self.ways.demo.clicked.connect(self.demoRequested)
        self.ways.found.clicked.connect(self._to_form)
        self.ways.settings.clicked.connect(self.settingsRequested)
        self.form.back.clicked.connect(self._to_ways)
        self.form.submitted.connect(self.submitted)
        self.ways.demo.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; what was typed stays."""
        self.form.set_busy(busy=False)
        self.form.say(sentence)

    def _to_form(self) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.fields["unit_name"].setFocus()

    def _to_ways(self) -> None:
        self._stack.setCurrentWidget(self.ways)
        self.ways.found.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the two ways with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is self.form:
            self._to_ways()
        else:
            super().keyPressEvent(event)


class _Ways(QWidget):
    """The two ways on and where the empty database lies."""

    def __init__(self, place: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(50, 88, 50, 24)
        column.setSpacing(0)
        column.addWidget(Label(_("第一次使用"), "hero"))
        column.addSpacing(6)
        column.addWidget(Label(_("数据库还是空的，没有账号。先选一种："), "body", "text2"))
        column.addSpacing(24)
        self.demo = Button(_("打开演示办公室"), "primary", icon="play", height=40)
        column.addWidget(self.demo)
        column.addWidget(_note(_("一家编出来的单位、一年的单据，随便改；单独存放，不碰正式数据。")))
        column.addSpacing(20)
        self.found = Button(_("建立第一个管理员"), icon="me", height=40)
        column.addWidget(self.found)
        column.addWidget(
            _note(_("正式使用从这里开始：填本单位和管理员。密码由您定，没有默认密码。"))
        )
        column.addStretch(1)
        foot = QHBoxLayout()
        self._place = Label(_("数据存在 {place}").format(place=place), "note", "text3", wrap=True)
        foot.addWidget(self._place, 1)
        self.settings = Button(_("连接设置"), "link")
        foot.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)


def _note(words: str) -> Label:
    label = Label(words, "note", "text2", wrap=True)
    label.setContentsMargins(2, 6, 2, 0)
    return label


class AdministratorForm(QWidget):
    """First unit and administrator; empty fields and unequal passwords are said in place."""

    submitted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, TextField] = {}
        self._cells: dict[str, FieldCell] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(50, 30, 50, 24)
        column.setSpacing(7)
        column.addWidget(Label(_("建立第一个管理员"), "title"))
        words = _("管理员开通其他人、维护基础数据；不编制也不审核单据。")
        column.addWidget(Label(words, "note", "text2", wrap=True))
        column.addSpacing(6)
        self._add(column, "unit_name", _("单位名称"))
        self._add(column, "unit_code", _("单位编码"), hint=_("预算单位编码，如 101001"))
        self.kind = ComboField()
        self.kind.set_options([(key, _(title)) for key, title in KINDS], "budget")
        column.addWidget(FieldCell(_("单位性质"), self.kind, required=True))
        self._add(column, "region_code", _("行政区划"), text=_REGION, hint=_("6 位代码"))
        self._add(column, "name", _("管理员姓名"))
        self._add(column, "login", _("登录账号"), hint=_("字母和数字，不区分大小写"))
        self._add(column, "password", _("密码"), hint=_("至少 8 位，字母、数字、符号用两种"))
        self._add(column, "again", _("再输一次"))
        column.addLayout(self._line())
        column.addStretch(1)
        column.addLayout(self._foot())

    def _add(
        self, column: QVBoxLayout, key: str, title: str, *, text: str = "", hint: str = ""
    ) -> None:
        secret = key in ("password", "again")
        box = PasswordField(height=32) if secret else TextField(text)
        box.setPlaceholderText(hint)
        box.setAccessibleName(title)
        box.returnPressed.connect(lambda: self._next(key))
        box.textEdited.connect(lambda _text: self.say(""))
        self.fields[key] = box
        self._cells[key] = FieldCell(title, box, required=True)
        column.addWidget(self._cells[key])

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(5)
        self._icon = IconLabel("warn", "danger", size=14)
        self._said = Label("", "note", "danger", wrap=True)
        self._said.setMinimumHeight(18)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._said, 1)
        self._icon.hide()
        return line

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.back = Button(_("返回"), height=38)
        self.done = Button(_("建立并登录"), "primary", height=38)
        self.done.clicked.connect(self._submit)
        foot.addWidget(self.back)
        foot.addWidget(self.done, 1)
        return foot

    @property
    def said(self) -> str:
        """The sentence over the buttons, empty for none."""
        return self._said.text()

    def say(self, sentence: str, key: str = "") -> None:
        """Say what has to be mended and mark the field; an empty sentence takes it away."""
        self._said.setText(sentence)
        self._icon.setVisible(bool(sentence))
        for name, box in self.fields.items():
            box.set_invalid(name == key)
        if key:
            self.fields[key].setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Show that it is being done; the fields keep what was typed."""
        self.done.setEnabled(not busy)
        self.done.setText(_("正在建立…") if busy else _("建立并登录"))

    def _next(self, key: str) -> None:
        keys = list(self.fields)
        place = keys.index(key) + 1
        if place < len(keys):
            self.fields[keys[place]].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        if not self.done.isEnabled():
            return
        # codes and accounts typed in full width mean the same
        text = {key: normalize("NFKC", box.text()).strip() for key, box in self.fields.items()}
        for key in self.fields:
            if not text[key]:
                title = self.fields[key].accessibleName()
                self.say(_("请填{title}。").format(title=title), key)
                return
        password = self.fields["password"].text()
        if password != self.fields["again"].text():
            self.say(_("两次输入的密码不一样，请重新输入。"), "again")
            self.fields["again"].selectAll()
            return
        self.say("")
        self.submitted.emit(
            FirstAdministrator(
                unit_name=text["unit_name"],
                unit_code=text["unit_code"],
                kind=self.kind.value(),
                region_code=text["region_code"],
                name=text["name"],
                login=text["login"],
                password=password,
            )
        )
