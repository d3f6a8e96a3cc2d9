"""The list for everybody who has an export: what they may use no longer."""

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.queries.withdrawals import Made


def table(export: Made) -> Table:
    """One line for each contribution that was withdrawn since this export."""
    columns = [
        Column("id", "string", gettext("The contribution as the export calls it.")),
        Column("why", "string", gettext("taken_back, lowered or held.")),
        Column("taken_back_on", "date", gettext("The day it was taken back.")),
    ]
    rows = [(each.id, each.why, each.on) for each in export.withdrawn]
    return Table("withdrawn", gettext("Withdrawn since"), columns, rows)
