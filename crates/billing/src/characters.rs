//! Characters as people type and paste them.

/// An ASCII digit, or a full-width one as East Asian keyboards type it.
pub(crate) fn digit(character: char) -> Option<u8> {
    let folded = match character {
        '\u{ff10}'..='\u{ff19}' => {
            u32::from(character).checked_sub(0xff10).and_then(|digit| char::from_digit(digit, 10))
        }
        other => Some(other),
    };
    folded.and_then(|character| character.to_digit(10)).and_then(|digit| u8::try_from(digit).ok())
}

/// Blanks of every kind, and hyphens and dashes.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || is_dash(character) || is_invisible(character)
}

pub(crate) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// What copying from a page or a document leaves between digits.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}
