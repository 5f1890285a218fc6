"""汇总表: its projects, totals and sheets."""
