"""The categories of questions (问题类别), the programme's four published ones first."""

from enum import StrEnum


class Category(StrEnum):
    """问题类别: what the employer did wrong decides, not which money is wanted."""

    PENDING = "待定"
    WAGES = "工资"
    INSURANCE = "社保缴纳"
    CONTRACT = "劳动合同"
    INJURY = "工伤"
    DISMISSAL = "解除终止与经济补偿"
    HOURS = "工时休假"
    WOMEN_AND_MINORS = "女职工和未成年工"
    SAFETY = "劳动安全与职业病"
    AGENCY = "派遣与外包"
    NEW_WORK = "新就业形态"
    RETIREMENT = "退休与养老"
    BENEFITS = "社保待遇"
    HOUSING_FUND = "住房公积金"
    UNION = "工会与集体协商"
    EMPLOYMENT = "就业服务"
    OTHER_LABOUR = "其他劳动问题"
    NOT_LABOUR = "非劳动法律问题"


CATEGORIES: tuple[Category, ...] = tuple(c for c in Category if c is not Category.PENDING)
"""In the order in which they are offered and counted; 待定 is allowed on air only."""
