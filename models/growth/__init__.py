"""How people grow: feedback, talks, recognition, and plans for what is weak."""
