"""The Word report: one workbook's result → 绩效自评报告, and 送签单 for who signs it."""
