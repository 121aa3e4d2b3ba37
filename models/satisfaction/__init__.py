"""What customers say: answers to questionnaires, calls, reviews, and complaints."""
