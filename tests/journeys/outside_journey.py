"""What an outside client does with the program, by the accessibility bus and keys alone.

Arguments: the folder of the books, the folder with the four sheets, what their deals sum up to as the
window shows it, and the file to export to. Each step is said with the seconds that it took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import bus_client
from bus_client import STATE, keys, program, say, type_text, wait

SHEETS = ("accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv")
PAGES = (
    "Today", "Customers", "Pool", "Pipeline", "Orders", "Goals", "Tasks", "Capacity", "Team", "Insights",
)  # fmt: skip
CHINESE = "江苏华诚机械有限公司"


def new_book(app, window, folder, name):
    """By the menu, then by the dialog's fields; English or Chinese as the window is."""
    chinese = "业务簿" in window.name
    texts = ("新建业务簿", "名称", "文件夹", "创建") if chinese else (
        "New book", "Name", "Folder", "Create",
    )  # fmt: skip
    keys("ctrl+n")
    dialog = app.find("dialog", texts[0])
    dialog.find("text", texts[1]).write(name)
    dialog.find("text", texts[2]).write(str(folder))
    dialog.find("push button", texts[3]).press()
    dialog.left()
    return app.find("frame", begins=name)


def import_sheets(app, window, folder):
    """Through the menu, the dialog for files and the review."""
    window.find("menu item", "File").act("ShowMenu")
    window.find("menu item", "Import spreadsheets…").press()
    files = app.find("dialog", "Import spreadsheets…")
    names = " ".join(f'"{folder / one}"' for one in SHEETS)
    files.find("text", "File name:").write(names)
    files.find("push button", "Open").press()
    review = app.find("dialog", "Import spreadsheets")
    ready = review.find("push button", begins="Import ")
    wait(lambda: ready.has(STATE.ENABLED) and "record" in ready.name, "nothing to import")
    found = review.find("list", "Tables found")
    assert len(list(found.children())) == 4
    found.all("list item", begins="sales_pipeline.csv")[0].act("Toggle")
    rows = review.find("combo box", "The rows are")
    wait(lambda: rows.text == "Opportunities", "another table is not shown")
    said = ready.name
    ready.press()
    review.left()
    wait(lambda: "Import" in notice(window), "nothing said of the import")
    return said


def notice(window):
    """What the window says now."""
    shown = next(window.matching("notification"), None)
    return " ".join(one.name for one in shown.below()) if shown else ""


def grid(window, name):
    """The list in front, once it is filled."""
    found = window.find("table", name)
    wait(lambda: found.rows > 0, f"{name} is empty")
    return found


def search(window, text, begins="Search: "):
    line = window.find("text", begins=begins)
    line.focus()
    line.write(text)
    return line


def find_customer(window):
    """By a part of its name in the search of the list."""
    search(window, "ioplex")
    table = window.find("table", "Customers")
    wait(lambda: table.rows == 1, "the search does not narrow the list")
    assert table.heads()[0] == "Customer name"
    assert table.cell(0, 0).name == "Bioplex"


def edit_cell(window):
    """Down into the list, along to a column, typed over, Enter; the cell then says it."""
    table = window.find("table", "Customers")
    at = table.heads().index("Country")
    keys("Down")
    wait(lambda: table.has(STATE.FOCUSED), "Down does not lead into the list")
    wait(lambda: table.cell(0, 0).has(STATE.SELECTED), "no cell is selected")
    keys(*["Right"] * shown_before(table, at))
    wait(lambda: table.cell(0, at).has(STATE.SELECTED), "Right does not lead to Country")
    before = table.cell(0, at).name
    type_text("Iceland")
    editor = window.find("text", "Country")
    wait(lambda: any(one.text == "Iceland" for one in window.all("text", "Country")), "not typed")
    assert editor.has(STATE.SHOWING)
    keys("Return")
    wait(lambda: table.cell(0, at).name == "Iceland", "the edit does not stand in the cell")
    return at, before


def shown_before(table, column):
    """How many cells a key has to pass: columns are in the order in which they are seen."""
    return column


def undo(window, at, before):
    table = window.find("table", "Customers")
    table.focus()
    keys("ctrl+z")
    wait(lambda: table.cell(0, at).name == before, "the edit is not undone")


def go_by_palette(window, name):
    """Ctrl+K, the name of a page, Enter."""
    keys("ctrl+k")
    palette = window.find("panel", "Palette")
    wait(lambda: any(one.has(STATE.FOCUSED) for one in palette.all("text")), "no line to type into")
    type_text(name)
    hits = palette.find("list", "Results")
    wait(
        lambda: [one.name.split(",")[0] for one in hits.children()][:1] == [name],
        f"the palette does not find {name}",
    )
    keys("Return")
    palette.left()
    pages = window.find("list", "Pages")
    wait(
        lambda: [one.name for one in pages.children() if one.has(STATE.SELECTED)] == [name],
        f"{name} is not in front",
    )


