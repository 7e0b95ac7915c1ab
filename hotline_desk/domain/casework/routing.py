"""分流: which of the four routes a case is proposed for, and why; a person decides.

- 工会干部调解: facts and law are clear and the matter simple.
- 劳模调解员调解: no rule is obviously broken, or it is hard to prove.
- 法律援助 (律师先行调解、代理仲裁诉讼): the worker meets its conditions; migrant workers who claim
  pay or compensation for an injury at work are exempt from the means check.
- 多部门联合调处: it is several departments' business.

The routes are those of DOMAIN.md, section 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import PersonLabel
from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.clock_events import ComplexReason
from hotline_desk.domain.categories import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question

_BETWEEN = re.compile(r"[、，,；;/\s]+")
_CLAIMS = frozenset({Category.WAGES, Category.INJURY})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingFacts:
    """What is known of a case when its route is chosen; None is not known yet."""

    clear: bool | None = None
    """Whether facts and law are clear, and the matter simple."""
    breach: bool | None = None
    """Whether the employer has obviously broken a rule."""
    provable: bool | None = None
    """Whether the worker has evidence."""
    needs_lawyer: bool = False
    """Whether arbitration or a lawsuit is likely."""
    means_tested: bool = False
    """Whether the worker meets the conditions of legal aid (经济困难)."""
    migrant: bool = False
    """Whether the worker is a migrant worker (农民工)."""
    pay_or_injury: bool = False
    """Whether it is about pay owed or compensation for an injury at work."""
    departments: tuple[str, ...] = ()
    """Whose business it is besides the union's: 人社, 税务, 医保 …"""

    @property
    def is_exempt(self) -> bool:
        """Whether nobody looks at the worker's means (法律援助法 第四十二条)."""
        return self.migrant and self.pay_or_injury


@dataclass(frozen=True, slots=True)
class RouteProposal:
    """One route and the reason in words."""

    route: Route
    reason: str


def known_facts(case: Case, questions: Iterable[Question]) -> RoutingFacts:
    """Return what the ledger itself knows: labels, categories, 协办单位 and why it is 复杂."""
    asked = list(questions)
    labels = {label for question in asked for label in question.caller.labels}
    reasons = {grading.reason for grading in case.events.gradings}
    aid = ComplexReason.LEGAL_AID in reasons
    about = {category for question in asked
             for category in (question.category, *question.other_categories)}  # fmt: skip
    return RoutingFacts(
        needs_lawyer=aid,
        means_tested=aid or PersonLabel.HARDSHIP in labels,
        migrant=PersonLabel.MIGRANT in labels,
        pay_or_injury=bool(about & _CLAIMS),
        departments=tuple(dict.fromkeys(filter(None, _BETWEEN.split(case.helpers)))),
    )


def propose_routes(facts: RoutingFacts) -> list[RouteProposal]:
    """Return the routes that fit, the fittest first; none while too little is known.

    Legal aid goes before the mediators where a lawyer is needed; else it is told last, as a right
    of the worker's.
    """
    return list(_proposals(facts))


def _proposals(facts: RoutingFacts) -> Iterator[RouteProposal]:
    if len(facts.departments) > 1:
        named = "、".join(facts.departments)
        yield RouteProposal(Route.JOINT, f"涉及{named}等多个部门的职责，要联合调处")
    aid = _of_means(facts)
    if aid and facts.needs_lawyer:
        yield RouteProposal(Route.LEGAL_AID, f"可能要仲裁或诉讼，{aid}")
    if facts.breach is False or facts.provable is False:
        why = "没有明显的违法行为" if facts.breach is False else "举证困难"
        yield RouteProposal(Route.MODEL_WORKER, f"{why}，宜由劳模调解员说理调和")
    elif facts.clear and len(facts.departments) <= 1 and not (aid and facts.needs_lawyer):
        yield RouteProposal(Route.CADRE, "事实清楚、法律关系明确、案情简单")
    if aid and not facts.needs_lawyer:
        yield RouteProposal(Route.LEGAL_AID, f"{aid}，可由律师先行调解")


def _of_means(facts: RoutingFacts) -> str:
    """Return why the worker may have legal aid; empty where that is not known."""
    if facts.is_exempt:
        return "农民工请求支付劳动报酬或工伤赔偿，免予核查经济困难状况（法律援助法 第四十二条）"
    return "符合法律援助的经济困难条件" if facts.means_tested else ""
