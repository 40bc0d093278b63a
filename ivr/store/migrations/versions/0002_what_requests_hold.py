"""What requests hold: the meter, the money left, where and since when; outages by their own number."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("requests") as table:
        table.add_column(sa.Column("meter_id", ID, nullable=True))
        table.add_column(sa.Column("balance", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("runs_out_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("incomplete", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("address", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("since", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(
            op.f("fk_requests_meter_id_meters"), "meters", ["meter_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("outages") as table:
        table.add_column(sa.Column("number", sa.String(64), nullable=True))
        table.create_unique_constraint(op.f("uq_outages_number"), ["number"])


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("outages") as table:
        table.drop_constraint(op.f("uq_outages_number"), type_="unique")
        table.drop_column("number")
    with op.batch_alter_table("requests") as table:
        table.drop_constraint(op.f("fk_requests_meter_id_meters"), type_="foreignkey")
        for column in ("since", "address", "incomplete", "runs_out_at", "balance", "meter_id"):
            table.drop_column(column)