def sum_of_deals(window, wanted):
    """The whole column of amounts, selected by keys; the status bar says its sum."""
    go_by_palette(window, "Pipeline")
    window.find("page tab", "Opportunities").press()
    table = grid(window, "Opportunities")
    at = table.heads().index("Amount")
    table.focus()
    keys("Home")
    keys(*["Right"] * at)
    wait(lambda: table.cell(0, at).has(STATE.SELECTED), "the column of amounts is not reached")
    keys("ctrl+space")
    bar = window.find("status bar", "Status bar")
    told = wait(
        lambda: [one.name for one in bar.below() if "sum" in one.name], "no sum in the status bar"
    )
    wait(lambda: any(wanted in one.name for one in bar.below()), f"{told} is not {wanted}")


def choose(dialog, label, value):
    """Open a choice by the bus and take an item of its list."""
    choice = dialog.find("combo box", label)
    choice.act("ShowMenu")
    item = choice.find("list item", value)
    item.act("Toggle")
    return choice


def prefer(app, window):
    """Language and theme by the preferences, there and back."""
    keys("ctrl+comma")
    dialog = app.find("dialog", "Preferences")
    theme = choose(dialog, "Appearance", "Dark")
    wait(lambda: theme.text == "Dark", "the theme is not dark")
    choose(dialog, "Language", "中文")
    dialog = app.find("dialog", "偏好设置")
    wait(lambda: window.name.endswith("业务簿"), "the window is not Chinese")
    assert window.all("list", "页面")
    assert dialog.find("combo box", "外观").text == "深色"
    dialog.find("push button", "关闭").press()
    dialog.left()


def find_by_pinyin(app, window, folder):
    """A Chinese book with a customer of ours, found by initials and by whole syllables."""
    window = new_book(app, window, folder, "中文簿")
    keys("ctrl+2")  # the customers; a new book opens at Today
    window.find("push button", "新建客户").press()
    dialog = app.find("dialog", "新建客户")
    dialog.find("text", "客户名称").write(CHINESE)
    dialog.find("push button", "添加").press()
    dialog.left()
    table = grid(window, "客户")
    for typed in ("jshc", "huacheng"):
        line = search(window, "", begins="搜索")
        type_text(typed)
        wait(lambda: line.text == typed, f"{typed} is not typed")  # noqa: B023
        wait(lambda: table.rows == 1, f"{typed} does not find {CHINESE}")
        assert table.cell(0, 0).name == CHINESE
    search(window, "nobody", begins="搜索")
    wait(lambda: not window.all("table", "客户"), "what nobody is called is found")
    return window


def back(app, window, book):
    """English again, and the first book by the dialog for files."""
    keys("ctrl+comma")
    choose(app.find("dialog", "偏好设置"), "语言", "English")
    dialog = app.find("dialog", "Preferences")
    dialog.find("push button", "Close").press()
    dialog.left()
    window.find("menu item", "File").act("ShowMenu")
    window.find("menu item", "Open book…").press()
    files = app.find("dialog", "Open book…")
    files.find("text", "File name:").write(str(book))
    files.find("push button", "Open").press()
    files.left()
    return app.find("frame", begins=book.stem)


def export(app, window, target):
    """What is seen of the customers, into a workbook."""
    go_by_palette(window, "Customers")
    search(window, "")
    table = grid(window, "Customers")
    wait(lambda: table.rows > 1, "the list stays narrowed")
    window.find("push button", "Export…").press()
    files = app.find("dialog", "Export…")
    files.find("text", "File name:").write(str(target))
    keys("Return")
    files.left()
    wait(lambda: target.name in notice(window), "the export is not said")
    assert target.exists()


def main(books, sheets, total, target):
    """All steps; the last one ends the program."""
    clock = time.monotonic()
    app = program()
    window = app.find("frame")

    def step(name, result=""):
        nonlocal clock
        now = time.monotonic()
        say(f"{name}: {now - clock:.1f} s{f' ({result})' if result else ''}")
        clock = now

    step("the window is there")
    window = new_book(app, window, books, "CRM")
    step("create a book")
    step("import", import_sheets(app, window, sheets))
    go_by_palette(window, "Customers")  # a book that was never shown opens at Today
    find_customer(window)
    step("find a customer by a part of its name")
    changed = edit_cell(window)
    step("edit a cell")
    undo(window, *changed)
    step("undo")
    for page in (*PAGES, "Customers"):
        go_by_palette(window, page)
    step("every page by the palette")
    sum_of_deals(window, total)
    step("sum of all deals", total)
    prefer(app, window)
    step("theme and language")
    window = find_by_pinyin(app, window, books)
    step("find a customer by pinyin")
    window = back(app, window, books / "CRM.daybook")
    step("English and the first book again")
    export(app, window, target)
    step("export the view")
    keys("ctrl+q")
    step("quit")


if __name__ == "__main__":
    folder, given, deals, out = sys.argv[1:5]
    bus_client.PATIENCE = float(sys.argv[5]) if len(sys.argv) > 5 else bus_client.PATIENCE
    main(Path(folder), Path(given), deals, Path(out))
