"""The suite: mirrors workwell_desktop/ folder by folder, plus journeys/, benchmarks/ and, here, tests of the house."""
