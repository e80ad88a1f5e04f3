"""The exposure probe: what the network shows of a signed scope."""

from care_kit.probes.exposure.run import collect, tool

__all__ = ["collect", "tool"]
