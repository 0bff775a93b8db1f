//! A table whose cells may hold anything; on a small screen each row stands as a block of its own, with its columns' names.

use super::figures::{Column, cell_class};
use leptos::prelude::*;

/// A row: its class, and its cells, the first of which names it.
pub(crate) type Entry = (&'static str, Vec<AnyView>);

/// The roles are said because a table that is laid out as blocks loses them.
pub(crate) fn ledger(caption: &str, columns: Vec<Column>, entries: Vec<Entry>) -> AnyView {
    let entries: Vec<AnyView> = entries.into_iter().map(|entry| row(&columns, entry)).collect();
    view! {
        <table class="ledger" role="table">
            <caption>{caption.to_owned()}</caption>
            <thead role="rowgroup">
                <tr role="row">{columns.into_iter().map(heading).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody role="rowgroup">{entries}</tbody>
        </table>
    }
    .into_any()
}

fn heading((name, is_figure): Column) -> AnyView {
    view! {
        <th scope="col" role="columnheader" class=cell_class(is_figure)>
            {name}
        </th>
    }
    .into_any()
}

fn row(columns: &[Column], (class, cells): Entry) -> AnyView {
    let cell = |(index, cell): (usize, AnyView)| {
        if index == 0 {
            return view! {
                <th scope="row" role="rowheader">
                    {cell}
                </th>
            }
            .into_any();
        }
        let (name, is_figure) = columns.get(index).cloned().unwrap_or_default();
        view! {
            <td role="cell" class=cell_class(is_figure) data-label=name>
                {cell}
            </td>
        }
        .into_any()
    };
    let cells: Vec<AnyView> = cells.into_iter().enumerate().map(cell).collect();
    view! {
        <tr role="row" class=class>
            {cells}
        </tr>
    }
    .into_any()
}
