"""The sample team: a small sales office that never was, for trying the program and for tests."""
