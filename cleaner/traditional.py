"""Traditional characters: the simple forms of those that ads and pages are written with."""

from cleaner.patterns import lazy_plain

# Banking forms of figures are among them.
TRADITIONAL = dict(
    zip(
        "網載閱讀請點擊關註號書電資費說無彈記壹貳訪問瀏覽機戶優驗體質盡來轉發權歸刪僅學習處掃碼領歡論壇"
        "庫站鏈員繼續聯係繫誌務於時會為爲與從們內創專區雜製檔範寫總結編輯導遊樂業應這個將讚贊賞動雲閣樓聲責"
        "試標題節頁傳圖廣對違實財幣萬億採複還進入鑒賬購買賣東價錢獲詳見連鎖淘絡祕線間長錄簡歷試創優級齊歸幣盤軟"
        "檢預結報訂響迴導尋則捲動層頻觀聽強籤類門熱視寄佈評顯隱權條約協議輯刪處體螢設儲選項訊賬號員獨縮陸後裡沒與據數滿羣開過樣麼儘",
        "网载阅读请点击关注号书电资费说无弹记一二访问浏览机户优验体质尽来转发权归删仅学习处扫码领欢论坛"
        "库站链员继续联系系志务于时会为为与从们内创专区杂制档范写总结编辑导游乐业应这个将赞赞赏动云阁楼声责"
        "试标题节页传图广对违实财币万亿采复还进入鉴账购买卖东价钱获详见连锁淘络秘线间长录简历试创优级齐归币盘软"
        "检预结报订响回导寻则卷动层频观听强签类门热视寄布评显隐权条约协议辑删处体萤设储选项讯账号员独缩陆后里没与据数满群开过样么尽",
        strict=True,
    )
)

_SIMPLIFIED = str.maketrans(TRADITIONAL)
_FORMS = lazy_plain(f"[{''.join(TRADITIONAL)}]")


def simplified(text: str) -> str:
    """``text`` with the traditional forms of the words of ads and pages written simply, and as long as before.

    >>> simplified("點擊閱讀全文")
    '点击阅读全文'
    """
    # As a rule there are none: to find that out takes a tenth of the time.
    return text.translate(_SIMPLIFIED) if _FORMS.search(text) else text
