"""The action plan: adjustments, actions, versions, words, who signs."""
