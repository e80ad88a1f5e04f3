"""Fills the lab's domains; runs under Debian's own Python, which has the Samba bindings.

`manifest`, `people` and the data of `hopital` are plain Python that any interpreter can import.
"""
