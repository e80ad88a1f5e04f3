"""Other tools' collections, read as facts, and other tools' verdicts, kept beside ours."""
