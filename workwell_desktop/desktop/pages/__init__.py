"""The pages, one a module; ``shell.navigator`` finds them by route."""
