"""Papers on screen: handing files in, also over a poor line; fetching them; forms as they are printed."""
