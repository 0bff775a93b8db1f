//! PM-9: tax ids, each in the form that its country gives them.
//!
//! Only the form is checked, not whether the id was ever given out; check digits are left to those who can look the id
//! up. The one exception is the CNPJ of Brazil: its fourteen digits could be a card number, and its check digits tell
//! the two apart.

use crate::characters::is_separator;
use crate::finding::findings;
use crate::payment_method::card::number::holds_card_number;
use crate::payment_method::country::{Country, fits_whole, folded_character};
use arrayvec::ArrayString;
use core::fmt;

findings! {
    /// A reason why a tax id is not accepted as typed.
    pub enum TaxIdProblem {
        /// PM-9: the address comes first, for its country decides the form.
        BeforeAddress = "tax_id.before_address" Pm9,
        /// PM-9: nothing was typed.
        Missing = "tax_id.missing" Pm9,
        /// PM-9: not in the country's form, or no form of the country is known: support alone can enter it.
        NonStandard { country: Option<&'static str>, example: Option<&'static str> } = "tax_id.non_standard" Pm9,
        /// PM-9: a card number where a tax id belongs.
        CardNumber = "tax_id.holds_card_number" Pm9,
    }
}

/// The most bytes that a tax id has. It bounds the work of reading one, and is less than the 64 places of the matcher.
const MOST_BYTES: usize = 24;

/// PM-9: a tax id in its country's form, in capitals and without separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxId(ArrayString<MOST_BYTES>);

impl TaxId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// PM-9: reads a tax id that was typed for a country (ISO 3166-1 alpha-2), or before there was an address to take a
/// country from. Blanks, dots, dashes and slashes, small letters and full-width characters are as good as the plain
/// form.
///
/// # Errors
/// The first [`TaxIdProblem`].
///
/// ```
/// use billing::payment_method::tax_id::{TaxIdProblem, check};
/// assert_eq!(check(Some("GR"), "el 123.456.783").map(|id| id.as_str().to_owned()), Ok("EL123456783".to_owned()));
/// assert_eq!(check(None, "EL123456783"), Err(TaxIdProblem::BeforeAddress));
/// let other_form = TaxIdProblem::NonStandard { country: Some("GR"), example: Some("EL123456783") };
/// assert_eq!(check(Some("GR"), "GR123456783"), Err(other_form));
/// ```
pub fn check(country: Option<&str>, typed: &str) -> Result<TaxId, TaxIdProblem> {
    let country = country.filter(|code| !code.is_empty()).ok_or(TaxIdProblem::BeforeAddress)?;
    if typed.trim().is_empty() {
        return Err(TaxIdProblem::Missing);
    }
    let (form, id) = (Form::of(country), compact(typed));
    match id {
        Some(id) if form.is_some_and(|form| form.fits(&id)) => Ok(TaxId(id)),
        // Dots and slashes divide a tax id and no card number, so a card number may show only without them.
        Some(id) if holds_card_number(&id) => Err(TaxIdProblem::CardNumber),
        _ if holds_card_number(typed) => Err(TaxIdProblem::CardNumber),
        _ => Err(TaxIdProblem::NonStandard {
            country: Country::from_code(country).map(Country::code),
            example: form.map(Form::example),
        }),
    }
}

/// Capitals without separators; nothing where it is longer than any tax id.
fn compact(typed: &str) -> Option<ArrayString<MOST_BYTES>> {
    let mut id = ArrayString::new();
    let folded = typed.chars().map(folded_character);
    for character in folded.filter(|character| !is_separator(*character) && !matches!(character, '.' | '/')) {
        // The one letter beyond ASCII that stands in a tax id: in an RFC of Mexico.
        id.try_push(if character == 'ñ' { 'Ñ' } else { character }).ok()?;
    }
    Some(id)
}

/// PM-9: the form of the tax ids of a country.
///
/// ```
/// use billing::payment_method::tax_id::Form;
/// let australia = Form::of("AU").expect("a form");
/// assert_eq!((australia.name(), australia.example()), ("ABN", "18123456789"));
/// assert_eq!(Form::of("HK"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    row: &'static str,
}

/// Where in a row of the table each fact stands.
const COUNTRY: usize = 0;
const PATTERN: usize = 1;
const EXAMPLE: usize = 2;
const NAME: usize = 3;

impl Form {
    /// The form in a country, by its two-letter code in either case; none where no standard one is known.
    #[must_use]
    pub fn of(country: &str) -> Option<Form> {
        let mut forms = ROWS.lines().map(|row| Form { row });
        forms.find(|form| form.column(COUNTRY).eq_ignore_ascii_case(country))
    }

