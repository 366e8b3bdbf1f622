"""Many folders solved: each in a process of its own, on this machine or on a cluster, and what came of them."""
