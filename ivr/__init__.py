"""«Светлая линия»: the voice backend of an electricity utility's hotline."""
