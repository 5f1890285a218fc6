"""项目支出绩效自评表：understands, scores, checks and consolidates self-evaluation tables."""
