"""impactbrief: write and render Internet Impact Briefs.

One way through the house: toolkit + answers → assessment → brief → formats.
"""
