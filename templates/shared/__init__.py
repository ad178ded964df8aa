"""What all blank templates have in common: the sheet How to use, input tables, checks, protection."""
