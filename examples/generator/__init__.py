"""Months of calls that never happened, written as the providers write them, with every planted fault known.

An independent witness: nothing of the product is imported here, amounts are whole numbers, and the truth is
written down beside the files.
"""
