"""The command line: the only reader of clock, arguments and environment, the only printer."""
