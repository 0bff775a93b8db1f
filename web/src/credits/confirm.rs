//! A setting that buys at once asks a second time, with the count and the total.

use super::Desk;
use super::plan::Plan;
use crate::amounts::{charge, count, dollars};
use crate::browser::focus_soon;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::texts::credits as texts;
use leptos::prelude::*;

/// The question, the facts behind it, and the button that confirms.
fn words(plan: &Plan) -> Option<[String; 3]> {
    let run = plan.at_once()?;
    let each = charge(run.setting.amount);
    let times = match run.purchases {
        1 => texts::once().to_owned(),
        purchases => texts::times(&count(purchases)),
    };
    let total = dollars(plan.total());
    let first = plan.purchase.ok().flatten();
    let begin = first.map(|amount| texts::purchase_then_recharge(&charge(amount)));
    let begin = begin.unwrap_or_else(|| texts::recharge_begins().to_owned());
    let facts = texts::facts(&begin, &each, &times, &total, &dollars(run.after.balance));
    Some([texts::question(&each, &times, &total), facts, texts::confirm(&total)])
}

pub(super) fn confirm(desk: Desk, on_confirm: Callback<()>) -> AnyView {
    let back = move || {
        desk.typed.update(|typed| typed.confirming = false);
        focus_soon("credits-submit");
    };
    let words = desk.plan.with_untracked(|plan| plan.as_ref().and_then(words));
    let section = words.map(|[question, facts, confirm]| {
        let back = button(texts::back().to_owned(), Weight::Plain, back);
        let confirm = button(confirm, Weight::Primary, move || on_confirm.run(()));
        el!("section", "class" = "confirm", "aria-labelledby" = "confirm-heading";
            el!("h3", "id" = "confirm-heading", "tabindex" = "-1"; question),
            el!("p"; facts),
            el!("div", "class" = "foot"; back, confirm),
        )
    });
    section.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credits::plan::Entry;
    use crate::example::Preset;
    use billing::time::Timestamp;

    #[test]
    fn ar_4_the_second_question_names_count_and_total() {
        let entry = Entry { purchase: String::new(), amount: "25".into(), threshold: "150".into() };
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let life = Preset::BuildTier2.life(crate::policies::dated().unwrap(), opened).unwrap();
        let plan = Plan::of(life.policy().unwrap(), life.account(), life.now(), &entry);
        let [question, _, button] = words(&plan).unwrap();
        assert_eq!(question, "Buy $25.00 5 times now, $125.00 in all?");
        assert_eq!(button, "Confirm and buy for $125.00");
    }
}
