"""The journal: who changed what and when, undo as a fold, reads in the past."""
