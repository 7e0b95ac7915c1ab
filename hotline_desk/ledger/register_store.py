"""The ledger's registers: people, service points, papers, publications, closed months."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.errors import RecordNotFound
from hotline_desk.ledger.case_store import CaseStore
from hotline_desk.ledger.connection import rows
from hotline_desk.ledger.registers import REGISTERS, R

if TYPE_CHECKING:
    from hotline_desk.ledger.registers import Register


class RegisterStore(CaseStore):
    """What the ledger keeps in registers; each record is a dataclass of its own."""

    def keep(self, record: R, *, by: str) -> R:
        """Keep *record*, new where its id is 0; return it with its id.

        Raises:
            RecordNotFound: no record has its id, or its adding was taken back.
        """
        register = REGISTERS[type(record)]
        with self._write():
            if not record.id:
                row_id = self._changes.add(register.name, register.facts(record), by)
                return replace(record, id=row_id)
            self._known(register, record.id)
            self._changes.change(register.name, record.id, register.facts(record), by)
        return record

    def kept(self, kind: type[R]) -> list[R]:
        """Return all records of *kind*, in the order in which they were added."""
        register: Register[R] = REGISTERS[kind]
        with self._read() as db:
            found = rows(db, f"{register.select} WHERE removed = 0 ORDER BY id")
        return [register.of(each) for each in found]

    def take_out(self, record: R, *, by: str) -> None:
        """Let *record* leave its register; undo brings it back.

        Raises:
            RecordNotFound: no record has its id, or it has left already.
        """
        register = REGISTERS[type(record)]
        with self._write():
            self._known(register, record.id)
            self._changes.change(register.name, record.id, {"removed": 1}, by)

    def has_unit(self, name: str) -> bool:
        """Return whether a question or a case has *name* as its 填报单位."""
        with self._read() as db:
            found = rows(
                db,
                "SELECT EXISTS (SELECT 1 FROM questions WHERE removed = 0 AND unit = ?1)"
                " OR EXISTS (SELECT 1 FROM cases WHERE removed = 0 AND unit = ?1) AS says",
                (name,),
            )
        return bool(found[0]["says"])

    def _known(self, register: Register[R], row_id: int) -> None:
        with self._read() as db:
            found = rows(db, f"{register.select} WHERE removed = 0 AND id = ?", (row_id,))
        if not found:
            raise RecordNotFound(register.what)
