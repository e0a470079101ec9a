"""The few widgets that draw sheets; what they draw is worked out in `kiosk.ui.sheets`."""
