//! An invoice as PDF: A4, one page unless there is more on it, its text to be selected and searched.
//!
//! It is set in Helvetica, which every reader of PDF has, so no font is in the file.

use super::invoice_document::{InvoiceDocument, Table};
use crate::i18n::invoices as texts;
use crate::ui::figures::{Column, Row};
use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str, TextStr};

/// Tenths of a point: whole numbers are exact, and the page is scaled by a tenth.
type Length = i16;

const LEFT: Length = 560;
const RIGHT: Length = 5390;
const TOP: Length = 7800;
/// Below it stands only the note.
const BOTTOM: Length = 900;
const NOTE: Length = 560;
const FIGURE_WIDTH: Length = 800;
/// Between two columns.
const GAP: Length = 80;
const ROW: Length = 190;

const REGULAR: Name<'_> = Name(b"F1");
const STRONG: Name<'_> = Name(b"F2");
const INK: f32 = 0.1;
const SOFT: f32 = 0.38;

/// The document's bytes.
pub(crate) fn document(invoice: &InvoiceDocument) -> Vec<u8> {
    let pages = Sheets::of(invoice).finish(&invoice.note);
    let mut next = 1;
    let mut new = || {
        let id = Ref::new(next);
        next = next.saturating_add(1);
        id
    };
    let (catalog, tree, info, regular, strong) = (new(), new(), new(), new(), new());
    let pages: Vec<(Ref, Ref, Content)> = pages.into_iter().map(|content| (new(), new(), content)).collect();
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(&invoice.language));
    root.viewer_preferences().display_doc_title(true);
    drop(root);
    pdf.document_info(info).title(TextStr(&invoice.title)).author(TextStr(&invoice.product));
    pdf.pages(tree)
        .kids(pages.iter().map(|(page, _, _)| *page))
        .count(i32::try_from(pages.len()).unwrap_or(i32::MAX))
        .media_box(Rect::new(0.0, 0.0, 595.0, 842.0));
    for (id, name) in [(regular, b"Helvetica".as_slice()), (strong, b"Helvetica-Bold")] {
        pdf.type1_font(id).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (id, contents, content) in pages {
        let mut page = pdf.page(id);
        page.parent(tree).contents(contents);
        page.resources().fonts().pair(REGULAR, regular).pair(STRONG, strong);
        drop(page);
        pdf.stream(contents, &content.finish());
    }
    pdf.finish()
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    font: Name<'static>,
    size: Length,
    grey: f32,
}

const TITLE: Style = Style { font: STRONG, size: 200, grey: INK };
const CAPTION: Style = Style { font: STRONG, size: 110, grey: INK };
const TEXT: Style = Style { font: REGULAR, size: 95, grey: INK };
const CALM: Style = Style { font: REGULAR, size: 85, grey: SOFT };
const SUM: Style = Style { font: STRONG, size: 110, grey: INK };

/// The pages while they are filled from the top.
struct Sheets {
    full: Vec<Content>,
    content: Content,
    y: Length,
}

impl Sheets {
    fn of(invoice: &InvoiceDocument) -> Sheets {
        let mut sheets = Sheets { full: Vec::new(), content: blank(), y: TOP };
        sheets.put(CALM, LEFT, &invoice.product);
        sheets.down(320);
        sheets.put(TITLE, LEFT, &invoice.title);
        sheets.down(360);
        for (name, fact) in &invoice.facts {
            sheets.put(CALM, LEFT, name);
            sheets.put(TEXT, LEFT.saturating_add(1000), fact);
            sheets.down(160);
        }
        for table in &invoice.tables {
            sheets.down(240);
            sheets.table(table);
        }
        sheets.down(300);
        sheets.sums(&invoice.sums);
        sheets
    }

    fn down(&mut self, distance: Length) {
        self.y = self.y.saturating_sub(distance);
    }

    /// Goes on with a new page where this much does not fit any more.
    fn keep(&mut self, height: Length) -> bool {
        let is_full = self.y.saturating_sub(height) < BOTTOM;
        if is_full {
            self.full.push(std::mem::replace(&mut self.content, blank()));
            self.y = TOP;
        }
        is_full
    }

    fn table(&mut self, table: &Table) {
        self.keep(ROW.saturating_mul(3));
        self.put(CAPTION, LEFT, &table.caption);
        self.down(220);
        let columns = places(&table.columns);
        self.heading(table, &columns);
        for row in &table.rows {
            if self.keep(ROW) {
                self.heading(table, &columns);
            }
            for (cell, place) in row.iter().zip(&columns) {
                self.set(TEXT, *place, cell);
            }
            self.rule(0.85);
        }
    }

    fn heading(&mut self, table: &Table, columns: &[Place]) {
        for ((name, _), place) in table.columns.iter().zip(columns) {
            self.set(CALM, *place, name);
        }
        self.rule(0.5);
    }

