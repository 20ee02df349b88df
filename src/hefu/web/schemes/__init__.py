"""The page of a scheme: identity, lifecycle, clauses, proof."""
