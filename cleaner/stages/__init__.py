"""The stages: one kind of repair each, all with the same ``propose(draft, config)``."""
