//! The balance: how much, of which kind, and what may be spent of it.

use crate::app::split;
use crate::i18n::amounts::{Written, dollars, written};
use crate::i18n::{add_credits, overview as texts};
use crate::session::state::{DialogMode, state};
use crate::ui::button::{Weight, button_with_id};
use crate::ui::drawing::{drawing, line};
use crate::ui::element::el;
use crate::ui::figures::{figures, row, section};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, Tone, findings};
use crate::ui::reactive::follow_some;
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::access::{AccessNotice, Decision, Request, Snapshot, notices};
use leptos::prelude::*;

/// What the section shows.
struct Shown {
    balance: Money,
    free: Money,
    purchased: Money,
    pending: Money,
    open: bool,
    spendable: Money,
    /// AC-6: how far below zero the balance may go.
    credit_limit: Money,
    notices: Vec<Message>,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Shown {
        let free = account.free_credits;
        let found = notices(policy, account, &Request::API_CALL, decision);
        Shown {
            balance: account.balance,
            free,
            purchased: account.balance.checked_sub(free).map_or(Money::ZERO, |rest| rest.max(Money::ZERO)),
            pending: account.pending,
            open: decision.allowed(),
            spendable: decision.spendable,
            credit_limit: decision.credit_limit.in_force,
            notices: found.map(|found| messages(&found)).unwrap_or_default(),
        }
    }

    /// The share of purchased credits, in ten-thousandths.
    fn purchased_share(&self) -> i128 {
        let share = self.purchased.share_of_half_even(self.balance).unwrap_or_default();
        // A share has four decimals at most.
        let ten_thousandths = 10_i128.checked_pow(4_u32.saturating_sub(share.scale()));
        ten_thousandths.and_then(|of| share.mantissa().checked_mul(of)).unwrap_or_default().clamp(0, 10_000)
    }
}

/// What is to be known of access. That the tier follows stands with what is under way (TI-8).
pub(super) fn messages(notices: &[AccessNotice]) -> Vec<Message> {
    notices.iter().filter(|notice| !matches!(notice, AccessNotice::TierFollows { .. })).map(Message::of).collect()
}

pub(super) fn balance() -> AnyView {
    let state = state();
    let shown = move || {
        state.with_decision(|policy, account, decision| {
            decision.ok().map(|decision| shown_account(Shown::of(policy, account, decision)))
        })
    };
    let add = button_with_id("add-credits", add_credits::add_credits().to_owned(), Weight::Primary, move || {
        state.dialog_mode.set(Some(DialogMode::Buy(None)));
    });
    section("balance-heading", "card", texts::balance(), vec![follow_some(shown), el!("p", "class" = "end"; add)])
}

fn shown_account(shown: Shown) -> AnyView {
    let Written { sign, whole, decimals } = written(shown.balance);
    let floor = Money::ZERO.checked_sub(shown.credit_limit).unwrap_or(Money::ZERO);
    let waits = !shown.open && shown.spendable.is_positive();
    let spendable = if waits { texts::can_be_spent_then() } else { texts::can_be_spent() };
    let mut spending = vec![row(spendable, dollars(shown.spendable)), row(texts::usage_stops_at(), dollars(floor))];
    if shown.pending.is_positive() {
        spending.push(row(texts::pending(), dollars(shown.pending)));
    }
    let cents = el!("span"; format!(".{decimals}"));
    el!("div", "class" = "stack";
        el!("div", "class" = "level";
            el!("p", "class" = "large"; format!("{sign}${whole}"), cents),
            // The place is kept, so that nothing moves when the sentence comes.
            el!("p", "class" = "calm aside"; split::runway()),
        ),
        access(shown.open, if shown.open { texts::access_is_open() } else { texts::access_is_stopped() }),
        kinds(&shown),
        figures(spending),
        findings(shown.notices, Tone::Plain),
    )
}

/// Whether something is allowed: colour, icon and word.
pub(crate) fn access(open: bool, text: &str) -> AnyView {
    let (class, shape) = if open { ("access fine", Shape::Check) } else { ("access refused", Shape::Stop) };
    el!("p", "class" = class; icon(shape), el!("b"; text))
}

/// CR-5: the two kinds of credits, as figures and as one thin bar.
fn kinds(shown: &Shown) -> AnyView {
    let share = shown.purchased_share();
    let kind = |class: &str, name: &str, amount: Money| el!("div"; el!("dt"; el!("span", "class" = class), name), el!("dd"; dollars(amount)));
    let bar = shown.balance.is_positive().then(|| {
        let lines = vec![line("free", "M0 50H10000".to_owned()), line("purchased", format!("M0 50H{share}"))];
        drawing("split", (10_000, 100), lines)
    });
    let purchased = kind("swatch purchased", texts::purchased_credits(), shown.purchased);
    let free = kind("swatch free", texts::free_credits(), shown.free);
    el!("div"; el!("dl", "class" = "figures"; purchased, free), bar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::policy::Tier;

    #[test]
    fn ti_8_that_the_tier_follows_is_said_with_what_is_under_way() {
        let follows = AccessNotice::TierFollows { tier: Tier::Build1, entitled: Tier::Build2, seconds: 60 };
        let found = [AccessNotice::LimitAssumed { ceiling: Money::ZERO, tier: Tier::Build5 }, follows];
        assert!(messages(&found) == [Message::of(&found[0])]);
    }
}
