"""A second implementation of the contract, which shares no code with the engine: the outside checker and solver."""
