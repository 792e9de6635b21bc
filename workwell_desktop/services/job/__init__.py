"""The whole job from one case file, with no screen."""
