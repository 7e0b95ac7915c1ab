"""The four routes of DOMAIN.md, each proposed from its facts with its reason."""

from itertools import product

import pytest

from hotline_desk.domain.cases import Route
from hotline_desk.domain.routing import RoutingFacts, propose_routes


def routes(**facts):
    return [proposal.route for proposal in propose_routes(RoutingFacts(**facts))]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"clear": True}, [Route.CADRE]),
        ({"clear": True, "breach": True, "provable": True}, [Route.CADRE]),
        ({"clear": True, "breach": False}, [Route.MODEL_WORKER]),
        ({"provable": False}, [Route.MODEL_WORKER]),
        ({"needs_lawyer": True}, []),
        ({"needs_lawyer": True, "means_tested": True}, [Route.LEGAL_AID]),
        ({"needs_lawyer": True, "migrant": True}, []),
        ({"needs_lawyer": True, "migrant": True, "pay_or_injury": True}, [Route.LEGAL_AID]),
        ({"clear": True, "departments": ("人社", "税务")}, [Route.JOINT]),
        ({"clear": True, "departments": ("人社",)}, [Route.CADRE]),
        (
            {
                "departments": ("人社", "住建"),
                "needs_lawyer": True,
                "migrant": True,
                "pay_or_injury": True,
                "provable": False,
            },
            [Route.JOINT, Route.LEGAL_AID, Route.MODEL_WORKER],
        ),
    ],
)
def test_a_route_follows_from_its_facts(facts, expected):
    assert routes(**facts) == expected


def test_the_exemption_from_the_means_check_is_said_with_its_article():
    facts = RoutingFacts(needs_lawyer=True, migrant=True, pay_or_injury=True)

    (proposal,) = propose_routes(facts)

    assert "法律援助法 第四十二条" in proposal.reason


def test_no_route_is_proposed_twice_and_each_has_a_reason():
    answers = (None, True, False)
    for clear, breach, provable, lawyer, means in product(
        answers, answers, answers, (True, False), (True, False)
    ):
        found = propose_routes(
            RoutingFacts(
                clear=clear,
                breach=breach,
                provable=provable,
                needs_lawyer=lawyer,
                means_tested=means,
            )
        )
        assert len({proposal.route for proposal in found}) == len(found)
        assert all(proposal.reason for proposal in found)