    /// What the tax id is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Some(self.column(NAME)).filter(|name| !name.is_empty()).unwrap_or("VAT number")
    }

    /// A tax id of this form, to show as a hint.
    #[must_use]
    pub fn example(self) -> &'static str {
        self.column(EXAMPLE)
    }

    fn fits(self, id: &str) -> bool {
        fits_whole(self.column(PATTERN), id) && (self.column(COUNTRY) != "BR" || cnpj_check_digits_fit(id))
    }

    /// A column that the row leaves out at its end says the same as an empty one.
    fn column(self, place: usize) -> &'static str {
        self.row.split(';').nth(place).unwrap_or_default()
    }
}

/// The last two characters of a CNPJ, each following from all before it.
fn cnpj_check_digits_fit(id: &str) -> bool {
    let fits = |end| id.split_at_checked(end).is_some_and(|(before, rest)| rest.starts_with(cnpj_check_digit(before)));
    fits(12) && fits(13)
}

/// Each character counts by its distance from 0 in ASCII, weighted 2 to 9 from the right and again from 2; the digit
/// fills the sum up to a multiple of 11.
fn cnpj_check_digit(characters: &str) -> char {
    let values = characters.bytes().rev().map(|byte| u32::from(byte.saturating_sub(b'0')));
    let weighted = values.zip((2_u32..=9).cycle()).map(|(value, weight)| value.saturating_mul(weight));
    let rest = weighted.fold(0, u32::saturating_add) % 11;
    // Where two digits would be needed, the rule says 0.
    char::from_digit(11_u32.saturating_sub(rest), 10).unwrap_or('0')
}

