"""The screen: the only package that imports Kivy.

A screen draws a frozen view model of `kiosk.present` and emits `kiosk.intentions`.
What is where on the glass is worked out in `kiosk.ui.sheets` and drawn in `kiosk.ui.widgets`.
"""
