"""Chinese forms write dates as 2017年11月15日."""
