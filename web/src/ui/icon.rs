//! The few icons, drawn in lines of 1.5; a word always stands beside them.

use super::drawing::{drawing, line};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Check,
    Info,
    Warning,
    Stop,
    Statement,
    Card,
    Close,
    Steps,
    Invoice,
    Bars,
    Question,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Shape::Check => "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15M6.5 10.2l2.4 2.4l4.6-5",
            Shape::Info => "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15M10 9v5M10 6.2v.6",
            Shape::Warning => "M10 3l7.5 13.5h-15zM10 8v4M10 13.7v.6",
            Shape::Stop => "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15M6.5 10h7",
            Shape::Statement => "M4.5 2.5h11v15h-11zM7.5 7h5M7.5 10h5M7.5 13h3",
            Shape::Card => "M2.5 5h15v10.5h-15zM2.5 8.5h15M5.5 12.5h3",
            Shape::Steps => "M2.5 16.5h4v-4h4v-4h4v-4h3",
            Shape::Invoice => "M4.5 2.5h8l3 3v12h-11zM12.5 2.5v3h3M7.5 9h5M7.5 12h5",
            Shape::Bars => "M2.5 17.5h15M5 17.5v-5M10 17.5v-13M15 17.5v-9",
            Shape::Question => {
                "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15M7.7 7.8a2.3 2.3 0 1 1 3.6 1.9c-.8.6-1.3 1-1.3 1.9M10 13.7v.6"
            }
            Shape::Close => "M5 5l10 10M15 5l-10 10",
        }
    }
}

pub(crate) fn icon(shape: Shape) -> AnyView {
    drawing("icon", (20, 20), vec![line("", shape.path().to_owned())])
}
