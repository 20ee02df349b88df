"""What a body sets: its schemes, their settings and facts, and who changed them when."""
