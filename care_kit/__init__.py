"""care-kit: measure a hospital's cybersecurity, prove it, and have it funded."""

__version__ = "0.1.0"
