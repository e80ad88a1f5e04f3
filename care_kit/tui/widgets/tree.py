"""Domains and their questions, with marks that read without colour."""

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from care_kit.model.content.questionnaire import Domain, Indicator
from care_kit.tui.views.order import Entry
from care_kit.tui.views.view import View
from care_kit.tui.wording import COMMENTED, CONFLICT, SOCLE, TO_REVIEW, mark, one_line


class QuestionTree(Tree[Entry]):
    """One branch per domain, one leaf per question; `>` stands before the current line."""

    def __init__(self, view: View, asked: Sequence[Indicator]) -> None:
        super().__init__("", id="tree")
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.fill(view, asked)

    @property
    def current(self) -> Entry | None:
        """What the cursor stands on, at this very moment."""
        return self.cursor_node.data if self.cursor_node is not None else None

    def fill(self, view: View, asked: Sequence[Indicator]) -> None:
        """List these questions, and the domains that hold them."""
        self.root.remove_children()
        self._leaves: dict[str, TreeNode[Entry]] = {}
        kept: dict[str, list[Indicator]] = {}
        for one in asked:
            kept.setdefault(one.domain, []).append(one)
        for domain in view.now.questionnaire.domains:
            if domain.id not in kept:
                continue
            branch = self.root.add(_domain_label(view, domain), domain, expand=True)
            for indicator in kept[domain.id]:
                leaf = branch.add_leaf(_question_label(view, indicator), indicator)
                self._leaves[indicator.id] = leaf

    def show(self, view: View) -> None:
        """Write the marks and counts again after an answer."""
        for branch in self.root.children:
            if isinstance(branch.data, Domain):
                branch.set_label(_domain_label(view, branch.data))
            for leaf in branch.children:
                if isinstance(leaf.data, Indicator):
                    leaf.set_label(_question_label(view, leaf.data))

    def go_to(self, indicator: Indicator) -> None:
        """Put the cursor on a question, unfolding its domain."""
        leaf = self._leaves[indicator.id]
        if leaf.parent is not None:
            leaf.parent.expand()
        if self.last_line >= 0:  # reading it numbers the lines again
            self.move_cursor_to_line(leaf.line)

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        """The label cut to the width, after `>` on the current line."""
        text = Text(">" if node is self.cursor_node else " ", style)
        if node.allow_expand:
            text.append(self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE)
        text.append_text(Text(str(node.label)))
        room = self.scrollable_content_region.width - (0 if node.allow_expand else self.guide_depth)
        if room > 0:
            text.truncate(room, overflow="ellipsis")
        return text


def _domain_label(view: View, domain: Domain) -> Text:
    results = [view.now.assessment.indicators[one.id] for one in view.by_domain[domain.id]]
    said = sum(one.state is not None for one in results)
    conflict = f" {CONFLICT}" if any(one.conflict for one in results) else ""
    return Text(f"{said}/{len(results)}{conflict} {one_line(domain.title)}")


def _question_label(view: View, indicator: Indicator) -> Text:
    state = mark(view.now.assessment.indicators[indicator.id])
    socle = SOCLE if indicator.socle else " "
    commented = COMMENTED if indicator.id in view.comments else ""
    review = TO_REVIEW if indicator.id in view.now.state.marks else ""
    notes = f"{commented}{review} ".lstrip()
    return Text(f"{state}{socle}{indicator.id} {notes}{one_line(indicator.title)}")
