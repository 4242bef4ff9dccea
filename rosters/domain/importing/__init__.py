"""People, nominations and assignments from a workbook: first looked at, then kept."""
