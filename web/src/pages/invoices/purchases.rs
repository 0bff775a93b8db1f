//! IN-6: every purchase of credits, newest first: when, how much, by which card, and what came of it.

use crate::app::browser::focus_soon;
use crate::i18n::amounts::charge;
use crate::i18n::times::day;
use crate::i18n::{add_credits, invoices as texts, overview};
use crate::session::AccountView;
use crate::session::state::{DialogMode, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{Column, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::ledger::Stage;
use billing::money::Charge;
use billing::projection::purchases::{PurchaseRecord, purchase_history};
use billing::time::Timestamp;
use leptos::prelude::*;

/// How many are shown before all of them are asked for.
const SHOWN: usize = 20;

const HEADING: &str = "purchases-heading";

/// A purchase as it is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Bought {
    started: Timestamp,
    amount: Charge,
    /// AR-5: whether auto-recharge bought.
    by_recharge: bool,
    /// Network and last digits of the card that was linked then.
    card: Option<(&'static str, String)>,
    stage: Stage,
}

impl Bought {
    /// Newest first.
    fn all(session: &AccountView) -> Vec<Bought> {
        let bought = |PurchaseRecord { purchase, card }: PurchaseRecord<'_>| Bought {
            started: purchase.started,
            amount: purchase.amount,
            by_recharge: purchase.run.is_some(),
            card: card.map(|card| (card.network.name(), card.last4.to_string())),
            stage: purchase.stage(),
        };
        purchase_history(session.account(), session.events()).into_iter().map(bought).collect()
    }

    fn entry(self) -> Entry {
        let kind = if self.by_recharge { overview::recharge() } else { texts::purchase() };
        let card = self.card.map(|(network, last4)| texts::card_ending(network, &last4));
        let badge = view! { <span class=class(self.stage)>{in_words(self.stage)}</span> };
        let cells = vec![
            day(self.started).into_any(),
            badge.into_any(),
            kind.into_any(),
            card.unwrap_or_else(|| texts::unknown_card().to_owned()).into_any(),
            charge(self.amount).into_any(),
        ];
        ("", cells)
    }
}

fn class(stage: Stage) -> &'static str {
    match stage {
        Stage::Completed => "badge fine",
        Stage::Declined => "badge refused",
        _ => "badge",
    }
}

fn in_words(stage: Stage) -> &'static str {
    match stage {
        Stage::BankApproval => texts::waits_for_the_bank(),
        Stage::BankAction => texts::waits_for_you(),
        Stage::Invoice => texts::invoice_to_come(),
        Stage::Balance => texts::balance_to_come(),
        Stage::Completed => texts::complete(),
        Stage::Declined => texts::declined(),
    }
}

#[component]
pub(super) fn Purchases() -> impl IntoView {
    let state = state();
    let bought = state.by_minute(Bought::all);
    let all_wanted = RwSignal::new(false);
    let list = move || {
        let bought = bought.get();
        let count = bought.len();
        if count == 0 {
            return view! { <NoPurchases /> }.into_any();
        }
        let shown = if all_wanted.get() { count } else { SHOWN };
        let entries = bought.into_iter().take(shown).map(Bought::entry).collect();
        view! {
            <div class="stack">
                {ledger(texts::purchases(), columns(), entries)}
                {(count > shown).then(|| view! { <ShowAll count all_wanted /> }.into_any())}
            </div>
        }
        .into_any()
    };
    let content = view! {
        {move || list()}
        <p class="hint">{texts::purchases_apart()}{rule(Clause::In6)}</p>
    };
    section(HEADING, "card", texts::purchases(), vec![content.into_any()])
}

fn columns() -> Vec<Column> {
    vec![
        (texts::day().to_owned(), false),
        (texts::state().to_owned(), false),
        (texts::kind().to_owned(), false),
        (texts::card().to_owned(), false),
        (texts::amount().to_owned(), true),
    ]
}

/// Asks for the purchases that are left out.
#[component]
fn ShowAll(count: usize, all_wanted: RwSignal<bool>) -> impl IntoView {
    let label = texts::all_purchases(&crate::i18n::amounts::count(u64::try_from(count).unwrap_or(u64::MAX)));
    // The button is gone afterwards.
    let show = move || {
        all_wanted.set(true);
        focus_soon(HEADING);
    };
    view! { <p class="row">{button(label, Weight::Plain, show)}</p> }.into_any()
}

#[component]
fn NoPurchases() -> impl IntoView {
    let state = state();
    let add = move || state.dialog_mode.set(Some(DialogMode::Buy(None)));
    view! {
        <div class="stack">
            <p class="setting">{texts::no_purchases()}</p>
            <p class="row">{button(add_credits::add_credits().to_owned(), Weight::Plain, add)}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::invoices::invoice_summary::tests::session;
    use crate::sandbox::Preset;
    use billing::ledger::Command;

    type Seen = (String, String, &'static str, Option<(&'static str, String)>);

    fn seen(session: &AccountView) -> Vec<Seen> {
        let seen = |bought: Bought| (day(bought.started), charge(bought.amount), in_words(bought.stage), bought.card);
        Bought::all(session).into_iter().map(seen).collect()
    }

    #[test]
    fn in_6_every_purchase_is_listed_newest_first_with_the_card_of_its_time() {
        let mut session = session(Preset::PastDue);
        let visa = || Some(("Visa", "4242".to_owned()));
        let before = [
            ("1 December 2025".to_owned(), "$20.00".to_owned(), "Complete", visa()),
            ("11 November 2025".to_owned(), "$100.00".to_owned(), "Complete", visa()),
        ];
        assert_eq!(seen(&session), before, "the card that was linked later paid none of them");
        let amount = Charge::parse("7").unwrap();
        assert!(session.dispatch(&Command::BuyCredits { key: "k".into(), amount, another: None }).is_ok());
        let last4 = session.account().card().unwrap().last4.to_string();
        let now = day(session.now());
        let begun = (now.clone(), "$7.00".to_owned(), "Waits for the bank", Some(("Visa", last4.clone())));
        assert_eq!(seen(&session)[0], begun);
        let end = session.now().plus_seconds(3600).unwrap();
        assert!(session.pass_until(end));
        assert_eq!(seen(&session)[0], (now, "$7.00".to_owned(), "Declined", Some(("Visa", last4))));
        assert_eq!(seen(&session)[1..], before);
    }

    #[test]
    fn ar_5_what_auto_recharge_bought_is_told_apart() {
        let mut session = session(Preset::IdleEndpoint);
        let end = session.now().plus_seconds(3 * 86_400).unwrap();
        assert!(session.pass_until(end));
        let bought = Bought::all(&session);
        assert!(bought.first().unwrap().by_recharge && !bought.last().unwrap().by_recharge);
        assert!(bought.windows(2).all(|pair| pair[0].started >= pair[1].started));
    }

    #[test]
    fn a_new_account_has_bought_nothing() {
        assert_eq!(Bought::all(&session(Preset::New)), []);
    }

    #[test]
    fn pp_1_each_stage_has_words_of_its_own() {
        let words: std::collections::BTreeSet<&str> = Stage::ALL.iter().map(|stage| in_words(*stage)).collect();
        assert_eq!(words.len(), Stage::ALL.len());
    }
}