    /// The sums stand together, with what is due below a line.
    fn sums(&mut self, sums: &[Row]) {
        let rows = Length::try_from(sums.len()).unwrap_or(Length::MAX);
        self.keep(ROW.saturating_mul(rows).saturating_add(60));
        let (name_at, amount_at) = (Place { from: 2200, to: 4500, is_figure: false }, figure_at(RIGHT));
        let last = sums.len().saturating_sub(1);
        for (index, (name, amount)) in sums.iter().enumerate() {
            let style = if index == last { SUM } else { TEXT };
            if index == last {
                self.down(30);
            }
            self.set(style, name_at, name);
            self.set(style, amount_at, amount);
            let is_before_last = index.saturating_add(1) == last;
            self.down(60);
            self.line(2200, if is_before_last { 0.3 } else { 0.85 });
            self.down(130);
        }
    }

    /// A line under a row, and the step to the next row.
    fn rule(&mut self, grey: f32) {
        self.down(60);
        self.line(LEFT, grey);
        self.down(130);
    }

    fn line(&mut self, from: Length, grey: f32) {
        let y = f32::from(self.y);
        self.content.set_line_width(5.0).set_stroke_gray(grey);
        self.content.move_to(f32::from(from), y).line_to(f32::from(RIGHT), y).stroke();
    }

    /// Sets a text in a column, cut where it is too long.
    fn set(&mut self, style: Style, place: Place, text: &str) {
        let room = place.to.saturating_sub(place.from);
        let text = fitted(&winansi(text), style.size, room);
        let x = if place.is_figure { place.to.saturating_sub(width(&text, style.size)) } else { place.from };
        self.show(style, x, self.y, &text);
    }

    fn put(&mut self, style: Style, x: Length, text: &str) {
        self.show(style, x, self.y, &winansi(text));
    }

    fn show(&mut self, style: Style, x: Length, y: Length, text: &[u8]) {
        self.content.set_fill_gray(style.grey).begin_text().set_font(style.font, f32::from(style.size));
        self.content.next_line(f32::from(x), f32::from(y)).show(Str(text)).end_text();
    }

    /// The pages, with the note at the foot of each, and numbered where there are several.
    fn finish(self, note: &str) -> Vec<Content> {
        let Sheets { mut full, content, .. } = self;
        full.push(content);
        let pages = full.len();
        let mut finished = Vec::with_capacity(pages);
        for (index, content) in full.into_iter().enumerate() {
            let mut sheet = Sheets { full: Vec::new(), content, y: NOTE };
            sheet.put(CALM, LEFT, note);
            if pages > 1 {
                let number = texts::page_of(&index.saturating_add(1).to_string(), &pages.to_string());
                sheet.set(CALM, Place { from: LEFT, to: RIGHT, is_figure: true }, &number);
            }
            finished.push(sheet.content);
        }
        finished
    }
}

fn blank() -> Content {
    let mut content = Content::new();
    content.transform([0.1, 0.0, 0.0, 0.1, 0.0, 0.0]);
    content
}

/// Where a column stands.
#[derive(Clone, Copy)]
struct Place {
    from: Length,
    to: Length,
    is_figure: bool,
}

fn figure_at(to: Length) -> Place {
    Place { from: to.saturating_sub(FIGURE_WIDTH), to, is_figure: true }
}

/// Figures take what they need at the right; texts share what is left.
fn places(columns: &[Column]) -> Vec<Place> {
    let count = |is_figure| {
        let count = columns.iter().filter(|(_, figure)| *figure == is_figure).count();
        Length::try_from(count).unwrap_or(Length::MAX)
    };
    let texts_end = RIGHT.saturating_sub(FIGURE_WIDTH.saturating_mul(count(true)));
    let text_width = texts_end.saturating_sub(LEFT).checked_div(count(false)).unwrap_or(0);
    let mut at = LEFT;
    let place = |(_, is_figure): &Column| {
        let from = at;
        at = at.saturating_add(if *is_figure { FIGURE_WIDTH } else { text_width });
        if *is_figure { figure_at(at) } else { Place { from, to: at.saturating_sub(GAP), is_figure: false } }
    };
    columns.iter().map(place).collect()
}

