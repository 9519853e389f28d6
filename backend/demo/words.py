"""What the made-up register is put together from: names, places, products, all invented or common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city customers live in.

    Attributes:
        postal: First four digits of its postal codes.
        area: Area code of its landlines.
    """

    province: str
    city: str
    districts: tuple[str, ...]
    postal: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product of the invented shop.

    Attributes:
        price: Price of one in fen.
    """

    code: str
    name: str
    category: str
    price: int


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Give (characters, pinyin) for `王wang 李li`."""
    words = (word.partition(next(char for char in word if char.isascii())) for word in text.split())
    return tuple((han, first + rest) for han, first, rest in words)


SURNAMES = _pairs(
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo "
    "何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng "
    "肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding "
    "任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 韦wei 贾jia "
    "夏xia 付fu 欧阳ouyang 上官shangguan 司马sima 诸葛zhuge 慕容murong 令狐linghu"
)
SURNAME_WEIGHTS = (
    *(720, 718, 675, 540, 453, 308, 223, 206, 200, 194, 156, 154, 127, 126, 118, 116, 105, 105, 102, 95),
    *(93, 84, 82, 80, 77, 74, 73, 71, 67, 63, 61, 58, 56, 54, 53, 52, 50, 49, 49, 48, 47, 47, 46, 46, 45),
    *(45, 44, 43, 43, 42, 41, 41, 40, 39, 38, 38, 37, 37, 36, 35, 34, 34, 33, 33, 32, 31, 9, 3, 2, 2, 2, 1),
)
"""How often each surname is drawn: bearers in China, roughly, in units of 130,000."""

GIVEN_MALE = _pairs(
    "伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 超chao 明ming 刚gang 平ping 辉hui 鹏peng 华hua "
    "飞fei 浩hao 宇yu 轩xuan 泽ze 博bo 文wen 志zhi 建jian 国guo 俊jun 子zi 嘉jia 承cheng 睿rui 景jing 晨chen "
    "朗lang"
)
GIVEN_FEMALE = _pairs(
    "芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 燕yan 玲ling 婷ting 雪xue 慧hui 莹ying 倩qian 琳lin "
    "欣xin 怡yi 梦meng 瑶yao 雨yu 涵han 佳jia 思si 语yu 诗shi 若ruo 安an 宁ning 清qing 禾he 悦yue 岚lan"
)
LATIN_GIVEN = (
    "Daniel",
    "Anna",
    "Marco",
    "Elena",
    "Peter",
    "Sofia",
    "Tomas",
    "Nora",
    "Felix",
    "Irene",
    "Owen",
)
LATIN_FAMILY = ("Okafor", "Brandt", "Lindqvist", "Moreau", "Novak", "Tanaka", "Whitfield", "Costa", "Haugen")
MIDDLE_DOT_GIVEN = ("阿依努尔", "古丽娜尔", "迪丽拜尔", "艾克拜尔", "努尔兰")
MIDDLE_DOT_FAMILY = ("买买提", "吐尔逊", "艾山", "阿不都", "哈斯木")

BRANDS = _pairs(
    "澄禾chenghe 朗屿langyu 木槿屋mujinwu 云杉yunshan 青崖qingya 拾光里shiguangli 南乔nanqiao 北岚beilan "
    "松果songguo 半夏banxia 听潮tingchao 远舟yuanzhou 微澜weilan 石榴树shiliushu 知秋zhiqiu 晴川qingchuan"
)
TRADES = ("商贸", "科技", "餐饮管理", "文化传播", "酒店管理", "建筑装饰", "物业服务", "教育咨询")

