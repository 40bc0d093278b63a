"""Loading the utility's data: staged in temporary tables, compared, written in one transaction."""
