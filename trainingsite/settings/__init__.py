"""Four ways to run: base (shared), embedded (default), production, test."""
