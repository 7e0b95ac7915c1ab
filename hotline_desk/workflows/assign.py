"""Say whose case it is (承办人), and by which route it goes (分流)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline_desk.domain.cases import Case, Route
    from hotline_desk.ledger import Ledger


def assign(
    ledger: Ledger, case_id: int, *, owner: str, route: Route | None, helpers: str = "", by: str
) -> Case:
    """Say whose case it is (承办人), by which route (分流), and who helps (协办单位)."""
    with ledger.together():
        case = ledger.case(case_id)
        changed = replace(case, owner=owner.strip(), route=route, helpers=helpers.strip())
        return ledger.save_case(changed, by=by)
