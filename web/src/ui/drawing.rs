//! SVG drawings of nothing but lines and labels.

use leptos::prelude::*;

pub(crate) fn line(class: &str, path: String) -> AnyView {
    view! { <path class=class.to_owned() d=path /> }.into_any()
}

pub(crate) fn label(class: &str, (x, y): (i64, i64), text: String) -> AnyView {
    view! { <text class=class.to_owned() x=x.to_string() y=y.to_string()>{text}</text> }.into_any()
}

/// A drawing of this size in its own units. What it shows is said in words beside it.
pub(crate) fn drawing(class: &str, (width, height): (i64, i64), content: Vec<AnyView>) -> AnyView {
    let view_box = format!("0 0 {width} {height}");
    let ratio = if class == "split" { "none" } else { "xMidYMid" };
    view! {
        <svg
            class=class.to_owned()
            viewBox=view_box
            preserveAspectRatio=ratio.to_owned()
            aria-hidden={"true".to_owned()}
            focusable={"false".to_owned()}
        >
            {content}
        </svg>
    }
    .into_any()
}
