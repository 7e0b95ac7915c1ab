"""How the ledger's table stands, to be kept from one day to the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from hotline_desk.domain.arranging import Order

if TYPE_CHECKING:
    from hotline_desk.ui.ledger.ledger_view_model import LedgerViewModel
    from hotline_desk.ui.ledger.question_table import QuestionTable


def table_state(table: QuestionTable, model: LedgerViewModel) -> QByteArray:
    """Return the columns of *table* and the order of its rows, as JSON."""
    order = {"order": model.shown.order, "descending": model.shown.descending}
    return QByteArray(json.dumps(table.layout_facts() | order).encode())


def restore_table(table: QuestionTable, model: LedgerViewModel, state: QByteArray) -> None:
    """Have *table* stand as it did; what is not understood of *state* stays as it is."""
    try:
        kept = json.loads(bytes(state.data()))
    except ValueError:
        return
    if isinstance(kept, dict):
        table.restore_layout(kept)
        known = {each.value: each for each in Order}
        model.remember_order(
            known.get(str(kept.get("order"))), descending=kept.get("descending") is True
        )
