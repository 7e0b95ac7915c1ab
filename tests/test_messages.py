"""Every foreseen failure has its sentence."""

import inspect
import re
import string

from hotline_desk import errors
from hotline_desk.messages import SENTENCES


def leaves(of: type[errors.HotlineDeskError]) -> set[type[errors.HotlineDeskError]]:
    below = {leaf for kind in of.__subclasses__() for leaf in leaves(kind)}
    return below or {of}


def test_every_leaf_has_one_chinese_sentence():
    assert set(SENTENCES) == leaves(errors.HotlineDeskError)


def test_sentences_name_only_what_their_error_carries():
    for kind, template in SENTENCES.items():
        fields = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert not fields or fields <= set(inspect.signature(kind).parameters), kind
        assert template.endswith(("。", "{reason}")), kind


def test_the_drawn_tree_is_the_tree_of_the_classes():
    drawn: dict[str, set[str]] = {}
    for line in (errors.__doc__ or "").partition("HotlineDeskError\n")[2].splitlines():
        if not line:
            break
        names = re.findall(r"\w+", line)
        if line[0] in "├└":
            (branch,) = names
            drawn[branch] = set()
        else:
            drawn[branch] |= set(names)

    branches = errors.HotlineDeskError.__subclasses__()
    assert drawn == {
        branch.__name__: {leaf.__name__ for leaf in branch.__subclasses__()} for branch in branches
    }
