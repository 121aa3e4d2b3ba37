"""The window and the command line: the only place where a process begins."""

__version__ = "0.1.0"
