"""Trains the encoder and its heads on the inputs that `isnad features` wrote."""
