"""The window and the command line: the only place where a process begins."""
