"""Unit symbols and the words they are said in; `sync.reading.amounts` puts them behind a number."""

from typing import Final

# Said the same in capitals and small letters.
SYMBOLS: Final = {
    "km/h": "公里每小时", "m/s": "米每秒", "mg/l": "毫克每升", "mg/kg": "毫克每公斤",
    "kwh": "千瓦时", "kw·h": "千瓦时", "kw": "千瓦", "kva": "千伏安", "kv": "千伏",
    "km²": "平方公里", "km2": "平方公里", "hm²": "公顷", "ha": "公顷",
    "m²": "平方米", "m2": "平方米", "㎡": "平方米", "m³": "立方米", "m3": "立方米", "㎥": "立方米",
    "km": "公里", "㎞": "公里", "cm": "厘米", "㎝": "厘米", "mm": "毫米", "㎜": "毫米", "dm": "分米",
    "kg": "公斤", "㎏": "公斤", "mg": "毫克", "ml": "毫升", "min": "分钟", "db": "分贝",
    "℃": "摄氏度", "°c": "摄氏度", "°": "度",
}  # fmt: skip

# One letter: 3 m is metres, 5G and 4A are names.
LETTERS: Final = {"m": "米", "g": "克", "t": "吨", "L": "升", "V": "伏", "W": "瓦"}
