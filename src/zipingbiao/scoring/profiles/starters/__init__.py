"""Values to start a 评分规则 of one's own from, for ``zpb profile new --from``; no place's rules."""
