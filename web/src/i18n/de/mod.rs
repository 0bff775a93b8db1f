//! German: what the rules and the store say, in it. It is a part of its own, downloaded when German is spoken.

mod findings;
mod rules;
mod template;
mod words;

#[cfg(test)]
use crate::i18n::catalog::CATALOG;
use crate::i18n::catalog::{Catalog, What};
use crate::i18n::{
    add_credits, forecast_panel, help, invoices, overview, payment_method, sandbox, shared, shell, tiers, units, usage,
};
use account_session::{LoadError, NotStored};
use billing::finding::Finding;
use billing::ledger::ReplayError;
use event_store::lines::ImportError;
use event_store::{MAX_LINE_BYTES, StoreError};

/// The language.
pub(crate) static GERMAN: Catalog = Catalog { texts: TEXTS, say };

/// The German texts, a table for each module, in the order of `Module`.
static TEXTS: &[&[&str]] = &[
    shell::GERMAN,
    overview::GERMAN,
    add_credits::GERMAN,
    payment_method::GERMAN,
    sandbox::GERMAN,
    shared::GERMAN,
    units::GERMAN,
    tiers::GERMAN,
    invoices::GERMAN,
    usage::GERMAN,
    help::GERMAN,
    forecast_panel::GERMAN,
];

fn say(what: &What<'_>) -> Option<String> {
    match what {
        What::Finding(code, params) => template::filled(findings::template(code)?, params),
        What::Rule(clause) => Some(rules::summary(*clause).to_owned()),
        What::Word(english) => words::german(english).map(str::to_owned),
        What::Store(error) => Some(store_error(error)),
        What::NotStored(why) => Some(not_stored(why)),
        What::Load(error) => Some(load_error(error)),
        What::Import(error) => Some(import_error(error)),
    }
}

fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::Unavailable => "Dieser Browser bewahrt für diese Seite nichts auf, wie in einem privaten Fenster: \
                                    Exportieren Sie den Verlauf, bevor Sie gehen."
            .to_owned(),
        StoreError::Full => "Dieser Browser hat für diese Seite keinen Platz mehr, deshalb wurde nichts gespeichert: \
                             Exportieren Sie den Verlauf, oder schaffen Sie Platz."
            .to_owned(),
        StoreError::Damaged { index, code } => {
            let number = index.saturating_add(1);
            format!(
                "Ereignis {number} des gespeicherten Verlaufs ist nicht lesbar ({code}), und nichts ist verloren: Laden \
                 Sie die Seite neu, damit sie in der neuesten Fassung kommt, oder exportieren Sie den Verlauf und \
                 beginnen Sie einen neuen."
            )
        }
        StoreError::Blocked => "Eine ältere Fassung dieser Seite ist in einem anderen Tab offen und hält den Speicher \
                                fest: Schließen Sie die anderen Tabs, und laden Sie dann diesen neu."
            .to_owned(),
        StoreError::Closed => "Der Browser oder eine neuere Fassung der Seite hat ihr den Speicher geschlossen: Laden \
                               Sie sie neu."
            .to_owned(),
        StoreError::TooLong { index } => {
            let number = index.saturating_add(1);
            format!(
                "Nichts wurde gespeichert: Ereignis {number} hat mehr als {MAX_LINE_BYTES} Bytes, und mehr fasst ein \
                 Verlauf nicht."
            )
        }
    }
}

fn not_stored(why: &NotStored) -> String {
    match why {
        NotStored::Store(error) => store_error(error),
        NotStored::Unreadable(error) => format!(
            "Nichts wurde gespeichert. Das Konto hat sich anderswo geändert, und sein Verlauf ist nicht lesbar ({}). Laden \
             Sie die Seite neu, damit sie in der neuesten Fassung kommt.",
            invalid_event(error)
        ),
        NotStored::Overtaken { attempts } => format!(
            "Nichts wurde gespeichert. Das Konto hat sich während jedes von {attempts} Versuchen anderswo geändert. \
             Versuchen Sie es noch einmal."
        ),
        NotStored::Unknown(error) => format!(
            "Ob das gespeichert wurde, wissen wir noch nicht. Sehen Sie sich das Konto an, bevor Sie es noch einmal \
             versuchen. {}",
            load_error(error)
        ),
    }
}

