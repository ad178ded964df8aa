"""The blank templates: workbooks that people open by hand, paste rows into, and read.

One module or package a template, each with a function that builds the file; `templates/NAME.xlsx` is what it
builds, committed.
"""
