"""A later export of an order fills what is empty, and overwrites nothing."""

from dataclasses import asdict, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.categories import Category
from hotline_desk.domain.importing.filling import filling
from tests.domain.tables import read, sheet

HEADINGS = (
    "接收日期", "来源渠道", "诉求要点", "外部工单号", "问题类别", "解答要点", "涉及金额", "来电人",
    "联系电话", "备注", "承办人",
)  # fmt: skip
EMPTY = (None, "", (), Category.PENDING)

orders = st.tuples(
    st.sampled_from(["", "待定", "工资", "工伤"]), st.sampled_from(["", "五天", "十天"]),
    st.sampled_from(["", "3000", "5000"]), st.sampled_from(["", "董女士", "王师傅"]),
    st.sampled_from(["", "13800005678"]), st.sampled_from(["", "记"]), st.sampled_from(["", "丁"]),
)  # fmt: skip


def order(cells):
    row = ("2026-03-05", "12345 转办", "拖欠工资", "W-1", *cells)
    (found,) = read(sheet("表", HEADINGS, row)).questions
    return found


@settings(max_examples=40)
@given(orders, orders)
def test_nothing_that_stands_is_overwritten_and_nothing_that_is_new_is_lost(first, later):
    known = replace(order(first).question, id=1, call_id=1, number="GHFL-2026-M03-001")
    row = order(later)

    found = filling(row, [known])

    became = found.question
    for name, stood in asdict(known).items():
        now, said = getattr(became, name), getattr(row.question, name)
        if name in {"category", "answer", "amount_fen"}:
            assert now == (said if stood in EMPTY and said not in EMPTY else stood), name
        elif name == "notes":
            assert now.startswith(stood)
    assert found.of_caller.get("name", "") == (
        row.question.caller.name if not known.caller.name else ""
    )
    # once more brings nothing
    again = replace(became, caller=replace(known.caller, **found.of_caller))
    assert not filling(row, [again]).filled


def test_another_matter_is_none_of_them():
    known = order(("",) * 7).question

    assert filling(order(("",) * 7), [replace(known, point="欠薪")]) is None
