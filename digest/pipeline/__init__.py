"""The pipeline: the stages in order, a line each."""
