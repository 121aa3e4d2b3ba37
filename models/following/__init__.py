"""Staying in touch: who was contacted when, what comes next, the pool, and whose a customer is."""
