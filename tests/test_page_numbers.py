"""The page numbers of a result: what was found, what is missing, what stands more than once."""

import pytest

from cleaner import Config, Pages, clean

PASSAGES = (
    "沿江的堤防在入汛以前全部巡查过一遍，险工险段逐处登记，责任落实到人，抢险的物料也已经备足，",
    "各乡镇的避灾点由村里的干部分头看管，粮食、饮水和药品够三天之用，老人与孩子登记在册，夜里有人值守，",
    "水库的调度听从县里的命令，任何人不得擅自开闸，下游的船只接到通知以后必须立即靠岸，人员一律上岸，",
    "通信中断的时候由民兵骑车送信，每一个小时报一次水位，雨停以后仍要巡查三天，直到水位退到警戒线以下，",
    "灾后的核查由民政部门牵头，房屋倒塌的逐户拍照，受损的农田丈量到亩，救济的款项张榜公布，接受群众监督，",
)


def source(*markers: str) -> str:
    """A text with a marker between any two of its pages and at its end, in the middle of a sentence."""
    return "".join(
        f"{PASSAGES[at % 5]}{PASSAGES[(at + 1) % 5]}{PASSAGES[(at + 3) % 5]}\n{marker}\n"
        for at, marker in enumerate(markers)
    )


@pytest.mark.parametrize(
    ("markers", "found", "total", "told"),
    [
        (["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"], (1, 2, 3), 3, ""),
        (
            ["第 1 页 共 9 页", "第 2 页 共 9 页", "第 4 页 共 9 页", "第 5 页 共 9 页"],
            (1, 2, 4, 5),
            9,
            "page numbers 3, 6–9 of 9 are not in this file",
        ),
        (["第 2 页 共 4 页", "第 3 页 共 4 页", "第 4 页 共 4 页"], (2, 3, 4), 4, ""),
        (["- 61 -", "- 62 -", "- 64 -"], (61, 62, 64), None, "page number 63 is not in this file"),
        (["-1-\n\n共4页", "-2-\n\n共4页", "-3-\n\n共4页"], (1, 2, 3), 4, "page number 4 of 4 is not in this file"),
        (
            ["第 1 页", "第 2 页", "第 3 页", "第 2 页", "第 3 页", "第 4 页"],
            (1, 2, 3, 2, 3, 4),
            None,
            "page numbers 2–3 are there more than once",
        ),
        (["第\u200b 1 页", "第 2 页", "第 3\u200b 页"], (1, 2, 3), None, ""),
        (["5月1日 1/3", "5月1日 2/3", "5月1日 3/3"], (1, 2, 3), 3, ""),
        (["第 1 页\n堤防巡查记录 1", "第 2 页\n堤防巡查记录 2", "第 3 页\n堤防巡查记录 3"], (1, 2, 3), None, ""),
    ],
    ids=["all", "total", "no first", "gap", "two pieces", "twice", "invisible", "dated", "head and foot"],
)
def test_pages(markers, found, total, told):
    """Numbers in the order of the document; one sentence for what is not in order."""
    pages = clean(source(*markers)).pages
    assert pages == Pages(found, total)
    assert str(pages) == told


def test_a_chapter_that_is_named_by_pages_has_none():
    """What stays in the text tells nothing of pages."""
    assert clean("合订本的目录见第 3 页，正文从第 5 页起。\n第 7 页有图。\n").pages is None


def test_markers_that_are_left_are_not_counted():
    """With the rule switched off nothing is known of pages."""
    text = source("第 1 页", "第 2 页", "第 3 页")
    assert clean(text, Config(skip=frozenset({"page-marker"}))).pages is None
