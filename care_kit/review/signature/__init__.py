"""What a signature, a slip or a time-stamp beside a package proves (extra `sign`)."""
