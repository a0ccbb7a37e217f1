"""Many units: jobs, what became of them, and who does the work."""
