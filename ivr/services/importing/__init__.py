"""Files of the utility's own data: reading, checking, and the loading of what was checked."""
