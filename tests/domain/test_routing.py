"""The four routes of DOMAIN.md, each proposed from its facts with its reason."""

from itertools import product

import pytest

from hotline_desk.domain.calls import Caller, PersonLabel
from hotline_desk.domain.casework.cases import Case, Route
from hotline_desk.domain.casework.clock_events import ClockEvents, ComplexReason, Grade, Grading
from hotline_desk.domain.casework.routing import RoutingFacts, known_facts, propose_routes
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Question
from tests.domain.cases import a_case
from tests.ledger.records import AT


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
        ({"means_tested": True}, [Route.LEGAL_AID]),
        ({"clear": True, "means_tested": True}, [Route.CADRE, Route.LEGAL_AID]),
        (
            {"provable": False, "migrant": True, "pay_or_injury": True},
            [Route.MODEL_WORKER, Route.LEGAL_AID],
        ),
        ({"clear": True, "needs_lawyer": True, "means_tested": True}, [Route.LEGAL_AID]),
        ({"clear": True, "needs_lawyer": True}, [Route.CADRE]),
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


def asked(category, *labels, **given):
    return Question(
        id=1, number="GHFL-2026-190-01", episode=190, at=AT, category=category,
        caller=Caller(labels=labels), **given,
    )  # fmt: skip


def test_what_the_ledger_knows_of_a_case_is_read_off_it():
    case = Case(
        id=1, number="AJ-2026-0001", received=AT.date(), events=a_case(AT.date()),
        helpers="人社、住建，人社",
    )  # fmt: skip

    facts = known_facts(case, [asked(Category.WAGES, PersonLabel.MIGRANT)])

    assert facts == RoutingFacts(migrant=True, pay_or_injury=True, departments=("人社", "住建"))
    assert facts.is_exempt
    poor = known_facts(case, [asked(Category.CONTRACT, PersonLabel.HARDSHIP)])
    assert (poor.means_tested, poor.pay_or_injury) == (True, False)
    beside = asked(Category.DISMISSAL, other_categories=(Category.INJURY,))
    assert known_facts(case, [beside]).pay_or_injury


def test_a_case_that_is_complex_for_legal_aid_needs_its_lawyer():
    graded = Grading(on=AT.date(), grade=Grade.COMPLEX, reason=ComplexReason.LEGAL_AID)
    case = Case(
        id=1, number="AJ-2026-0001", received=AT.date(),
        events=ClockEvents(received=AT.date(), gradings=(graded,)),
    )  # fmt: skip

    facts = known_facts(case, [])

    assert [each.route for each in propose_routes(facts)] == [Route.LEGAL_AID]


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
