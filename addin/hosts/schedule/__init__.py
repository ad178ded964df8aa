"""When a report is made by itself: a line for cron, or a file for Windows' Task Scheduler.

Tollsheet puts neither in its place: a person does that, with the command that is printed.
"""
