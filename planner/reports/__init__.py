"""The drawer of reports: one file each; every report receives the plan and the question as arguments."""
