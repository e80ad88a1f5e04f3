"""Domains and their questions, with marks that read without colour."""

from rich.style import Style
from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from care_kit.assessment.situation import Situation
from care_kit.model.questionnaire import Domain, Indicator
from care_kit.tui.order import Entry, of_domain
from care_kit.tui.wording import CONFLICT, SOCLE, mark, one_line


class QuestionTree(Tree[Entry]):
    """One branch per domain, one leaf per question; `>` stands before the current line."""

    def __init__(self, now: Situation) -> None:
        super().__init__("", id="tree")
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self._leaves: dict[str, TreeNode[Entry]] = {}
        for domain in now.questionnaire.domains:
            branch = self.root.add(_domain_label(now, domain), domain, expand=True)
            for indicator in of_domain(now.questionnaire, domain):
                leaf = branch.add_leaf(_question_label(now, indicator), indicator)
                self._leaves[indicator.id] = leaf

    @property
    def current(self) -> Entry | None:
        """What the cursor stands on, at this very moment."""
        return self.cursor_node.data if self.cursor_node is not None else None

    def show(self, now: Situation) -> None:
        """Write the marks and counts again after an answer."""
        for branch in self.root.children:
            if isinstance(branch.data, Domain):
                branch.set_label(_domain_label(now, branch.data))
            for leaf in branch.children:
                if isinstance(leaf.data, Indicator):
                    leaf.set_label(_question_label(now, leaf.data))

    def go_to(self, indicator: Indicator) -> None:
        """Put the cursor on a question, unfolding its domain."""
        leaf = self._leaves[indicator.id]
        if leaf.parent is not None:
            leaf.parent.expand()
        lines = range(self.last_line + 1)
        self.move_cursor_to_line(next(at for at in lines if self.get_node_at_line(at) is leaf))

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


def _domain_label(now: Situation, domain: Domain) -> Text:
    questions = of_domain(now.questionnaire, domain)
    results = [now.assessment.indicators[one.id] for one in questions]
    said = sum(one.state is not None for one in results)
    conflict = f" {CONFLICT}" if any(one.conflict for one in results) else ""
    return Text(f"{said}/{len(results)}{conflict} {one_line(domain.title)}")


def _question_label(now: Situation, indicator: Indicator) -> Text:
    state = mark(now.assessment.indicators[indicator.id])
    socle = SOCLE if indicator.socle else " "
    return Text(f"{state}{socle}{indicator.id} {one_line(indicator.title)}")
