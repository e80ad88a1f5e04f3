"""Words of the house: closed lists, French writing, errors."""
