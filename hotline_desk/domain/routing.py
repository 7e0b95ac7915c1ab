"""分流: which route a case is proposed for, and why; a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from hotline_desk.domain.cases import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingFacts:
    """What is known of a case when its route is chosen; None is not known yet."""

    clear: bool | None = None
    """Whether facts and law are clear."""
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


@dataclass(frozen=True, slots=True)
class RouteProposal:
    """One route and the reason in words."""

    route: Route
    reason: str


def propose_routes(facts: RoutingFacts) -> list[RouteProposal]:
    """Return the routes that fit, the fittest first; none while too little is known.

    Migrant workers who claim pay or compensation for an injury at work are exempt from the means
    check (法律援助法 第四十二条).
    """
    exempt = facts.migrant and facts.pay_or_injury
    found = []
    if len(facts.departments) > 1:
        found.append(
            RouteProposal(Route.JOINT, f"涉及{'、'.join(facts.departments)}等多个部门的职责")
        )
    if facts.needs_lawyer and (exempt or facts.means_tested):
        why = (
            "农民工请求支付劳动报酬或工伤赔偿，免予核查经济困难状况（法律援助法 第四十二条）"
            if exempt
            else "符合法律援助的经济困难条件"
        )
        found.append(RouteProposal(Route.LEGAL_AID, f"可能要仲裁或诉讼，{why}"))
    if facts.breach is False or facts.provable is False:
        why = "没有明显的违法行为" if facts.breach is False else "举证困难"
        found.append(RouteProposal(Route.MODEL_WORKER, f"{why}，宜由劳模调解员说理调和"))
    elif facts.clear and not found:
        found.append(RouteProposal(Route.CADRE, "事实清楚、法律关系明确、案情简单"))
    return found
