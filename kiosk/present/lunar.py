"""The day of the farmers' calendar, by which the village counts its festivals and markets."""

from datetime import date

from borax.calendars.lunardate import LunarDate


def lunar(on: date) -> str:
    """Return the lunar day in Chinese, as 闰五月初三; empty outside 1900 to 2100."""
    try:
        found = LunarDate.from_solar(on)
    except ValueError:
        return ""
    return f"{found.cn_leap}{found.cn_month}月{found.cn_day}"
