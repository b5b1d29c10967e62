"""Small believable PDF attachments for the demo, made on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from govproc_desktop.exchange.demo.people import uid_of
from govproc_desktop.printing.fonts import body_face
from govproc_desktop.services.attachments import AddAttachment

_NAMES = {
    "import": "进口产品论证材料",
    "import_expert": "专家论证意见（5 人）",
    "import_approval": "进口产品审核批复",
    "sme_statement": "中小企业声明函",
    "sme_reason": "未预留中小企业份额说明",
    "method_reason": "采购方式申请理由",
    "other": "三家询价记录",
}


def attachments_for(plan: UUID, purchase: dict[str, Any]) -> Iterator[AddAttachment]:
    """Yield the attachments the rules ask of a demo purchase, and its quotations."""
    kinds = ["other"]
    if purchase.get("is_import"):
        kinds += ["import", "import_expert", "import_approval", "sme_reason"]
    else:
        kinds.append("sme_statement")
    if purchase.get("approval_no"):
        kinds.append("method_reason")
    for kind in kinds:
        name = f"{_NAMES[kind]}.pdf"
        yield AddAttachment(
            attachment=uid_of("attachment", f"{plan}:{kind}"),
            doc_kind="plan",
            document=plan,
            kind_code=kind,
            name=name,
            mime="application/pdf",
            data=_page(_NAMES[kind], purchase["title"]),
        )


def _page(heading: str, title: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont(body_face(), 18)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 110, heading)
    canvas.setFont(body_face(), 12)
    for at, text in enumerate((f"项目名称：{title}", "本件为演示数据，不具有效力。")):
        canvas.drawString(90, A4[1] - 160 - 24 * at, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
