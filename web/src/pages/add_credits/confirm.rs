//! Whatever is charged is looked at once more before it is: what, how often, to which card, and what the balance is then.

use super::dialog_state::DialogState;
use super::plan::Plan;
use crate::app::browser::focus_soon;
use crate::i18n::add_credits as texts;
use crate::i18n::amounts::{charge, count, dollars};
use crate::session::state::{State, state};
use crate::ui::button::{Weight, button};
use billing::payment_method::Card;
use leptos::prelude::*;

/// The question, the facts behind it, and the button that confirms. Nothing where nothing can be charged.
fn words(plan: &Plan, card: Option<&Card>) -> Option<[String; 3]> {
    let card = card?;
    let (network, last4) = (card.network.name(), card.last4.to_string());
    let Some(run) = plan.at_once() else {
        let amount = plan.bought()?;
        let after = dollars(plan.after.balance);
        let amount = charge(amount);
        let facts = texts::facts_of_one(&amount, network, &last4, &after);
        return Some([texts::question_of_one(&amount), facts, texts::confirm(&amount)]);
    };
    let each = charge(run.setting.amount);
    let times = match run.purchases {
        1 => texts::once().to_owned(),
        purchases => texts::times(&count(purchases)),
    };
    let total = dollars(plan.total());
    let first = plan.purchase.ok().flatten();
    let (question, begin) = match first.map(charge) {
        Some(first) => (texts::question_of_both(&first, &each, &times, &total), texts::purchase_then_recharge(&first)),
        None => (texts::question(&each, &times, &total), texts::recharge_begins().to_owned()),
    };
    let facts = texts::facts(&begin, &each, &times, network, &last4, &total, &dollars(run.after.balance));
    Some([question, facts, texts::confirm(&total)])
}

fn words_now(state: State, dialog_state: DialogState) -> Option<[String; 3]> {
    let plan = dialog_state.plan.get_untracked()?;
    state.session.with_untracked(|session| words(&plan, session.account().card()))
}

/// Whether there is something to look at once more.
pub(super) fn is_asked(state: State, dialog_state: DialogState) -> bool {
    words_now(state, dialog_state).is_some()
}

/// The second question, in the place of the form.
#[component]
pub(super) fn ConfirmPurchase(dialog_state: DialogState) -> impl IntoView {
    let state = state();
    let back = move || {
        dialog_state.typed.update(|typed| typed.confirming = false);
        focus_soon("credits-submit");
    };
    let section = words_now(state, dialog_state).map(|[question, facts, confirm]| {
        view! {
            <section class="confirm" aria-labelledby="confirm-heading">
                <h3 id="confirm-heading" tabindex="-1">{question}</h3>
                <p>{facts}</p>
                <div class="foot">
                    {button(texts::back().to_owned(), Weight::Plain, back)}
                    {button(confirm, Weight::Primary, move || dialog_state.finish(state, false))}
                </div>
            </section>
        }
        .into_any()
    });
    section.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::add_credits::plan::Entry;
    use crate::sandbox::Preset;
    use billing::time::Timestamp;

    #[test]
    fn ar_4_the_second_question_names_count_and_total() {
        let entry = Entry { purchase: String::new(), amount: "25".into(), threshold: "150".into() };
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let session = Preset::BuildTier2.session(crate::session::policies::dated().unwrap(), opened).unwrap();
        let plan = Plan::of(session.policy().unwrap(), session.account(), session.now(), &entry);
        let [question, _, button] = words(&plan, session.account().card()).unwrap();
        assert_eq!(question, "Buy $25.00 5 times now, $125.00 in all?");
        assert_eq!(button, "Confirm and buy for $125.00");
    }

    #[test]
    fn a_purchase_and_those_that_follow_it_add_up_to_the_total() {
        let entry = Entry { purchase: "30".into(), amount: "25".into(), threshold: "160".into() };
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let session = Preset::BuildTier2.session(crate::session::policies::dated().unwrap(), opened).unwrap();
        let plan = Plan::of(session.policy().unwrap(), session.account(), session.now(), &entry);
        let expected = [
            "Buy $30.00 and then $25.00 4 times now, $130.00 in all?",
            "First $30.00 is bought. Then auto-recharge buys $25.00 4 times. Each is a purchase of its own on Visa ending 4242; \
             together they cost $130.00, and the balance is then $168.20.",
            "Confirm and buy for $130.00",
        ];
        assert_eq!(words(&plan, session.account().card()).unwrap(), expected);
        assert_eq!(words(&plan, None), None, "without a card it is refused, not asked");
    }

    #[test]
    fn a_single_purchase_names_the_card_and_what_comes_of_it() {
        let entry = Entry { purchase: "37.50".into(), ..Entry::default() };
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let session = Preset::BuildTier2.session(crate::session::policies::dated().unwrap(), opened).unwrap();
        let plan = Plan::of(session.policy().unwrap(), session.account(), session.now(), &entry);
        let expected = [
            "Buy $37.50 now?",
            "$37.50 is charged once to Visa ending 4242. The balance is then $75.70.",
            "Confirm and buy for $37.50",
        ];
        assert_eq!(words(&plan, session.account().card()).unwrap(), expected);
        assert_eq!(words(&plan, None), None, "without a card it is refused, not asked");
    }
}
