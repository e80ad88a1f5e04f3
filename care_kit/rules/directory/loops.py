"""Cycles of a directed graph."""

from collections.abc import Mapping, Sequence


def looped(graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Sorted nodes that lie on a cycle, a node that holds itself included.

    Nodes without successors, then nodes without predecessors, are dropped until none is left:
    what remains is small, and searched node by node.
    """
    kept = _peel(_reverse(_peel(graph)))
    return tuple(sorted(node for node in kept if node in _reached(kept, node)))


def _peel(graph: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Drop, again and again, the nodes without successors."""
    parents = _reverse(graph)
    remaining = {node: len([one for one in graph[node] if one in graph]) for node in graph}
    waiting = [node for node, count in remaining.items() if count == 0]
    while waiting:
        node = waiting.pop()
        del remaining[node]
        for parent in parents[node]:
            remaining[parent] -= 1
            if remaining[parent] == 0:
                waiting.append(parent)
    return {node: [one for one in graph[node] if one in remaining] for node in remaining}


def _reverse(graph: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    parents: dict[str, list[str]] = {node: [] for node in graph}
    for node, successors in graph.items():
        for one in successors:
            if one in parents:
                parents[one].append(node)
    return parents


def _reached(graph: Mapping[str, Sequence[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph[node])
    return seen
