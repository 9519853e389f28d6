"""Code lists: what a choice column may hold, and how people also write it."""

from __future__ import annotations

from sheets_schema.model import choice

TIERS = (
    choice("important", "重要", "important", "重要客户", "A", "vip", "key"),
    choice("ordinary", "一般", "ordinary", "一般客户", "普通", "B", "regular"),
    choice("potential", "潜在", "potential", "潜在客户", "C", "prospect"),
    choice("unrated", "未评", "unrated", "未评级", "none"),
)

STATUSES = (
    choice("ok", "正常", "ok"),
    choice("warning", "提醒", "warning"),
    choice("error", "错误", "error"),
)

CUSTOMER_TYPES = (
    choice("individual", "个人", "individual", "个人客户", "person", "private", "b2c"),
    choice(
        "company",
        "企业",
        "company",
        "企业客户",
        "公司",
        "单位",
        "organisation",
        "organization",
        "b2b",
        "business",
    ),
)

GENDERS = (
    choice("1", "男", "male", "男性", "m", "先生", "1"),
    choice("2", "女", "female", "女性", "f", "女士", "2"),
    choice("9", "不适用", "not applicable", "n/a", "9"),
    choice("0", "未知", "unknown", "保密", "0"),
)

SOURCES = (
    choice("store", "门店", "store", "到店", "实体店", "walk-in"),
    choice("online", "线上", "online", "网店", "网站", "web", "website", "on-line"),
    choice("referral", "介绍", "referral", "转介绍", "老客户介绍", "推荐"),
    choice("campaign", "活动", "campaign", "促销", "广告", "advert"),
    choice("exhibition", "展会", "exhibition", "展览", "trade fair"),
    choice("form", "表单", "form", "问卷"),
    choice("import", "导入", "import", "imported"),
    choice("phone", "电话", "phone", "来电", "call"),
    choice("other", "其他", "other", "其它"),
)

MARKETING_CONSENTS = (
    choice("yes", "是", "yes", "同意", "y", "√", "true", "1", "已同意"),
    choice("no", "否", "no", "不同意", "n", "×", "x", "false", "0", "拒绝"),
    choice("withdrawn", "已撤回", "withdrawn", "撤回"),
)

ORDER_STATUSES = (
    choice("enquiry", "咨询", "enquiry", "询价", "inquiry"),
    choice("quoted", "已报价", "quoted", "报价"),
    choice("ordered", "已下单", "ordered", "下单", "待付款"),
    choice("paid", "已付款", "paid", "付款", "已支付"),
    choice("shipped", "已发货", "shipped", "发货"),
    choice("completed", "已完成", "completed", "完成", "已收货", "交易成功", "complete", "done"),
    choice("cancelled", "已取消", "cancelled", "取消", "canceled", "已关闭"),
    choice("refunded", "已退款", "refunded", "退款", "退货", "refund"),
)

MATCHES = (
    choice("all", "全部", "all", "且", "and"),
    choice("any", "任一", "any", "或", "or"),
)

YES_NO = (
    choice("yes", "是", "yes", "true", "1", "y", "启用", "√"),
    choice("no", "否", "no", "false", "0", "n", "停用", "×"),
)

MATCH_KINDS = (
    choice("person_name", "人名", "person name", "person"),
    choice("name", "人名或公司名", "name"),
    choice("company", "公司名", "company"),
    choice("phone", "电话", "phone", "手机"),
    choice("email", "邮箱", "email", "e-mail"),
    choice("date", "日期", "date"),
    choice("identifier", "编号", "identifier", "id"),
    choice("address", "地址", "address"),
    choice("postcode", "邮编", "postcode"),
    choice("text", "文字", "text"),
    choice("choice", "选项", "choice"),
)

DECISIONS = (
    choice("merge", "合并", "merge", "same"),
    choice("not_duplicate", "不是重复", "not duplicate", "不同"),
    choice("related", "有关联", "related"),
    choice("later", "以后再说", "later"),
)

LINE_STATES = (
    choice("open", "待处理", "open"),
    choice("resolved", "已解决", "resolved"),
)

STRENGTHS = (
    choice("certain", "确定", "certain"),
    choice("possible", "可能", "possible"),
)