/// A text in the encoding of the fonts. The few signs beyond Latin-1 that the page writes have their places in it.
fn winansi(text: &str) -> Vec<u8> {
    let byte = |sign: char| match sign {
        '−' | '–' => 0x96,
        '—' => 0x97,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '„' => 0x84,
        '€' => 0x80,
        '…' => ELLIPSIS,
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(sign).unwrap_or(b'?'),
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

const ELLIPSIS: u8 = 0x85;

/// As much of a text as there is room for.
fn fitted(text: &[u8], size: Length, room: Length) -> Vec<u8> {
    if width(text, size) <= room {
        return text.to_vec();
    }
    let mut fitted = text.to_vec();
    while fitted.pop().is_some() {
        let cut = [fitted.as_slice(), &[ELLIPSIS]].concat();
        if width(&cut, size) <= room {
            return cut;
        }
    }
    fitted
}

/// How wide a text is in Helvetica. The strong one is as wide where it matters: in figures.
fn width(text: &[u8], size: Length) -> Length {
    let sum = text.iter().map(|byte| u32::from(width_of(*byte))).fold(0, u32::saturating_add);
    let size = u32::try_from(size).unwrap_or(0);
    Length::try_from(sum.saturating_mul(size) / 1000).unwrap_or(Length::MAX)
}

/// In thousandths of the size.
fn width_of(byte: u8) -> u16 {
    const FIRST: u8 = b' ';
    let known = byte.checked_sub(FIRST).and_then(|place| HELVETICA.get(usize::from(place)));
    match byte {
        ELLIPSIS | 0x97 => 1000,
        0x91 | 0x92 => 222,
        0x84 | 0x93 | 0x94 => 333,
        // Most letters beyond ASCII, and the dash that stands for minus, are as wide as a digit.
        _ => known.copied().unwrap_or(556),
    }
}

/// Adobe's metrics of Helvetica, from the space to the tilde.
#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::invoices::invoice_summary::InvoiceSummary;
    use crate::pages::invoices::invoice_summary::tests::session;
    use crate::sandbox::Preset;

    fn invoice(preset: Preset) -> InvoiceDocument {
        let summary = InvoiceSummary::all(&session(preset)).pop().unwrap();
        InvoiceDocument::of(&summary, preset.name(), "en")
    }

    fn text_of(pdf: &[u8]) -> String {
        pdf.iter().map(|byte| char::from(*byte)).collect()
    }

    /// Header, cross-reference table and trailer: every object lies where the table says.
    fn check(pdf: &[u8]) {
        let text = text_of(pdf);
        assert!(text.starts_with("%PDF-1.") && text.trim_end().ends_with("%%EOF"));
        let from = |offset: usize| text_of(pdf.get(offset..).unwrap());
        let start = text.rsplit_once("startxref\n").unwrap().1.lines().next().unwrap();
        let table = from(start.parse().unwrap());
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("xref"));
        let count: usize = lines.next().unwrap().split_once(' ').unwrap().1.parse().unwrap();
        assert!(count > 7);
        for (id, line) in lines.take(count).enumerate().skip(1) {
            let offset = line.split_once(' ').unwrap().0.parse().unwrap();
            assert!(from(offset).starts_with(&format!("{id} 0 obj")), "object {id}");
        }
    }

    #[test]
    fn in_4_an_invoice_is_one_page_with_its_figures() {
        let pdf = document(&invoice(Preset::PastDue));
        check(&pdf);
        let text = text_of(&pdf);
        assert_eq!(text.matches("/Type /Page\n").count(), 1);
        for shown in [
            "(Invoice for November 2025) Tj",
            "(Past due) Tj",
            "(llama-3.3-70b) Tj",
            "(95,000,000) Tj",
            "($112.40) Tj",
            "($12.40) Tj",
            "/BaseFont /Helvetica-Bold",
            "/WinAnsiEncoding",
            "/Lang (en)",
            "/Title (Invoice for November 2025)",
        ] {
            assert!(text.contains(shown), "{shown}");
        }
        // The true minus sign is no ASCII: −$100.00.
        assert!(text.contains("<96243130302E3030> Tj"));
    }

    #[test]
    fn every_example_makes_a_sound_file() {
        for preset in Preset::ALL {
            for summary in InvoiceSummary::all(&session(preset)) {
                check(&document(&InvoiceDocument::of(&summary, preset.name(), "de")));
            }
        }
    }

    #[test]
    fn more_than_a_page_goes_on_on_the_next() {
        let mut invoice = invoice(Preset::PastDue);
        let row = invoice.tables[0].rows[0].clone();
        invoice.tables[0].rows.extend(vec![row; 50]);
        let pdf = document(&invoice);
        check(&pdf);
        let text = text_of(&pdf);
        let pages = text.matches("/Type /Page\n").count();
        assert_eq!(pages, 2);
        assert!(text.contains("(Page 2 of 2) Tj"));
        assert_eq!(text.matches("(Tokens) Tj").count(), pages);
    }

    #[test]
    fn figures_end_where_their_column_ends_and_long_names_are_cut() {
        assert_eq!(width(b"$1,234.50", 1000), 556 * 7 + 278 * 2);
        let name = winansi("a-very-long-name-of-a-model-that-nobody-could-read");
        let cut = fitted(&name, 95, 1000);
        assert!(cut.ends_with(&[ELLIPSIS]) && width(&cut, 95) <= 1000);
        assert_eq!(winansi("Übersicht – „a“ −1 日"), b"\xdcbersicht \x96 \x84a\x93 \x961 ?");
    }
}