fn load_error(error: &LoadError) -> String {
    match error {
        LoadError::Store(error) => store_error(error),
        LoadError::Unreadable(error) => {
            format!("Der gespeicherte Verlauf ist nicht lesbar ({}).", invalid_event(error))
        }
    }
}

/// Its place, and its code: its own sentence is English.
fn invalid_event(error: &ReplayError) -> String {
    format!("Ereignis {}: {}", error.index.saturating_add(1), error.why.code())
}

/// The line and the code say where and what; the flaw's own sentence is English.
fn import_error(error: &ImportError) -> String {
    let ImportError { line, flaw } = error;
    let place = if flaw.path.is_empty() { String::new() } else { format!(" bei {}", flaw.path) };
    format!("Zeile {line} ist{place} nicht lesbar ({}). Nichts wurde ersetzt.", flaw.code)
}

/// Speaks German from here on, in this test.
#[cfg(test)]
pub(crate) fn speak_german() {
    CATALOG.set(Some(&GERMAN));
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::clause::Clause;
    use billing::finding::{Finding, OwnedParam};
    use billing::ledger::InvalidEvent;
    use billing::ledger::InvoiceState;
    use billing::ledger::Stage;
    use billing::money::{Charge, Money};
    use billing::payment_method::card::{Field, Funding};
    use billing::payment_method::country::Country;
    use billing::payment_method::tax_id;
    use billing::rules::access::AccountProblem;
    use billing::rules::recharge::RechargeBlock;
    use sandbox_bank::CARDS;
    use serde_json::Value;
    use std::collections::{BTreeMap, BTreeSet};

    /// Every kind of finding with its codes.
    const CODES: [&[&str]; 17] = [
        billing::rules::access::AccountProblem::CODES,
        billing::rules::access::AccessNotice::CODES,
        billing::rules::access::Reason::CODES,
        billing::ledger::InvalidEvent::CODES,
        billing::ledger::Notice::CODES,
        billing::ledger::Rule::CODES,
        billing::payment_method::card::CardProblem::CODES,
        billing::projection::charges::ChargeNotice::CODES,
        billing::rules::credit::PurchaseProblem::CODES,
        billing::rules::decline::Advice::CODES,
        billing::rules::decline::Known::CODES,
        billing::rules::decline::Meaning::CODES,
        billing::projection::forecast::ForecastFinding::CODES,
        billing::policy::PolicyProblem::CODES,
        billing::rules::recharge::Warning::CODES,
        billing::payment_method::tax_id::TaxIdProblem::CODES,
        &["money.malformed", "money.too_precise", "money.out_of_range", "money.negative", "recharge.threshold_missing"],
    ];

    #[test]
    fn every_code_has_a_sentence_and_every_sentence_a_code() {
        let known: BTreeSet<&str> = CODES.into_iter().flatten().copied().collect();
        let said: BTreeSet<&str> = findings::codes().collect();
        assert_eq!(known.symmetric_difference(&said).collect::<Vec<_>>(), Vec::<&&str>::new());
        assert_eq!(findings::codes().count(), said.len(), "a code has one sentence");
    }

    /// An amount; sums can be larger than what may be typed.
    fn amount(text: &str) -> Option<Money> {
        const MOST: u64 = 1_000_000_000_000_000;
        let (whole, decimals) = text.split_once('.')?;
        let beyond = || {
            let whole: u64 = whole.parse().ok()?;
            let rest = Money::parse(&format!("{}.{decimals}", whole % MOST)).ok()?;
            rest.checked_add(Money::parse(&MOST.to_string()).ok()?.times(whole / MOST).ok()?).ok()
        };
        Money::parse(text).ok().or_else(beyond)
    }

    /// A figure as an answer writes it. Only amounts have a point and digits around it.
    fn param(value: &Value) -> OwnedParam {
        match value {
            Value::Null => OwnedParam::Absent,
            Value::Number(number) => OwnedParam::Count(number.as_u64().unwrap()),
            Value::String(text) => amount(text).map_or_else(|| OwnedParam::Text(text.clone()), OwnedParam::Money),
            other => panic!("no figure: {other}"),
        }
    }

    /// Says every finding in an answer. `seen` gathers the codes, and the sentences by the English ones.
    fn say_all(answer: &Value, seen: &mut BTreeMap<String, BTreeMap<String, String>>) {
        if let (Some(code), Some(params), Some(message)) =
            (answer["code"].as_str(), answer["params"].as_object(), answer["message"].as_str())
            && findings::template(code).is_some()
        {
            let params: Vec<(&'static str, OwnedParam)> =
                params.iter().map(|(name, value)| (&*name.clone().leak(), param(value))).collect();
            let german = say(&What::Finding(code, &params));
            let german = german.unwrap_or_else(|| panic!("{code} cannot be said with {params:?}"));
            assert!(german.ends_with('.'), "{code}: {german}");
            assert!(!german.contains(['{', '}', '[', ']', '|']) || message.contains('['), "{code}: {german}");
            assert!(!german.contains("  ") && !german.contains(" ."), "{code}: {german}");
            seen.entry(code.to_owned()).or_default().insert(message.to_owned(), german);
        }
        match answer {
            Value::Array(list) => list.iter().for_each(|inner| say_all(inner, seen)),
            Value::Object(fields) => fields.values().for_each(|inner| say_all(inner, seen)),
            _ => {}
        }
    }

    /// What answers name as an error, without its figures.
    fn answered_without_figures() -> Vec<Box<dyn Finding>> {
        let (one, two) = (Money::parse("1.50").unwrap(), Money::parse("0.50").unwrap());
        let due = Charge::parse("1.00").unwrap();
        let mut found: Vec<Box<dyn Finding>> = vec![
            Box::new(AccountProblem::FreeExceedsBalance { balance: one }),
            Box::new(AccountProblem::SettledExceedsSpend { lifetime_spend: one }),
        ];
        let impossible = [
            InvalidEvent::BeforeLast,
            InvalidEvent::NoPolicy,
            InvalidEvent::OutOfRange,
            InvalidEvent::MonthOpen,
            InvalidEvent::PurchaseExists,
            InvalidEvent::PurchaseUnknown,
            InvalidEvent::RunUnknown,
            InvalidEvent::RechargeOff,
            InvalidEvent::NoHold,
            InvalidEvent::SpendUnknown { lifetime_spend: one },
            InvalidEvent::GrantExists,
            InvalidEvent::OtherExpiry { expiring: one },
            InvalidEvent::OtherDrawdown { free: one, purchased: two },
            InvalidEvent::DeploymentExists,
            InvalidEvent::DeploymentNotRunning,
            InvalidEvent::OtherMinutes { minutes: 30, cost: one },
            InvalidEvent::MinutesUncharged { minutes: 30 },
            InvalidEvent::InvoiceMonth,
            InvalidEvent::OtherInvoice { total: one, covered: two, due },
            InvalidEvent::InvoiceUnknown,
            InvalidEvent::NoContract,
        ];
        let of_purchases = Stage::ALL.iter().map(|stage| InvalidEvent::PurchaseStage { stage: *stage });
        let of_invoices = InvoiceState::ALL.iter().map(|state| InvalidEvent::InvoiceState { state: *state });
        for impossible in impossible.into_iter().chain(of_purchases).chain(of_invoices) {
            found.push(Box::new(impossible));
        }
        found
    }

    /// Words that no German sentence has.
    const ENGLISH: [&str; 14] = [
        "the", "is", "are", "and", "of", "with", "minute", "minutes", "second", "seconds", "card", "December", "to",
        "The",
    ];

    fn figures_of(sentence: &str) -> Vec<String> {
        let is_figure = |word: &&str| word.contains('$');
        let digits = |word: &str| word.trim_matches(|it: char| !it.is_ascii_digit()).to_owned();
        let mut figures: Vec<String> = sentence.split_whitespace().filter(is_figure).map(digits).collect();
        figures.sort_unstable();
        figures
    }

    #[test]
    fn every_finding_of_the_vectors_is_said_with_all_its_figures() {
        CATALOG.set(Some(&GERMAN));
        let mut seen = BTreeMap::new();
        let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors");
        for entry in std::fs::read_dir(vectors).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().ends_with(".answers.jsonl") {
                for line in std::fs::read_to_string(path).unwrap().lines() {
                    // Some requests have an id that is a number too large to be read; their answers are errors.
                    let answer = serde_json::from_str(line).unwrap_or(Value::Null);
                    say_all(&answer, &mut seen);
                }
            }
        }
        for finding in answered_without_figures() {
            let mut params = Vec::new();
            finding.params(&mut |name, param| params.push((name, param.into())));
            let german = say(&What::Finding(finding.code(), &params)).unwrap();
            seen.entry(finding.code().to_owned()).or_default().insert(finding.to_string(), german);
        }
        let never: Vec<&str> = findings::codes().filter(|code| !seen.contains_key(*code)).collect();
        assert_eq!(never, ["recharge.threshold_missing"]);
        for (code, sentences) in &seen {
            for (english, german) in sentences {
                assert_eq!(figures_of(english), figures_of(german), "{code}: {english} {german}");
                let left = german.split([' ', '.', ',']).find(|word| ENGLISH.contains(word));
                assert_eq!(left, None, "{code}: {german}");
                if std::env::var_os("SAY").is_some() {
                    eprintln!("{code}\n  {english}\n  {german}");
                }
            }
        }
    }

    #[test]
    fn every_rule_and_every_word_of_others_is_said() {
        for clause in Clause::ALL {
            assert!(rules::summary(*clause).ends_with('.'), "{clause}");
        }
        let labels = Country::all().flat_map(|country| {
            [country.city_label().english(), country.region_label().english(), country.postal_label().english()]
        });
        let forms = Country::all().filter_map(|country| tax_id::Form::of(country.code())).map(tax_id::Form::name);
        let cards = CARDS.iter().flat_map(|card| [card.title, card.shows]);
        let policies = crate::session::policies::all().unwrap();
        let titles = policies.iter().flat_map(|policy| policy.title.split(": "));
        for word in labels.chain(forms).chain(cards).chain(titles) {
            assert!(words::german(word).is_some_and(|german| !german.is_empty()), "{word}");
        }
        let ids = RechargeBlock::ALL.iter().map(|it| it.id()).chain(Stage::ALL.iter().map(|it| it.id()));
        let ids = ids.chain(InvoiceState::ALL.iter().map(|it| it.id())).chain(Funding::ALL.iter().map(|it| it.id()));
        for id in ids.chain(Field::ALL.iter().map(|it| it.id())) {
            assert!(words::german(id).is_some(), "{id}");
        }
    }

    #[test]
    fn an_error_of_the_store_names_its_place() {
        let damaged = StoreError::Damaged { index: 6, code: "history.malformed".into() };
        assert!(store_error(&damaged).starts_with("Ereignis 7 "));
        let too_long = StoreError::TooLong { index: 0 };
        assert!(store_error(&too_long).contains("Ereignis 1 hat mehr als 16384 Bytes"));
        for error in [StoreError::Unavailable, StoreError::Full, StoreError::Blocked, StoreError::Closed, too_long] {
            assert!(store_error(&error).ends_with('.'));
        }
    }

    #[test]
    fn what_is_not_stored_is_said_with_its_reason() {
        let invalid = ReplayError { index: 2, why: InvalidEvent::NoContract };
        let said = not_stored(&NotStored::Unreadable(invalid));
        assert!(said.contains("(Ereignis 3: history.no_contract)"), "{said}");
        let said = not_stored(&NotStored::Unknown(LoadError::Unreadable(invalid)));
        assert!(said.starts_with("Ob das") && said.ends_with("(Ereignis 3: history.no_contract)."), "{said}");
        assert_eq!(not_stored(&NotStored::Store(StoreError::Full)), store_error(&StoreError::Full));
        assert!(not_stored(&NotStored::Overtaken { attempts: 32 }).contains(" 32 Versuchen "));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_by_line_and_code() {
        let error = event_store::lines::import("{\"v\":\"1\"}").unwrap_err();
        assert_eq!(import_error(&error), "Zeile 1 ist bei v nicht lesbar (history.wrong_type). Nichts wurde ersetzt.");
    }
}
