"""From a composition to tagged pages: fonts, style, flow, painting, structure, and putting it all together."""
