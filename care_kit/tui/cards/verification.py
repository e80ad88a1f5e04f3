"""What a verification says, as the parts of a text."""

from collections.abc import Iterator

from care_kit.review import told
from care_kit.review.verification import Verification
from care_kit.tui.wording import Part


def verification_card(found: Verification) -> Iterator[Part]:
    """The outcome, what is wrong, what could not be checked, what the package says of itself."""
    for rank, (mark, sentence) in enumerate(told.lines(found)):
        if rank == 0:
            yield "", f"{mark} {sentence}", "bold"
        elif not mark:
            yield "", "", ""
            yield "", sentence, ""
        else:
            yield f"{mark} ", sentence, ""
