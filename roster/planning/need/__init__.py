"""The least that would do: the cheapest additions after which enough people are seen soon enough."""
