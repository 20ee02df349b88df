"""What somebody was told: the bell, the list, the choice of what comes by mail."""
