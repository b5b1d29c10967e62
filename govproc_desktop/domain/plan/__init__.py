"""采购实施计划: what it says, how it moves, and the rules that judge it."""
