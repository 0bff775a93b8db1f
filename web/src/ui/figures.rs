//! Rows of a name and a figure, and tables.

use leptos::prelude::*;

/// A name with its figure.
pub(crate) type Row = (String, String);

pub(crate) fn row(name: &str, figure: String) -> Row {
    (name.to_owned(), figure)
}

pub(crate) fn figures(rows: Vec<Row>) -> AnyView {
    let row = |(name, figure): Row| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{figure}</dd>
            </div>
        }
        .into_any()
    };
    view! { <dl class="figures">{rows.into_iter().map(row).collect::<Vec<_>>()}</dl> }.into_any()
}

/// A column's heading, and whether it holds figures, which stand to the right.
pub(crate) type Column = (String, bool);

pub(crate) fn column(name: &str, is_figure: bool) -> Column {
    (name.to_owned(), is_figure)
}

/// The class of a cell: figures stand to the right.
pub(super) fn cell_class(is_figure: bool) -> &'static str {
    if is_figure { "number" } else { "" }
}

/// A table whose first cell in each row names the row. A row of one cell takes the whole width.
pub(crate) fn table(caption: String, columns: Vec<Column>, rows: Vec<Vec<String>>) -> AnyView {
    let rows: Vec<AnyView> = rows.into_iter().map(|cells| table_row(&columns, cells)).collect();
    let heading = |(name, is_figure): Column| {
        view! {
            <th scope="col" class=cell_class(is_figure)>
                {name}
            </th>
        }
        .into_any()
    };
    view! {
        <table>
            <caption>{caption}</caption>
            <thead>
                <tr>{columns.into_iter().map(heading).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(columns: &[Column], cells: Vec<String>) -> AnyView {
    let cell = |(index, text): (usize, String)| {
        let class = cell_class(columns.get(index).is_some_and(|(_, is_figure)| *is_figure));
        if index == 0 {
            view! {
                <th scope="row" class=class>
                    {text}
                </th>
            }
            .into_any()
        } else {
            view! { <td class=class>{text}</td> }.into_any()
        }
    };
    let cells = match <[String; 1]>::try_from(cells) {
        Ok([alone]) => {
            let width = columns.len().to_string();
            vec![view! { <td colspan=width class="omitted">{alone}</td> }.into_any()]
        }
        Err(cells) => cells.into_iter().enumerate().map(cell).collect(),
    };
    view! { <tr>{cells}</tr> }.into_any()
}

/// The table that says the same as a picture; open where the picture leaves figures out.
pub(crate) fn twin(name: &str, is_open: bool, table: AnyView) -> AnyView {
    let name = name.to_owned();
    // The table can be wider than a small screen; with the focus on it the keyboard scrolls it.
    view! {
        <details class="twin" open=is_open>
            <summary>{name.clone()}</summary>
            <div class="scroll" role="group" aria-label=name tabindex="0">
                {table}
            </div>
        </details>
    }
    .into_any()
}

/// A part of a page with its heading.
pub(crate) fn section(id: &str, class: &str, title: &str, content: Vec<AnyView>) -> AnyView {
    view! {
        <section class=class.to_owned() aria-labelledby=id.to_owned()>
            <h2 id=id.to_owned() tabindex="-1">
                {title.to_owned()}
            </h2>
            {content}
        </section>
    }
    .into_any()
}
