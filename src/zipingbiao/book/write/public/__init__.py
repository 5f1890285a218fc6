"""公开稿: a copy of a workbook or document without what only its makers should see."""
