"""A probe run from the application, in a process of its own.

The screen stays quick whatever the probe does; closing that process's standard input stops it, and
what starts with it (nmap), at once, even when it waits for an answer; and when the application
dies, so does the probe. Requests and results go through pipes: a password is never in an argument,
an environment or a file.
"""
