"""评分规则, one YAML file per regulation or place; :mod:`zipingbiao.scoring.profile` reads them."""
