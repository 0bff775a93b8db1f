//! A table whose cells may hold anything; on a small screen each row stands as a block of its own, with its columns' names.

use super::element::el;
use super::figures::Column;
use leptos::prelude::*;

/// A row: its class, and its cells, the first of which names it.
pub(crate) type Entry = (&'static str, Vec<AnyView>);

/// The roles are said because a table that is laid out as blocks loses them.
pub(crate) fn ledger(caption: &str, columns: Vec<Column>, entries: Vec<Entry>) -> AnyView {
    let class = |is_figure: bool| if is_figure { "number" } else { "" };
    let heading = |(name, is_figure): &Column| el!("th", "scope" = "col", "role" = "columnheader", "class" = class(*is_figure); name.clone());
    let cell = |(index, cell): (usize, AnyView)| {
        let (name, is_figure) = columns.get(index).map_or(("", false), |(name, is_figure)| (name.as_str(), *is_figure));
        if index == 0 {
            el!("th", "scope" = "row", "role" = "rowheader"; cell)
        } else {
            el!("td", "role" = "cell", "class" = class(is_figure), "data-label" = name; cell)
        }
    };
    let entry = |(class, cells): Entry| {
        let cells: Vec<AnyView> = cells.into_iter().enumerate().map(cell).collect();
        el!("tr", "role" = "row", "class" = class; cells)
    };
    let body: Vec<AnyView> = entries.into_iter().map(entry).collect();
    let head: Vec<AnyView> = columns.iter().map(heading).collect();
    el!("table", "class" = "ledger", "role" = "table";
        el!("caption"; caption),
        el!("thead", "role" = "rowgroup"; el!("tr", "role" = "row"; head)),
        el!("tbody", "role" = "rowgroup"; body),
    )
}
