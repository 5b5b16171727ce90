"""The drawer of priced concerns: one file each; together they are the objective `cost`."""
