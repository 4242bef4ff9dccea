"""Cleaning 清洗: the four kinds of fault in the registers' data, found rule by rule."""
