"""Month after month: what becomes of the queue where people are referred at random and some plans come to nothing."""
