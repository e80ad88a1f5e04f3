"""Pure computations on a dossier's state: scores, conflicts, time rules, pre-check."""
