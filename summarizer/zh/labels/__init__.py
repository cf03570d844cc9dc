"""A clause → a label for its quantity, where no model gives one."""
