"""What each line of a page is taken for: the pages are the cases, `kind | line`."""

from pathlib import Path

import pytest

from summarizer.documents.clean import clean

PAGES = sorted((Path(__file__).parent / "data" / "clean" / "pages").glob("*.txt"))


def cases(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ", 1)) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_of_a_page_is_known_for_what_it_is(page):
    expected = cases(page)
    cleaned = clean("\n".join(line for _, line in expected))
    found = [(region.kind, cleaned.text[region.span.slice]) for region in cleaned.regions]
    assert found == [(kind, line.strip()) for kind, line in expected]


@pytest.mark.parametrize(
    "by", ["本报记者 王小明", "作者:王小明 来源:青溪日报", "发布日期:2024-03-05"]
)
def test_a_title_ends_before_its_byline(by):
    cleaned = clean(f"村医守望二十年 {by}\n今年全镇修路3公里,投入资金200万元。\n")
    assert [(r.kind, cleaned.text[r.span.slice].strip()) for r in cleaned.regions[:2]] == [
        ("heading", "村医守望二十年"),
        ("boilerplate", by),
    ]


@pytest.mark.parametrize("ahead", ["", "青溪县各乡镇主要指标\n"])
def test_rows_of_a_table_of_numbers_are_no_menu_and_no_title(ahead):
    rows = ["乡镇\t生产总值（亿元）\t人口（人）", "大坪镇\t10.0\t1000", "石桥镇\t11.1\t1037"]
    told = clean(ahead + "\n".join(rows)).regions
    assert [region.kind for region in told] == ["heading"] * bool(ahead) + ["body"] * 3


def test_a_credit_at_the_end_of_a_paragraph_is_a_region_of_its_own():
    cleaned = clean("下一步,该镇将扩大种植规模,力争达到2000亩。(记者 黄某 通讯员 李某)\n(完)")
    assert [(r.kind, r.rule, cleaned.text[r.span.slice]) for r in cleaned.regions] == [
        ("body", "text", "下一步,该镇将扩大种植规模,力争达到2000亩。"),
        ("boilerplate", "credit", "(记者 黄某 通讯员 李某)"),
        ("boilerplate", "tools", "(完)"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "资金来源:中央财政500万元。",
        "编辑部成员由12名教师组成,全年出刊24期。",
        "关注农村留守儿童320人,发放慰问金6.4万元。",
        "首页点击量突破10万次,全年接待游客5万人次。",
        "分享会举办15场,受众3000余人。",
        "打印机、电脑等办公设备120台套,总值45万元。",
        "图书室藏书5000册(含电子图书1200册)",
        "收藏家协会会员达86人。",
        "2020年,投入500余万元,惠及197户。",
        "一是健全机制(责任到人、任务到岗)。",
        "版权登记作品1200件,同比增长18%。",
        "联系电话线路改造3.2公里,投入18万元。",
        "上一年度结转资金120万元,本年支出98万元。",
        "来自全镇12个村的320名代表参加会议。",
        "完成率达105.42%,居全县前列。",
        "评论员文章被转载32次,阅读量达15万。",
        "点赞台评选先进典型24名。",
        "记者站、通讯员队伍发展到56人。",
        "摄影作品320幅参展,接待观众1.2万人次。",
        "作者86人获奖,发放奖金12万元。",
        "主办单位:镇政府,共举办赛事12场。",
        "编辑《镇志》3卷,约120万字。",
        "农业产值3.2亿元",
        "脱贫人口1047人(户籍人口)",
        "图1个,表12张",
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "总结\n2020-01-01 来源:网\n{}\n全镇投入500万元,惠及197户。",
        "全镇投入500万元,惠及197户。\n{}",
    ],
)
def test_a_line_of_the_report_that_looks_like_the_page_stays(line, place):
    cleaned = clean(place.format(line))
    assert line in cleaned.kept


@pytest.mark.parametrize(
    ("page", "is_own"),
    [
        ("{title}\n文号:青教发〔2025〕12号\n{prose}\n咨询电话:0571-8765432", [True, True]),
        ("{title}\n咨询电话:0571-8765432\n{prose}\n县教育局\n2025年3月5日", [True]),
        ("{title}\n{prose}\n县教育局\n2025年3月5日\n监督电话:12345", [True]),
        ("{title}\n来源:县教育局\n文号:青教发〔2025〕12号\n{prose}", [False]),
        ("{title}\n{prose}\n咨询电话:0571-8765432\n版权所有:县教育局", [False]),
        ("{title}\n{prose}\n电话:0571-8765432\n地址:青溪路1号", [False]),
        ("首页\n{title}\n{prose}\n电话:0571-8765432", [True]),
    ],
)
def test_a_phone_or_a_number_is_the_notices_own_where_no_page_is_around_it(page, is_own):
    text = page.format(title="关于做好报名工作的通知", prose="报名于6月3日开始,计划招收320人。")
    lines = [one for one in text.split("\n") if "电话" in one or "文号" in one]
    kept = clean(text).kept
    assert [line in kept for line in lines] == is_own


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("医院概况 | 科室介绍 | 就诊指南\n青石镇卫生院2023年工作总结", 1),
        ("《青石月刊》2022年第9期\n守着茶园的人", 1),
        ("青石镇工作简报第9期", 0),
        ("客户端\n官方微信\n青石新闻网 > 县域 > 正文\n路通了,山里的日子快起来", 3),
        ("上一版 下一版 [PDF版] 放大+ 缩小-\n山里的日子快起来", 1),
        ("青石县残联 -- 工作动态\n当前位置:首页 >> 工作动态\n青石县残联2020年工作总结", 2),
        ("客户端\n首页 > 县域 > 正文\n路通了,山里的日子快起来", 2),
        ("路通了,山里的日子快起来\n青石新闻网 > 县域 > 正文", 0),
        ("青石县2023年工作总结\n青石新闻网 > 县域 > 正文\n县政府办公室供稿", 0),
        ("青水〔2024〕12号 签发人:王某\n关于报送2023年工作总结的报告", 1),
        ("机密★一年\n000014349/2025-00012\n关于报送2023年工作总结的报告", 2),
        ("青石县第十八届人大第四次会议文件(五)\n政府工作报告", 1),
        ("青石县 记者协会2023年工作总结", 0),
        ("青石县水污染防治 来源 解析项目总结", 0),
        ("青石县水利局文件\n青水〔2024〕12号\n关于报送2023年工作总结的报告", 2),
        ("青石镇人民政府关于做好防汛工作的通知\n青政发〔2022〕14号", 0),
        ("政务简报\n第12期\n青石县政府办公室 2024年3月5日\n我县春耕生产进展顺利", 3),
        ("丹园管〔2024〕3号\n工业园区2023年工作情况的报告", 1),
        ("青石镇2023年工作总结\n全年修路3公里", 0),
    ],
)
def test_a_menu_and_heads_of_letters_and_periodicals_give_way_to_a_title_behind_them(head, title):
    cleaned = clean(head + "\n今年全镇修路3公里,投入资金200万元。\n")
    found = [cleaned.text[one.span.slice] for one in cleaned.candidates if one.kind == "title"]
    assert found == [head.split("\n")[title]]
