"""What a month comes to beyond the bridge: effects of the rules, prices, other months, invoice, books."""
