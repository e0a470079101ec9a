"""The words that titles of village notices are made of, so that no line ends inside one. Pure data.

Written Chinese doesn't show where words end, and a segmenter brings a dictionary of many megabytes for
titles that are made of the same few words. One that is missing here is no error: what stands between
two known words is taken for a word, or for pairs.
"""

from typing import Final

_LIST: Final = """
村务公开 党务公开 财务公开 财务收支 收支明细 村集体 村规民约 村民 村务 村级 村道 村委会 居民 城乡 小组 代表 委员会 监督
公示 公告 通知 通告 公开 名单 明细 情况 结果 方案 计划 决定 决议 报告 清单 目录 更正 补充 撤回 说明 意见 须知 记录 安排 事项
上半月 下半月 上半年 下半年 年度 季度 月份 全年 本月 今年
低保 特困 五保 医保 社保 养老 保险 医疗 残疾 救助 救灾 慰问 临时 困难 家庭 补贴 补助 补偿 资金 分红 发放 评定 评议 认定 缴费 参保
惠民 惠农 政策 危房 改造 厕所 住房 宅基地 审批 申请 审核 复核 初审 享受 对象 退出 新增
收入 支出 结余 债务 债权 资产 资源 承包 租赁 流转 出让 招标 中标 采购 工程 项目 竣工 开工 验收 结算 决算 预算 审计 合同 款项
经济 发展 合作社 股份 产业 光伏 土地 耕地 山林 林地 征地 地力 农机 购置 粮食 良种 直补 分户 保护 规范 管理 建设 维修 硬化 路灯 道路
饮水 停水 停电 防汛 防火 抗旱 值班 检修 垃圾 环境 卫生 整治 绿化 选举 换届 候选人 会议 召开 表决 修订 实施 制度 重大 决策 分类 进一步 关于
求助 线路 不通 没有 任何人 打不通 联系 电话 管理员 办公室 接通 网络 插入
"""
_PATTERNS: Final = (
    r"[0-9]{1,2}月[上下]半月", r"第[一二三四五六七八九十0-9]+(?:季度|次|批|期|届|组|条|号)", r"[一二三四五六七八九十]+(?:组|户|人|年)",
)  # fmt: skip

WORDS: Final = "|".join((*_PATTERNS, *sorted(_LIST.split(), key=len, reverse=True)))
"""A regular expression that matches the longest known word."""
