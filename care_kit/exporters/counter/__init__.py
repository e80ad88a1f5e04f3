"""Help at the counters, where people type: a copy sheet, a prefilled form, the files to attach."""
