"""What the rules say, as the form shows it: problems beside fields, rail states, sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.plan.content import PlanContent
from govproc_desktop.domain.plan.totals import PlanTotals
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.services.explain import PlanReport
from govproc_desktop.views.kit.form_window import Problem, SectionState, SumPart
from govproc_desktop.views.plan_management.plan_form.spec import PLAN

_EMPTY = "R63"
_FILES = ("R7", "R66")


def section_of(field: str) -> str:
    """Return the section a field of the content stands in; choices have their own."""
    if ".choice." in field or field.startswith("method"):
        return "method"
    return PLAN.section_of(field)


def field_of(check: Check) -> str:
    """Return where a check is mended."""
    return check.field or check.go


@dataclass(frozen=True)
class Judged:
    """Every problem of the form, from unreadable texts and from the rules."""

    problems: tuple[Problem, ...]

    def of(self, section: str) -> list[Problem]:
        """Return the problems of one section."""
        return [each for each in self.problems if each.section == section]


def judge(
    errors: Mapping[str, str], report: PlanReport | None, *, fields: Mapping[str, str]
) -> Judged:
    """Put unreadable texts and refusing checks together, each field once.

    Fields that stand empty are quiet: nobody is shouted at for what is not typed yet.
    """
    found: dict[str, Problem] = {}
    for field, sentence in errors.items():
        found[field] = Problem(
            field=field, sentence=sentence, words=_words_of(field), section=section_of(field)
        )
    empty = {key for key, text in fields.items() if not text.strip()}
    for each in _from_checks(report.checks if report is not None else (), empty):
        found.setdefault(each.field, each)
    order = [section.key for section in PLAN.sections]
    ranked = sorted(found.values(), key=lambda each: order.index(each.section or "basics"))
    return Judged(tuple(ranked))


def _from_checks(checks: Sequence[Check], empty: set[str]) -> Iterator[Problem]:
    broken = [check for check in checks if check.refuses]
    files = [check for check in broken if check.rule in _FILES]
    choices = [check for check in broken if section_of(field_of(check)) == "method"]
    for check in broken:
        if check in files or check in choices:
            continue
        field = field_of(check)
        yield Problem(
            field=field,
            sentence=_sentence(check),
            words=_chip(check),
            quiet=check.rule == _EMPTY or field in empty,
            section=section_of(field),
        )
    for rule in dict.fromkeys(check.rule for check in choices):
        yield _choice_problem(rule, [check for check in choices if check.rule == rule])
    if files:
        yield Problem(
            field="attachments",
            sentence=files[0].detail(),
            words=_("附件 缺 {count} 份").format(count=len(files)),
            tone="warn",
            section="attachments",
        )


def _choice_problem(rule: str, checks: Sequence[Check]) -> Problem:
    """Return one problem for all lines whose choice breaks the same rule."""
    rows = {field_of(check).split(".")[1] for check in checks}
    words = {
        _EMPTY: _("采购方式没选全"),
        "R6": _("采购方式不适用"),
        "R8": _("适用条件没选"),
        "R9": _("须用网上商城"),
        "R10": _("须由集采机构办"),
    }.get(rule, _(checks[0].title))
    return Problem(
        field=field_of(checks[0]),
        sentence=checks[0].detail(),
        words=_("{words} {count} 行").format(words=words, count=len(rows)),
        tone="warn" if rule == _EMPTY else "danger",
        quiet=rule == _EMPTY,
        section="method",
    )


def _sentence(check: Check) -> str:
    """Return what stands right under the field; its name need not be said again there."""
    applied = check.params.get("applied")
    if check.rule == "R68" and isinstance(applied, date):
        return _("早于申请日期，请改到 {day} 之后").format(day=f"{applied:%m-%d}")
    return check.detail()


def _chip(check: Check) -> str:
    if check.rule == "R3" and "gap" in check.params:
        gap = money_text(check.params["gap"])
        return _("资金{word} {gap}").format(word=check.params["word"], gap=gap)
    if check.rule == _EMPTY:
        return _words_of(check.field)
    if section_of(field_of(check)) == "basics" and "." not in field_of(check):
        return PLAN.label(field_of(check)) or _(check.title)
    return _words_of(field_of(check)) if field_of(check).count(".") > 1 else _(check.title)


def _words_of(field: str) -> str:
    parts = field.split(".")
    if len(parts) < 3:
        found = next((each.title for each in PLAN.sections if each.key == field), "")
        return _(found) if found else PLAN.label(field)
    names = {
        "amount": _("本次申请使用"),
        "own_kind": _("资金性质"),
        "code": _("品目代码"),
        "quantity": _("数量"),
        "price": _("单价"),
        "deliver_on": _("到货日期"),
    }
    where = _("资金") if parts[0] == "funds" else _("内容")
    return _("{where}第 {row} 行{name}").format(
        where=where, row=int(parts[1]) + 1, name=names.get(parts[2], "")
    )


def rail_states(
    content: PlanContent,
    sums: PlanTotals,
    judged: Judged,
    *,
    methods: Mapping[str, str],
    report: PlanReport | None,
) -> dict[str, SectionState]:
    """Return what the rail says of every section."""
    return {
        "basics": _basics(judged.of("basics")),
        "funds": _funds(content, sums, judged.of("funds")),
        "items": _items(content, judged.of("items")),
        "method": _method(content, judged.of("method"), methods),
        "attachments": _attachments(judged.of("attachments"), report),
    }


def _basics(problems: list[Problem]) -> SectionState:
    loud = [each for each in problems if not each.quiet]
    if loud:
        return SectionState("danger", _("{count} 处要改").format(count=len(loud)))
    if problems:
        return SectionState("warn", _("{count} 处未填").format(count=len(problems)))
    return SectionState("ok", _("已填好"))


def _funds(content: PlanContent, sums: PlanTotals, problems: list[Problem]) -> SectionState:
    over = [each for each in problems if each.field.endswith(".amount") and not each.quiet]
    if over:
        return SectionState("danger", _("{count} 行要改").format(count=len(over)))
    if sums.difference > 0:
        return SectionState("warn", _("少 {gap}").format(gap=money_text(sums.difference)))
    if sums.difference < 0:
        return SectionState("warn", _("多 {gap}").format(gap=money_text(-sums.difference)))
    if problems:
        return SectionState("warn", _("{count} 处未填").format(count=len(problems)))
    return SectionState("ok", _("{count} 条").format(count=len(content.funds)))


def _items(content: PlanContent, problems: list[Problem]) -> SectionState:
    loud = [each for each in problems if not each.quiet]
    if loud:
        return SectionState("danger", _("{count} 处要改").format(count=len(loud)))
    if not content.items:
        return SectionState("warn", _("还没有"))
    if problems:
        return SectionState("warn", _("{count} 处未填").format(count=len(problems)))
    return SectionState("ok", _("{count} 行").format(count=len(content.items)))


def _method(
    content: PlanContent, problems: list[Problem], methods: Mapping[str, str]
) -> SectionState:
    if not content.items:
        return SectionState()
    loud = [each for each in problems if not each.quiet]
    if loud:
        return SectionState("danger", _("{count} 处要改").format(count=len(loud)))
    if problems:
        return SectionState("warn", _("未选全"))
    names = dict.fromkeys(methods.get(item.choice.method, "") for item in content.items)
    return SectionState("ok", "、".join(name for name in names if name))


def _attachments(problems: list[Problem], report: PlanReport | None) -> SectionState:
    files = report.files if report is not None else ()
    missing = sum(1 for each in files if not each.present)
    if problems or missing:
        return SectionState("warn", _("缺 {count} 份").format(count=max(missing, 1)))
    if report is None:
        return SectionState()
    words = _("{count} 份").format(count=len(files)) if files else _("规则不要求")
    return SectionState("ok", words)


def sum_parts(sums: PlanTotals) -> tuple[SumPart, ...]:
    """Return 财政 + 自有 = 资金合计 ≠ 采购内容合计."""
    equal = not sums.difference
    return (
        SumPart(money_text(sums.fiscal), _("财政资金")),
        SumPart("+", tone="text3"),
        SumPart(money_text(sums.own), _("自有资金")),
        SumPart("=", tone="text3"),
        SumPart(money_text(sums.funds), _("资金合计"), strong=True),
        SumPart("=" if equal else "≠", tone="text3" if equal else "danger"),
        SumPart(money_text(sums.items), _("采购内容合计"), strong=True),
    )


def difference(sums: PlanTotals) -> tuple[str, str, str]:
    """Return name, text and tone of the box beside the sums; an empty name while all is 0."""
    if sums.difference > 0:
        return _("资金少"), _("{gap} 元").format(gap=money_text(sums.difference)), "danger"
    if sums.difference < 0:
        return _("资金多"), _("{gap} 元").format(gap=money_text(-sums.difference)), "danger"
    return (_("两边相等"), money_text(sums.items), "ok") if sums.items else ("", "", "ok")
