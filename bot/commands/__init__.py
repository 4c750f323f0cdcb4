"""The commands of `tiaowen`, one file each, imported only when asked for."""
