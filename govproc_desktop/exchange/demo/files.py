"""The demo's attachments: small believable PDFs under the kinds the rules ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from govproc_desktop.exchange.demo.people import uid_of
from govproc_desktop.paths import resource
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
        yield AddAttachment(
            attachment=uid_of("attachment", f"{plan}:{kind}"),
            doc_kind="plan",
            document=plan,
            kind_code=kind,
            name=f"{_NAMES[kind]}.pdf",
            mime="application/pdf",
            data=resource(f"demo/files/{kind}.pdf").read_bytes(),
        )
