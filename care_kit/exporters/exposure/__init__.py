"""The exposure report: for managers first, then one sheet per finding, then a plan."""
