"""Templates that people have made their own, filled from records without losing what they put in."""
