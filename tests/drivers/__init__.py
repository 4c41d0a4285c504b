"""Programs and machinery that tests start; none of them is a test."""
