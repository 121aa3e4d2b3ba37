"""Evaluations: scorecards, cycles, scores that name their records, signatures and seals."""
