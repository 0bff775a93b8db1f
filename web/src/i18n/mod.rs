//! Everything that the page says in words of its own, in every language that it speaks. What the rules say is theirs, in
//! `billing::message`; in other languages than English it is said here, too.
//!
//! English is in the page, and any other language is a part that comes when it is spoken. A text is a function, so one that is
//! missing in a language, or has other places to fill, does not compile.
//!
//! German says "Sie". Figures are written as in English ($1,234.50, 1,800, −$100.00), for they are US dollars on American
//! invoices; days are written the German way. The words that mean something exact:
//!
//! | English | German |
//! |---|---|
//! | balance | Kontostand: it can be below zero, which a Guthaben cannot |
//! | credits; free, purchased | Guthaben; Gratisguthaben, gekauftes Guthaben |
//! | payment method | Zahlungsmittel |
//! | add, buy credits | Guthaben aufladen, kaufen |
//! | auto-recharge; threshold | automatische Aufladung; Schwelle |
//! | purchase; charge; hold | Kauf; Abbuchung; Vormerkung |
//! | approve; decline, refuse | freigeben; ablehnen |
//! | invoice; due; past due | Rechnung; fällig; überfällig |
//! | card; to link | Karte; hinterlegen |
//! | security code; expiry date | Sicherheitscode; Ablaufdatum |
//! | billing address; statement | Rechnungsadresse; Kartenabrechnung |
//! | access; request; usage | Zugang; Anfrage; Nutzung |
//! | tier; spend | Stufe (its name stays: Build Tier 2); Ausgaben |
//! | credit limit; balance limit | Kreditrahmen; Limit |
//! | policy; rule; history | Regelwerk; Regel; Verlauf |

pub(crate) mod add_credits;
pub(crate) mod amounts;
mod catalog;
mod de;
pub(crate) mod forecast_panel;
pub(crate) mod help;
pub(crate) mod invoices;
mod locale;
pub(crate) mod overview;
pub(crate) mod payment_method;
pub(crate) mod sandbox;
mod sentence;
pub(crate) mod shared;
pub(crate) mod shell;
pub(crate) mod tiers;
pub(crate) mod times;
pub(crate) mod units;
pub(crate) mod usage;

pub(crate) use catalog::texts;
pub(crate) use catalog::{Catalog, What, rule_summary, say, word};
pub(crate) use de::GERMAN;
#[cfg(test)]
pub(crate) use de::speak_german;
pub(crate) use locale::{FetchCatalog, Language, Locale};
pub(crate) use sentence::Sentence;
