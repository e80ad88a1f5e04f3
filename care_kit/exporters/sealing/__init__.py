"""What stands beside a package: its signature, its slip, its time-stamp (extra `sign`)."""
