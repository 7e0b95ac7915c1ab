"""Makes the sample calls in resources/samples/."""
