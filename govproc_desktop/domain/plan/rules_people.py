"""Rules about who may act on a plan: R15 and R16."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govproc_desktop.domain.rules import Check, failed, passed, rule
from govproc_desktop.i18n import N_, _

_SEPARATE = N_("财库〔2016〕99号：分事行权、分岗设权")
_GIVE = N_("请单位管理员在「操作权限」里设置")


@dataclass(frozen=True, kw_only=True)
class ReviewerFacts:
    """The person who wants to decide, beside those who made the document, as persons.

    ``makers`` are the author, the last editor and everybody who submitted it.
    """

    name: str
    person: int
    makers: frozenset[int]
    permission: str
    granted: bool
    internal_mark: bool
    internal: bool
    at_desk: bool
    desk: str


@rule("R15", N_("经办与审核分开"), source=_SEPARATE)
def not_own_work(facts: ReviewerFacts) -> Iterator[Check]:
    """Nobody who wrote, last changed or submitted it decides, with whichever account."""
    if facts.person in facts.makers:
        yield failed(
            N_("经办人与审核人不能是同一人（{name}）。未审核。"), name=facts.name, code="E1301"
        )
    else:
        yield passed(N_("经办人、修改人与审核人不是同一人"))


@rule("R16", N_("有权办理这一步"), source=N_("用户手册：操作人员管理"))
def may_review(facts: ReviewerFacts) -> Iterator[Check]:
    """The step's permission is held; 内部审核 needs the mark as well, and says which is missing."""
    title = _(facts.permission)
    if not facts.granted and facts.internal and not facts.internal_mark:
        text = N_("您没有“{right}”功能权限，也没有内部审核标志，没有办理。")
        yield failed(text, right=title, mend=_GIVE, code="E1305")
    elif not facts.granted:
        text = N_("您没有“{right}”功能权限，没有办理。")
        yield failed(text, right=title, mend=_GIVE, code="E1305")
    elif facts.internal and not facts.internal_mark:
        text = N_("您有“{right}”功能权限，但没有内部审核标志，没有办理。")
        yield failed(text, right=title, mend=_GIVE, code="E1305")
    else:
        yield passed(N_("有“{right}”权限"), right=title)
    if not facts.at_desk:
        yield failed(
            N_("这一步由 {desk} 的人办理，您不在这个单位，没有办理。"),
            desk=facts.desk,
            code="E1305",
        )
