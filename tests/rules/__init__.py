"""Each rule kept and broken, each preference priced: on small hand-made instances, by checker and by model."""
