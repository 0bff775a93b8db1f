//! Rows of a name and a figure, and tables.

use super::element::el;
use leptos::prelude::*;

/// A name with its figure.
pub(crate) type Row = (String, String);

pub(crate) fn row(name: &str, figure: String) -> Row {
    (name.to_owned(), figure)
}

pub(crate) fn figures(rows: Vec<Row>) -> AnyView {
    let row = |(name, figure): Row| el!("div"; el!("dt"; name), el!("dd"; figure));
    el!("dl", "class" = "figures"; rows.into_iter().map(row).collect::<Vec<_>>())
}

/// A column's heading, and whether it holds figures, which stand to the right.
pub(crate) type Column = (String, bool);

pub(crate) fn column(name: &str, is_figure: bool) -> Column {
    (name.to_owned(), is_figure)
}

/// A table whose first cell in each row names the row. A row of one cell takes the whole width.
pub(crate) fn table(caption: String, columns: Vec<Column>, rows: Vec<Vec<String>>) -> AnyView {
    let class = |is_figure: bool| if is_figure { "number" } else { "" };
    let heading = |(name, is_figure): &Column| el!("th", "scope" = "col", "class" = class(*is_figure); name.clone());
    let cell = |(index, text): (usize, String)| {
        let class = class(columns.get(index).is_some_and(|(_, is_figure)| *is_figure));
        if index == 0 { el!("th", "scope" = "row", "class" = class; text) } else { el!("td", "class" = class; text) }
    };
    let row = |row: Vec<String>| match <[String; 1]>::try_from(row) {
        Ok([alone]) => el!("tr"; el!("td", "colspan" = columns.len().to_string(), "class" = "omitted"; alone)),
        Err(row) => el!("tr"; row.into_iter().enumerate().map(cell).collect::<Vec<_>>()),
    };
    let body: Vec<AnyView> = rows.into_iter().map(row).collect();
    let head: Vec<AnyView> = columns.iter().map(heading).collect();
    el!("table"; el!("caption"; caption), el!("thead"; el!("tr"; head)), el!("tbody"; body))
}

/// The table that says the same as a picture; open where the picture leaves figures out.
pub(crate) fn twin(name: &str, is_open: bool, table: AnyView) -> AnyView {
    let summary = el!("summary"; name);
    // It can be wider than a small screen; then the keyboard moves it, too.
    let table = el!("div", "class" = "scroll", "role" = "group", "aria-label" = name, "tabindex" = "0"; table);
    if is_open {
        el!("details", "class" = "twin", "open" = ""; summary, table)
    } else {
        el!("details", "class" = "twin"; summary, table)
    }
}

/// A part of a page with its heading.
pub(crate) fn section(id: &str, class: &str, title: &str, mut content: Vec<AnyView>) -> AnyView {
    content.insert(0, el!("h2", "id" = id, "tabindex" = "-1"; title));
    el!("section", "class" = class, "aria-labelledby" = id; content)
}
