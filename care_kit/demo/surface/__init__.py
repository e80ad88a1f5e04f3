"""A weak exposed surface on a loopback address, in pure Python: no root, no extra package."""

from care_kit.demo.surface.surface import Surface, running_surface

__all__ = ["Surface", "running_surface"]
