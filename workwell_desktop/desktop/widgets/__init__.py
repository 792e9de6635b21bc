"""The parts that pages are made of; ``desktop.kit`` gathers them for page builders."""
