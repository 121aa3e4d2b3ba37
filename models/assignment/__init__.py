"""Who gets which work: candidates weighed by reasons that anybody can read and check."""