/// One country a line, in the order of the codes: `code;pattern;example;name`, in the notation of the postal codes: `#`
/// is a digit, `@` a letter, `*` either, `[…]` one of those named, `(…|…)` a choice, `?` makes what stands before it
/// optional, and any other character is itself. A row without a name says VAT number. The examples are made up, with
/// check digits that fit.
///
/// Held against python-stdnum 2.2: the patterns take what its tests call valid, but for the accounts of Canada that are
/// not for GST/HST, personal numbers of Romania and an RFC without its last three characters. It knows no VAT number of
/// South Africa, no `T` before the numbers of Japan and no `M` numbers of Singapore.
static ROWS: &str = "\
AT;ATU########;ATU12345675
AU;###########;18123456789;ABN
BE;BE[01]#########;BE0123456749
BG;BG##########?;BG123456786
BR;************##;12345678000195;CNPJ
CA;#########(RT####)?;123456782RT0001;business or GST/HST number
CH;CHE#########(MWST|TVA|IVA|TPV)?;CHE123456788MWST
CY;CY########@;CY01234567U
CZ;CZ########(##?)?;CZ12345679
DE;DE[123456789]########;DE123456788
DK;DK[123456789]#######;DK12345674
EE;EE#########;EE123456780
ES;ES(@#######*|########@);ESB12345674
FI;FI########;FI12345671
FR;FR[0123456789ABCDEFGHJKLMNPQRSTUVWXYZ][0123456789ABCDEFGHJKLMNPQRSTUVWXYZ]#########;FR11123456782
GB;(GB|XI)(#########(###)?|GD[01234]##|HA[56789]##);GB123456727
GR;EL#########;EL123456783
HR;HR###########;HR12345678903
HU;HU########;HU12345676
IE;IE#([ABCDEFGHIJKLMNOPQRSTUVWXYZ+*]#####@|######@[ABCDEFGHIW]?);IE1234567T
IN;##@@@@@####@*Z*;27ABCPE1234F1ZB;GSTIN
IT;IT###########;IT12345670017
JP;T#############;T7123456789012;invoice registration number
KR;##########;1234567891;business registration number
LT;LT#########(###)?;LT123456715
LU;LU########;LU12345613
LV;LV###########;LV40000001237
MT;MT[123456789]#######;MT12345634
MX;([&Ñ]|@)([&Ñ]|@)([&Ñ]|@)([&Ñ]|@)?######***;ABC120304AB1;RFC
NL;NL#########B##;NL123456782B01
NO;(NO)?#########MVA;123456785MVA
NZ;#########?;12345674;GST number
PL;PL##########;PL1234567802
PT;PT[123456789]########;PT123456789
RO;RO[123456789]##?#?#?#?#?#?#?#?;RO12345674
SE;SE##########01;SE123456789701
SG;(M*#######|#########?|[RST]##@@####)@;53012345B;GST number
SI;SI[123456789]#######;SI12345679
SK;SK##########;SK1234567807
US;#########;123456789;EIN
ZA;4#########;4123456784
";

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn forms() -> impl Iterator<Item = Form> {
        ROWS.lines().map(|row| Form { row })
    }

    fn read(country: &str, typed: &str) -> Result<String, TaxIdProblem> {
        check(Some(country), typed).map(|id| id.as_str().to_string())
    }

    fn apart(text: &str, between: &str) -> String {
        text.chars().map(String::from).collect::<Vec<_>>().join(between)
    }

    #[test]
    fn the_table_is_whole() {
        let codes: Vec<_> = forms().map(|form| form.column(COUNTRY)).collect();
        assert_eq!(codes.len(), 41);
        assert!(codes.is_sorted_by(|one, next| one < next));
        for code in &codes {
            assert_eq!(Country::from_code(code).map(Country::code), Some(*code));
        }
        let union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        assert_eq!(union.split(' ').filter(|code| codes.contains(code)).count(), 27);
    }

    #[test]
    fn pm_9_every_example_fits_and_no_changed_one_does() {
        for form in forms() {
            let (country, example) = (form.column(COUNTRY), form.example());
            assert_eq!(read(country, example).as_deref(), Ok(example), "{country}");
            assert_eq!(read(&country.to_lowercase(), &example.to_lowercase()).as_deref(), Ok(example), "{country}");
            let shorter = example.get(1..).unwrap_or_default();
            for wrong in [format!("{example}?"), format!("?{example}"), example.repeat(2), shorter.to_string()] {
                let problem = TaxIdProblem::NonStandard { country: Some(country), example: Some(example) };
                assert_eq!(read(country, &wrong), Err(problem), "{country} {wrong}");
            }
            for place in 0..example.len() {
                let kept = |(index, character)| if index == place { '_' } else { character };
                let changed: String = example.chars().enumerate().map(kept).collect();
                assert!(read(country, &changed).is_err(), "{country} {changed}");
            }
        }
    }

    #[test]
    fn pm_9_separators_width_and_case_make_no_difference() {
        for form in forms() {
            let (country, example) = (form.column(COUNTRY), form.example());
            for between in [" ", "-", ".", "\u{2013}", "\u{a0}", "\u{200b}", " - "] {
                let spaced = format!("{between}{}\t", apart(example, between));
                assert_eq!(read(country, &spaced).as_deref(), Ok(example), "{country} {spaced:?}");
            }
        }
        assert_eq!(read("BR", "12.345.678/0001-95").as_deref(), Ok("12345678000195"));
        assert_eq!(read("CH", "CHE-123.456.788 TVA").as_deref(), Ok("CHE123456788TVA"));
        assert_eq!(read("JP", "Ｔ７１２３４５６７８９０１２").as_deref(), Ok("T7123456789012"));
        assert_eq!(read("MX", "ñ&c-120304-ab1").as_deref(), Ok("Ñ&C120304AB1"));
    }

    #[test]
    fn pm_9_a_tax_id_fits_its_country_only_as_a_whole() {
        for (country, right, wrong) in [
            ("BE", "BE1234567890", "BE2345678901|BE123456749|0123456749"),
            ("CA", "123456782 RT 0001|123456782", "12345678|123456782RP0001|123456782RT001"),
            ("CZ", "CZ12345679|CZ123456789|CZ1234567890", "CZ1234567|CZ12345678901"),
            ("CH", "CHE123456788|CHE123456788IVA", "CHE123456788VAT|CH123456788"),
            ("DE", "DE 123 456 788", "DE023456788|123456788|DE12345678"),
            ("ES", "ESB12345674|ESX1234567L|ES12345678Z", "ES123456789|ESAB1234567|B12345674"),
            ("FR", "FR11123456782|FRK7123456782", "FR123456782|FR1112345678A|FRO1123456782"),
            ("GB", "GB123456727|GB123456727001|GBGD001|GBHA500|XI123456727", "GBGD500|GBHA499|GB1234567270|GB12345672"),
            ("GR", "EL123456783", "GR123456783|123456783"),
            ("IE", "IE1234567T|IE1234567TW|IE8D79739I|IE8+79739I", "IE1234567|IE12345678T|IE1234567TX"),
            ("IN", "27ABCPE1234F1ZB", "27ABCPE1234F1AB|AAABCPE1234F1ZB"),
            ("LT", "LT123456715|LT123456789012", "LT1234567150|LT12345671"),
            ("MX", "ABC120304AB1|ABCD120304AB1", "AB120304AB1|ABCDE120304AB1|ABC12030AB1"),
            ("NL", "NL123456782B01", "NL123456782A01|NL123456782B1"),
            ("NO", "123456785MVA|NO 123 456 785 MVA", "123456785|NO123456785"),
            ("RO", "RO12|RO123|RO123456789|RO1234567890", "RO1|RO01|RO12345678901"),
            ("SG", "201012345D|53012345X|T08LL1234A|MR8500154E|M12345678X", "T08LL12345|20101234D1|M1234567"),
            ("US", "12-3456789", "12-345678|12-34567890|AB-3456789"),
            ("ZA", "4123456784", "5123456784|41234567840"),
        ] {
            let fits = |typed: &&str| read(country, typed).is_ok();
            assert_eq!(right.split('|').find(|typed| !fits(typed)), None, "{country} must fit");
            assert_eq!(wrong.split('|').find(fits), None, "{country} must not fit");
        }
    }

    #[test]
    fn pm_9_a_country_without_a_form_is_for_support() {
        let problem = |country| Err(TaxIdProblem::NonStandard { country, example: None });
        assert_eq!(read("HK", "12345678"), problem(Some("HK")));
        assert_eq!(read("hk", "12345678"), problem(Some("HK")));
        assert_eq!(read("ZZ", "12345678"), problem(None));
        assert_eq!(read("EL", "EL123456783"), problem(None));
        for (country, typed) in [("HK", "12345678"), ("ZZ", "12345678"), ("DE", "12345678")] {
            let sentence = read(country, typed).map_err(|problem| problem.to_string());
            assert!(sentence.is_err_and(|sentence| sentence.contains("support")), "{country}");
        }
    }

    #[test]
    fn pm_9_the_address_comes_first() {
        for typed in ["", "DE123456788", "4242424242424242"] {
            assert_eq!(check(None, typed), Err(TaxIdProblem::BeforeAddress));
            assert_eq!(check(Some(""), typed), Err(TaxIdProblem::BeforeAddress));
        }
        assert_eq!(read("DE", " \u{3000}"), Err(TaxIdProblem::Missing));
    }

    #[test]
    fn pm_9_a_card_number_is_refused_in_every_country() {
        let cards = ["4242424242424242", "378282246310005", "36227206271667", "4222222222222"];
        for country in forms().map(|form| form.column(COUNTRY)).chain(["HK", "ZZ"]) {
            for card in cards {
                let dotted = apart(card, ".");
                let among_words = format!("the number of my company card is {card}");
                for typed in [card, &dotted, &among_words, &format!("{country} {card}")] {
                    assert_eq!(read(country, typed), Err(TaxIdProblem::CardNumber), "{country} {typed}");
                }
            }
        }
    }

    /// Each of these holds a run of digits that could be a card's; the form of the country tells that it is none.
    #[test]
    fn pm_9_a_tax_id_that_looks_like_a_card_number_is_one_all_the_same() {
        let alike = |country: &str, ids: &mut dyn Iterator<Item = String>| {
            let mut alike = ids.filter(|id| holds_card_number(id)).take(20).peekable();
            assert!(alike.peek().is_some());
            alike.for_each(|id| assert_eq!(read(country, &id).as_deref(), Ok(id.as_str())));
        };
        alike("JP", &mut (0..1000).map(|number| format!("T4123456789{number:03}")).filter(|id| id.len() == 14));
        let with_digits = |number: u32| {
            let base = format!("36{number:06}0001");
            let first = format!("{base}{}", cnpj_check_digit(&base));
            format!("{first}{}", cnpj_check_digit(&first))
        };
        alike("BR", &mut (0..1000).map(with_digits));
    }

    #[test]
    fn pm_9_a_cnpj_needs_its_check_digits() {
        // The second one has letters, as they are given out since 2026.
        for (right, wrong) in [("12345678000195", "12345678000196"), ("12ABC34501DE35", "12ABC34501DE45")] {
            assert_eq!(read("BR", right).as_deref(), Ok(right));
            assert!(read("BR", wrong).is_err());
        }
    }

    #[test]
    fn every_form_takes_every_text() {
        for form in forms() {
            for character in ['0', '9', 'A', 'Z', ' ', '-', 'é', 'Ñ', '😀'] {
                for length in 0..=64 {
                    let _ = read(form.column(COUNTRY), &character.to_string().repeat(length));
                }
            }
        }
    }
}
