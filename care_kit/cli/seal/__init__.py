"""`care sign`, `care timestamp`: what stands beside a package."""
