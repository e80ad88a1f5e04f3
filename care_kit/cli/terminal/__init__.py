"""What every command shares: options, output, Typer's words in French."""
