"""找不到某一条?: a person types what they look for and reads why it is not in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.domain.rules import Check, failed
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import ListQuery, ListSpec
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit.spec import FilterSpec
from govproc_desktop.views.kit.widgets import Button, Label, Popover, SearchField

Answers = Sequence[tuple[str, tuple[Check, ...]]]


class MissingSheet(Popover):
    """The sheet that asks which record is missed; ``asked`` is called with the words."""

    def __init__(self, hint: str, asked: Callable[[str], None], *, parent: QWidget) -> None:
        super().__init__(parent=parent, width=340)
        self._asked = asked
        box = QVBoxLayout()
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        self.body.addLayout(box)
        box.addWidget(Label(_("您要找哪一条？"), "subhead"))
        note = _("输入号码、名称或拼音首字母，告诉您它在哪里、为什么没列出来。")
        box.addWidget(Label(note, "note", "text2", wrap=True))
        self.words = SearchField(hint, keycap="")
        self.words.returnPressed.connect(self._ask)
        box.addWidget(self.words)
        find = Button(_("查原因"), "primary")
        find.clicked.connect(self._ask)
        box.addWidget(find)
        self.words.setFocus()

    def _ask(self) -> None:
        words = self.words.text().strip()
        if words:
            self.close()
            self._asked(words)


def hidden_by(
    reader: Reader,
    query: ListQuery,
    spec: ListSpec,
    *,
    words: str,
    filters: Sequence[FilterSpec],
    fixed: ListSpec,
    elsewhere: Callable[[Reader, str], tuple[Check, ...]] | None = None,
) -> tuple[Check, ...]:
    """Say which filter hides the records the words find, by leaving out one at a time."""
    wanted = ListSpec(search=words, filters=fixed.filters)
    there = listing.count(reader, query, wanted)
    if there == 0:
        found = elsewhere(reader, words) if elsewhere is not None else ()
        return found or (_nowhere(words),)
    titles = {each.name: each.title for each in filters}
    own = [each for each in spec.filters if each.name in titles]
    made = []
    for each in own:
        alone = ListSpec(search=words, filters=(*fixed.filters, each))
        left = listing.count(reader, query, alone)
        if left < there:
            made.append(
                failed(
                    N_("“{words}”有 {there} 条，加上这个条件后剩 {left} 条。"),
                    title=titles[each.name],
                    words=words,
                    there=there,
                    left=left,
                    mend=N_("去掉这个条件"),
                    go=f"filter:{each.name}",
                )
            )
    if spec.search and spec.search != words:
        made.append(_other_search(spec.search, words))
    return tuple(made) if made else (_here(words, there),)


def _other_search(search: str, words: str) -> Check:
    return failed(
        N_("搜索框里是“{search}”。"),
        title=N_("搜索"),
        search=search,
        mend=N_("改搜您要找的"),
        go=f"search:{words}",
    )


def _nowhere(words: str) -> Check:
    return failed(
        N_("这个列表里没有“{words}”：可能还没有录入，或属于您看不到的单位。"),
        title=N_("没有找到"),
        words=words[:60],
        mend=N_("请核对号码或名称；试试只输入一两个字。"),
    )


def _here(words: str, there: int) -> Check:
    return failed(
        N_("“{words}”有 {there} 条，就在列表里。"),
        title=N_("其实列出来了"),
        words=words[:60],
        there=there,
        mend=N_("搜索它"),
        go=f"search:{words}",
    )
