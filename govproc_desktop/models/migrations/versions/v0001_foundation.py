"""Foundation: units, operators, fund plans, plans, approvals, journal and the kernel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from govproc_desktop.models.migrations.kernel_v0001 import POSTGRESQL, PROCESS_STEPS, SQLITE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
words = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _draft()
    _file_body()
    _journal()
    _journal_head()
    _number_counter()
    _office_fact()
    _person()
    _print_log()
    _process_step()
    _reference_set()
    _saved_view()
    _unit()
    _import_log()
    _attachment()
    _document_version()
    _fund_plan()
    _number_issued()
    _operator()
    _plan()
    _role()
    _step_taken()
    _task()
    _fund_balance()
    _fund_conflict()
    _operator_permission()
    _operator_role()
    _plan_fund()
    _plan_item()
    _role_permission()
    _ledger_entry()
    bind = op.get_bind()
    for statement in SQLITE if bind.dialect.name == "sqlite" else POSTGRESQL:
        bind.exec_driver_sql(statement)
    steps = sa.table(
        "process_step",
        *(sa.column(name) for name in ("flow", "action", "source", "target", "review")),
    )
    names = ("flow", "action", "source", "target", "review")
    op.bulk_insert(steps, [dict(zip(names, row, strict=True)) for row in PROCESS_STEPS])
    op.execute("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '')")


def downgrade() -> None:
    raise NotImplementedError("a filed record is never downgraded")


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", big_int, nullable=False),
        sa.Column("operator_id", big_int, nullable=False),
        sa.Column("form", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("body", words, nullable=False),
        sa.Column("seen_version", big_int, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "operator_id", "form", "doc_uid", name=op.f("uq_draft_operator_id_form_doc_uid")
        ),
        sqlite_strict=True,
    )


def _file_body() -> None:
    op.create_table(
        "file_body",
        sa.Column("sha256", words, nullable=False),
        sa.Column("size", big_int, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_body")),
        sqlite_strict=True,
    )


def _import_log() -> None:
    op.create_table(
        "import_log",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("unit_id", big_int, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("file_name", words, nullable=False),
        sa.Column("file_hash", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.Column("rows_read", big_int, nullable=False),
        sa.Column("written", big_int, nullable=False),
        sa.Column("unchanged", big_int, nullable=False),
        sa.Column("refused", big_int, nullable=False),
        sa.Column("report", words, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_import_log_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_log")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_log_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("import_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_log_file_hash"), ["file_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_log_unit_id"), ["unit_id"], unique=False)


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", big_int, autoincrement=False, nullable=False),
        sa.Column("command_uid", sa.Text(), nullable=False),
        sa.Column("command", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("login", words, nullable=False),
        sa.Column("person_id", big_int, nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.Column("unit_code", words, nullable=False),
        sa.Column("targets", words, nullable=False),
        sa.Column("payload", words, nullable=False),
        sa.Column("result", words, nullable=False),
        sa.Column("body_hash", words, nullable=False),
        sa.Column("facts_hash", words, nullable=False),
        sa.Column("alg", words, nullable=False),
        sa.Column("prev_hash", words, nullable=False),
        sa.Column("hash", words, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("command_uid", name=op.f("uq_journal_command_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_command_at", ["command", "at"], unique=False)


def _journal_head() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", big_int, autoincrement=False, nullable=False),
        sa.Column("seq", big_int, nullable=False),
        sa.Column("hash", words, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
        sqlite_strict=True,
    )


def _number_counter() -> None:
    op.create_table(
        "number_counter",
        sa.Column("series", words, nullable=False),
        sa.Column("last", big_int, nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_counter")),
        sqlite_strict=True,
    )


def _office_fact() -> None:
    op.create_table(
        "office_fact",
        sa.Column("name", words, nullable=False),
        sa.Column("value", words, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office_fact")),
        sqlite_strict=True,
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("initials", words, nullable=False),
        sa.Column("phone", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_strict=True,
    )


def _print_log() -> None:
    op.create_table(
        "print_log",
        sa.Column("id", big_int, nullable=False),
        sa.Column("form", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("doc_version", big_int, nullable=False),
        sa.Column("record_hash", words, nullable=False),
        sa.Column("short_code", words, nullable=False),
        sa.Column("copy_no", big_int, nullable=False),
        sa.Column("medium", words, nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_log")),
        sa.UniqueConstraint(
            "form", "doc_uid", "copy_no", name=op.f("uq_print_log_form_doc_uid_copy_no")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("print_log", schema=None) as batch_op:
        batch_op.create_index("ix_print_log_short_code", ["short_code"], unique=False)


def _process_step() -> None:
    op.create_table(
        "process_step",
        sa.Column("flow", words, nullable=False),
        sa.Column("action", words, nullable=False),
        sa.Column("source", words, nullable=False),
        sa.Column("target", words, nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("flow", "action", "source", "target", name=op.f("pk_process_step")),
        sqlite_strict=True,
    )


def _reference_set() -> None:
    op.create_table(
        "reference_set",
        sa.Column("id", big_int, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("edition", big_int, nullable=False),
        sa.Column("text", words, nullable=False),
        sa.Column("hash", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_set")),
        sa.UniqueConstraint("kind", "edition", name=op.f("uq_reference_set_kind_edition")),
        sqlite_strict=True,
    )


def _saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("operator_id", big_int, nullable=False),
        sa.Column("list_id", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("body", words, nullable=False),
        sa.Column("position", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "operator_id", "list_id", "name", name=op.f("uq_saved_view_operator_id_list_id_name")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
        sqlite_strict=True,
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("row_version", big_int, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("region_code", words, nullable=False),
        sa.Column("budget_level", big_int, nullable=False),
        sa.Column("parent_id", big_int, nullable=True),
        sa.Column("business_office", words, nullable=False),
        sa.Column("contact", words, nullable=False),
        sa.Column("phone", words, nullable=False),
        sa.Column("filing_mode", words, nullable=False),
        sa.Column("initials", words, nullable=False),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "filing_mode IN ('at_once', 'internal')", name=op.f("ck_unit_filing_mode")
        ),
        sa.CheckConstraint("kind IN ('budget', 'finance')", name=op.f("ck_unit_kind")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_unit_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("kind_code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("mime", words, nullable=False),
        sa.Column("size", big_int, nullable=False),
        sa.Column("sha256", words, nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["file_body.sha256"], name=op.f("fk_attachment_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_doc_uid", ["doc_uid", "id"], unique=False)


def _document_version() -> None:
    op.create_table(
        "document_version",
        sa.Column("id", big_int, nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("version", big_int, nullable=False),
        sa.Column("body", words, nullable=False),
        sa.Column("hash", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("command_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["command_uid"],
            ["journal.command_uid"],
            name=op.f("fk_document_version_command_uid"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("doc_uid", "version", name=op.f("uq_document_version_doc_uid_version")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.create_index("ix_document_version_command_uid", ["command_uid"], unique=False)


def _fund_plan() -> None:
    op.create_table(
        "fund_plan",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("row_version", big_int, nullable=False),
        sa.Column("unit_id", big_int, nullable=False),
        sa.Column("fiscal_year", big_int, nullable=False),
        sa.Column("mof_div_code", words, nullable=False),
        sa.Column("plan_no", words, nullable=False),
        sa.Column("source", words, nullable=False),
        sa.Column("manage_mof_dep", words, nullable=False),
        sa.Column("cor_bgt_doc_no", words, nullable=False),
        sa.Column("pro_code", words, nullable=False),
        sa.Column("pro_name", words, nullable=False),
        sa.Column("fund_type_code", words, nullable=False),
        sa.Column("exp_func_code", words, nullable=False),
        sa.Column("gov_bgt_eco_code", words, nullable=False),
        sa.Column("dep_bgt_eco_code", words, nullable=False),
        sa.Column("pay_type_code", words, nullable=False),
        sa.Column("is_gov_pur", sa.Integer(), nullable=False),
        sa.Column("pur_catalog_ver", words, nullable=False),
        sa.Column("pur_catalog_code", words, nullable=False),
        sa.Column("month", big_int, nullable=False),
        sa.Column("approve_date", sa.Text(), nullable=True),
        sa.Column("version", big_int, nullable=False),
        sa.Column("search_text", words, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_fund_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_plan")),
        sa.UniqueConstraint(
            "fiscal_year",
            "mof_div_code",
            "plan_no",
            name=op.f("uq_fund_plan_fiscal_year_mof_div_code_plan_no"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_plan_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("fund_plan", schema=None) as batch_op:
        batch_op.create_index(
            "ix_fund_plan_unit_id_fiscal_year", ["unit_id", "fiscal_year", "id"], unique=False
        )


def _number_issued() -> None:
    op.create_table(
        "number_issued",
        sa.Column("id", big_int, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("series", words, nullable=False),
        sa.Column("seq", big_int, nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("command_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["command_uid"],
            ["journal.command_uid"],
            name=op.f("fk_number_issued_command_uid"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_issued")),
        sa.UniqueConstraint("number", name=op.f("uq_number_issued_number")),
        sa.UniqueConstraint("series", "seq", name=op.f("uq_number_issued_series_seq")),
        sqlite_strict=True,
    )


def _operator() -> None:
    op.create_table(
        "operator",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("row_version", big_int, nullable=False),
        sa.Column("login", words, nullable=False),
        sa.Column("person_id", big_int, nullable=False),
        sa.Column("unit_id", big_int, nullable=False),
        sa.Column("post", words, nullable=False),
        sa.Column("department", words, nullable=False),
        sa.Column("internal_mark", sa.Integer(), nullable=False),
        sa.Column("password_hash", words, nullable=False),
        sa.Column("failed_tries", big_int, nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.Column("last_login", sa.Text(), nullable=True),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_operator_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_operator_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("login", name=op.f("uq_operator_login")),
        sa.UniqueConstraint("uid", name=op.f("uq_operator_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("operator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operator_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_unit_id"), ["unit_id"], unique=False)


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("row_version", big_int, nullable=False),
        sa.Column("unit_id", big_int, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("state_since", sa.Text(), nullable=False),
        sa.Column("step_count", big_int, nullable=False),
        sa.Column("author_person", big_int, nullable=False),
        sa.Column("editor_person", big_int, nullable=False),
        sa.Column("author_name", words, nullable=False),
        sa.Column("number", words, nullable=True),
        sa.Column("filed_on", sa.Text(), nullable=True),
        sa.Column("submitted_version", big_int, nullable=False),
        sa.Column("route", words, nullable=False),
        sa.Column("return_state", words, nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("title", words, nullable=False),
        sa.Column("year", big_int, nullable=False),
        sa.Column("contact", words, nullable=False),
        sa.Column("phone", words, nullable=False),
        sa.Column("business_office", words, nullable=False),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.Column("expected_on", sa.Text(), nullable=True),
        sa.Column("approval_no", words, nullable=False),
        sa.Column("is_import", sa.Integer(), nullable=False),
        sa.Column("department_review", sa.Integer(), nullable=False),
        sa.Column("midterm", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=False),
        sa.Column("urgent_basis", words, nullable=False),
        sa.Column("sme_mode", words, nullable=False),
        sa.Column("sme_percent", big_int, nullable=False),
        sa.Column("sme_how", words, nullable=False),
        sa.Column("sme_reason", words, nullable=False),
        sa.Column("split_reason", words, nullable=False),
        sa.Column("remark", words, nullable=False),
        sa.Column("total", big_int, nullable=False),
        sa.Column("fiscal", big_int, nullable=False),
        sa.Column("own", big_int, nullable=False),
        sa.Column("method", words, nullable=False),
        sa.Column("organisation", words, nullable=False),
        sa.Column("search_text", words, nullable=False),
        sa.CheckConstraint("state <> 'filed' OR number IS NOT NULL", name=op.f("ck_plan_numbered")),
        sa.CheckConstraint("total >= 0 AND fiscal >= 0 AND own >= 0", name=op.f("ck_plan_amounts")),
        sa.ForeignKeyConstraint(
            ["author_person"], ["person.id"], name=op.f("fk_plan_author_person")
        ),
        sa.ForeignKeyConstraint(
            ["editor_person"], ["person.id"], name=op.f("fk_plan_editor_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index("ix_plan_applied_on", ["applied_on", "id"], unique=False)
        batch_op.create_index(
            "ix_plan_author_person", ["author_person", "state", "id"], unique=False
        )
        batch_op.create_index("ix_plan_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "ix_plan_state_applied_on", ["state", "applied_on", "id"], unique=False
        )
        batch_op.create_index("ix_plan_total", ["total", "id"], unique=False)
        batch_op.create_index("ix_plan_unit_id", ["unit_id", "id"], unique=False)
        batch_op.create_index(
            "ix_plan_unit_id_applied_on", ["unit_id", "applied_on", "id"], unique=False
        )
        batch_op.create_index("ix_plan_unit_id_state", ["unit_id", "state", "id"], unique=False)


def _role() -> None:
    op.create_table(
        "role",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("row_version", big_int, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("unit_id", big_int, nullable=True),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("uid", name=op.f("uq_role_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_unit_id"), ["unit_id"], unique=False)


def _step_taken() -> None:
    op.create_table(
        "step_taken",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("seq", big_int, nullable=False),
        sa.Column("action", words, nullable=False),
        sa.Column("source", words, nullable=False),
        sa.Column("target", words, nullable=False),
        sa.Column("person_id", big_int, nullable=False),
        sa.Column("person_name", words, nullable=False),
        sa.Column("login", words, nullable=False),
        sa.Column("post", words, nullable=False),
        sa.Column("unit_name", words, nullable=False),
        sa.Column("opinion", words, nullable=False),
        sa.Column("pins", words, nullable=False),
        sa.Column("doc_version", big_int, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("command_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["command_uid"],
            ["journal.command_uid"],
            name=op.f("fk_step_taken_command_uid"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_taken")),
        sa.UniqueConstraint("doc_uid", "seq", name=op.f("uq_step_taken_doc_uid_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_step_taken_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.create_index("ix_step_taken_command_uid", ["command_uid"], unique=False)
        batch_op.create_index("ix_step_taken_person_id", ["person_id", "id"], unique=False)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("actor_unit_id", big_int, nullable=False),
        sa.Column("unit_id", big_int, nullable=False),
        sa.Column("title", words, nullable=False),
        sa.Column("amount", big_int, nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("closed_by", words, nullable=False),
        sa.Column("green", sa.Integer(), nullable=False),
        sa.Column("failing", big_int, nullable=False),
        sa.Column("explaining", big_int, nullable=False),
        sa.Column("urged_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor_unit_id"], ["unit.id"], name=op.f("fk_task_actor_unit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("uid", name=op.f("uq_task_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_doc_uid", ["doc_uid"], unique=False)
        batch_op.create_index(
            "ix_task_open", ["closed_at", "actor_unit_id", "state", "opened_at", "id"], unique=False
        )


def _fund_balance() -> None:
    op.create_table(
        "fund_balance",
        sa.Column("fund_plan_id", big_int, nullable=False),
        sa.Column("amount", big_int, nullable=False),
        sa.Column("in_transit", big_int, nullable=False),
        sa.Column("filed", big_int, nullable=False),
        sa.Column("contracted", big_int, nullable=False),
        sa.Column("requested", big_int, nullable=False),
        sa.Column("paid", big_int, nullable=False),
        sa.Column("moves", big_int, nullable=False),
        sa.CheckConstraint(
            "contracted >= 0 AND contracted <= filed", name=op.f("ck_fund_balance_contracted")
        ),
        sa.CheckConstraint("filed + in_transit <= amount", name=op.f("ck_fund_balance_available")),
        sa.CheckConstraint(
            "in_transit >= 0 AND filed >= 0", name=op.f("ck_fund_balance_not_negative")
        ),
        sa.CheckConstraint("paid >= 0 AND paid <= requested", name=op.f("ck_fund_balance_paid")),
        sa.CheckConstraint(
            "requested >= 0 AND requested <= contracted", name=op.f("ck_fund_balance_requested")
        ),
        sa.ForeignKeyConstraint(
            ["fund_plan_id"], ["fund_plan.id"], name=op.f("fk_fund_balance_fund_plan_id")
        ),
        sa.PrimaryKeyConstraint("fund_plan_id", name=op.f("pk_fund_balance")),
        sqlite_strict=True,
    )


def _fund_conflict() -> None:
    op.create_table(
        "fund_conflict",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("fund_plan_id", big_int, nullable=False),
        sa.Column("version", big_int, nullable=False),
        sa.Column("amount", big_int, nullable=False),
        sa.Column("used", big_int, nullable=False),
        sa.Column("file_name", words, nullable=False),
        sa.Column("cell", words, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_plan_id"], ["fund_plan.id"], name=op.f("fk_fund_conflict_fund_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_conflict")),
        sa.UniqueConstraint(
            "fund_plan_id", "version", name=op.f("uq_fund_conflict_fund_plan_id_version")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_conflict_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("fund_conflict", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fund_conflict_fund_plan_id"), ["fund_plan_id"], unique=False
        )


def _operator_permission() -> None:
    op.create_table(
        "operator_permission",
        sa.Column("operator_id", big_int, nullable=False),
        sa.Column("permission", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_operator_permission_operator_id")
        ),
        sa.PrimaryKeyConstraint("operator_id", "permission", name=op.f("pk_operator_permission")),
        sqlite_strict=True,
    )


def _operator_role() -> None:
    op.create_table(
        "operator_role",
        sa.Column("operator_id", big_int, nullable=False),
        sa.Column("role_id", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_operator_role_operator_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_operator_role_role_id")),
        sa.PrimaryKeyConstraint("operator_id", "role_id", name=op.f("pk_operator_role")),
        sqlite_strict=True,
    )


def _plan_fund() -> None:
    op.create_table(
        "plan_fund",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("plan_id", big_int, nullable=False),
        sa.Column("position", big_int, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("fund_plan_id", big_int, nullable=True),
        sa.Column("amount", big_int, nullable=True),
        sa.Column("own_kind", words, nullable=False),
        sa.Column("econ_code", words, nullable=False),
        sa.CheckConstraint(
            "(kind = 'fund_plan') = (fund_plan_id IS NOT NULL)", name=op.f("ck_plan_fund_source")
        ),
        sa.CheckConstraint(
            "kind IN ('fund_plan', 'public', 'other')", name=op.f("ck_plan_fund_kind")
        ),
        sa.CheckConstraint("amount IS NULL OR amount > 0", name=op.f("ck_plan_fund_amount")),
        sa.ForeignKeyConstraint(
            ["fund_plan_id"], ["fund_plan.id"], name=op.f("fk_plan_fund_fund_plan_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_fund_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_fund")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_fund_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_fund", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_fund_fund_plan_id"), ["fund_plan_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plan_fund_plan_id"), ["plan_id"], unique=False)


def _plan_item() -> None:
    op.create_table(
        "plan_item",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("plan_id", big_int, nullable=False),
        sa.Column("position", big_int, nullable=False),
        sa.Column("catalog_version", words, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("spec", words, nullable=False),
        sa.Column("unit", words, nullable=False),
        sa.Column("quantity", sa.Text(), nullable=True),
        sa.Column("price", sa.Text(), nullable=True),
        sa.Column("subtotal", big_int, nullable=False),
        sa.Column("deliver_on", sa.Text(), nullable=True),
        sa.Column("guard_service", sa.Integer(), nullable=False),
        sa.Column("method", words, nullable=False),
        sa.Column("condition", words, nullable=False),
        sa.Column("organisation", words, nullable=False),
        sa.Column("agency_kind", words, nullable=False),
        sa.Column("agency", words, nullable=False),
        sa.Column("purchase_form", words, nullable=False),
        sa.Column("exception_no", words, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_item_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_item_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index("ix_plan_item_code", ["code", "plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_item_plan_id"), ["plan_id"], unique=False)


def _role_permission() -> None:
    op.create_table(
        "role_permission",
        sa.Column("role_id", big_int, nullable=False),
        sa.Column("permission", words, nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_role_permission_role_id")),
        sa.PrimaryKeyConstraint("role_id", "permission", name=op.f("pk_role_permission")),
        sqlite_strict=True,
    )


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", big_int, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("fund_plan_id", big_int, nullable=False),
        sa.Column("account", words, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("fen", big_int, nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("doc_kind", words, nullable=False),
        sa.Column("doc_uid", sa.Text(), nullable=False),
        sa.Column("line_uid", sa.Text(), nullable=True),
        sa.Column("person_name", words, nullable=False),
        sa.Column("command_uid", sa.Text(), nullable=False),
        sa.Column("reverses_id", big_int, nullable=True),
        sa.CheckConstraint(
            "account IN ('amount', 'in_transit', 'filed', 'contracted', 'requested', 'paid')",
            name=op.f("ck_ledger_entry_account"),
        ),
        sa.CheckConstraint("fen <> 0", name=op.f("ck_ledger_entry_moves")),
        sa.ForeignKeyConstraint(
            ["command_uid"],
            ["journal.command_uid"],
            name=op.f("fk_ledger_entry_command_uid"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["fund_plan_id"],
            ["fund_balance.fund_plan_id"],
            name=op.f("fk_ledger_entry_fund_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_ledger_entry_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_command_uid", ["command_uid"], unique=False)
        batch_op.create_index("ix_ledger_entry_doc_uid", ["doc_uid"], unique=False)
        batch_op.create_index(
            "ix_ledger_entry_sum", ["fund_plan_id", "account", "on_day", "fen"], unique=False
        )