PLACES = (
    Place(
        province="浙江省", city="杭州市", districts=("西湖区", "余杭区", "滨江区"), postal="3100", area="0571"
    ),
    Place(province="浙江省", city="宁波市", districts=("海曙区", "鄞州区"), postal="3150", area="0574"),
    Place(province="江苏省", city="南京市", districts=("玄武区", "鼓楼区"), postal="2100", area="025"),
    Place(province="江苏省", city="苏州市", districts=("姑苏区", "吴中区"), postal="2150", area="0512"),
    Place(province="上海市", city="上海市", districts=("徐汇区", "浦东新区"), postal="2000", area="021"),
    Place(province="北京市", city="北京市", districts=("海淀区", "朝阳区"), postal="1000", area="010"),
    Place(province="广东省", city="广州市", districts=("天河区", "越秀区"), postal="5100", area="020"),
    Place(province="广东省", city="深圳市", districts=("南山区", "福田区"), postal="5180", area="0755"),
    Place(province="四川省", city="成都市", districts=("锦江区", "武侯区"), postal="6100", area="028"),
    Place(province="湖北省", city="武汉市", districts=("武昌区", "江汉区"), postal="4300", area="027"),
    Place(province="湖南省", city="长沙市", districts=("岳麓区", "雨花区"), postal="4100", area="0731"),
    Place(province="陕西省", city="西安市", districts=("雁塔区", "碑林区"), postal="7100", area="029"),
)
STREETS = (
    "梧桐路",
    "青云街",
    "望江路",
    "桂花巷",
    "东风大道",
    "明月街",
    "文汇路",
    "长虹路",
    "柳浪街",
    "金桥路",
)
MOBILE_PREFIXES = (
    *(
        "130",
        "131",
        "132",
        "133",
        "135",
        "136",
        "137",
        "138",
        "139",
        "150",
        "151",
        "152",
        "155",
        "156",
        "157",
    ),
    *(
        "158",
        "159",
        "166",
        "173",
        "175",
        "176",
        "177",
        "178",
        "180",
        "181",
        "182",
        "183",
        "185",
        "186",
        "187",
    ),
    *("188", "189", "191", "198", "199"),
)
MAIL_DOMAINS = ("qq.com", "163.com", "126.com", "foxmail.com", "sina.com", "outlook.com", "gmail.com")
STORES = ("湖滨店", "城西店", "江南店", "网店")
STAFF = ("林知遥", "何予安", "苏牧言", "陈拾一", "许晚舟", "顾南禾")
SOURCES = ("门店", "线上", "介绍", "活动", "展会", "表单", "电话")
NOTES = ("喜欢下午联系", "送货前先打电话", "对木质家具感兴趣", "要开发票", "老客户介绍来的", "关注新品")

PRODUCTS = (
    Product(code="Q1001", name="青禾手冲壶", category="厨房", price=18_900),
    Product(code="Q1002", name="青禾陶瓷碗（四只）", category="厨房", price=9_900),
    Product(code="Q1003", name="青禾铸铁锅", category="厨房", price=39_900),
    Product(code="Q1004", name="青禾竹砧板", category="厨房", price=6_990),
    Product(code="Q2001", name="云眠乳胶枕", category="寝具", price=26_900),
    Product(code="Q2002", name="云眠四件套", category="寝具", price=69_900),
    Product(code="Q2003", name="云眠蚕丝被", category="寝具", price=128_000),
    Product(code="Q2004", name="云眠床垫 1.8 米", category="寝具", price=399_900),
    Product(code="Q3001", name="木语边几", category="家具", price=89_900),
    Product(code="Q3002", name="木语书桌", category="家具", price=219_900),
    Product(code="Q3003", name="木语餐桌", category="家具", price=458_000),
    Product(code="Q3004", name="木语三人沙发", category="家具", price=689_900),
    Product(code="Q4001", name="微光台灯", category="灯具", price=32_900),
    Product(code="Q4002", name="微光落地灯", category="灯具", price=59_900),
    Product(code="Q5001", name="一叶香薰", category="家居", price=12_800),
    Product(code="Q5002", name="一叶收纳盒", category="家居", price=4_950),
    Product(code="Q5003", name="一叶羊毛毯", category="家居", price=45_900),
    Product(code="Q9001", name="上门安装", category="服务", price=15_000),
    Product(code="Q9002", name="家具保养（一年）", category="服务", price=36_000),
)
