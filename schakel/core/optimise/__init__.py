"""Shared solvers: mixed-integer models in HiGHS, time limits, compiled kernels. Import the module that you need."""
