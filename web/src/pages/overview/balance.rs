//! The balance card: the balance, its free and purchased credits, and how much of it can be spent.

use crate::app::lazy_view::LazyView;
use crate::i18n::amounts::{Written, dollars, written};
use crate::i18n::{add_credits, overview as texts};
use crate::session::state::{DialogMode, state};
use crate::ui::button::{Weight, button_with_id};
use crate::ui::drawing::{drawing, line};
use crate::ui::figures::{Row, figures, row, section};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, Tone, findings};
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::access::{AccessNotice, CreditLimit, Decision, Request, Snapshot, notices};
use leptos::prelude::*;

/// The card's data.
struct Shown {
    balance: Money,
    free: Money,
    purchased: Money,
    pending: Money,
    open: bool,
    spendable: Money,
    /// AC-6: how far below zero the balance may go.
    credit_limit: CreditLimit,
    notices: Vec<Message>,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Shown {
        let free = account.free_credits;
        let found = notices(policy, account, &Request::API_CALL, decision);
        Shown {
            balance: account.balance,
            free,
            purchased: account.purchased_credits().unwrap_or(Money::ZERO),
            pending: account.pending,
            open: decision.allowed(),
            spendable: decision.spendable,
            credit_limit: decision.credit_limit,
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

/// The notices about access. The card of what is under way shows the tier that follows (TI-8).
pub(super) fn messages(notices: &[AccessNotice]) -> Vec<Message> {
    notices.iter().filter(|notice| !matches!(notice, AccessNotice::TierFollows { .. })).map(Message::of).collect()
}

/// The balance card, with the button that opens the dialog for adding credits.
#[component]
pub(super) fn BalanceCard() -> impl IntoView {
    let state = state();
    let shown =
        move || state.with_decision(|policy, account, decision| Some(Shown::of(policy, account, decision.ok()?)));
    let account = view! { {move || shown().map(|shown| view! { <BalanceDetails shown /> }.into_any())} };
    let add = button_with_id("add-credits", add_credits::add_credits().to_owned(), Weight::Primary, move || {
        state.dialog_mode.set(Some(DialogMode::Buy(None)));
    });
    let content = vec![account.into_any(), view! { <p class="end">{add}</p> }.into_any()];
    section("balance-heading", "card", texts::balance(), content)
}

/// The balance, whether access is open, the two kinds of credits, and what can be spent.
#[component]
fn BalanceDetails(shown: Shown) -> impl IntoView {
    let Written { sign, whole, decimals } = written(shown.balance);
    let access = if shown.open { texts::access_is_open() } else { texts::access_is_stopped() };
    // The runway loads later; its empty paragraph reserves the space, so that nothing moves.
    view! {
        <div class="stack">
            <div class="level">
                <p class="large">
                    {format!("{sign}${whole}")}
                    <span>{format!(".{decimals}")}</span>
                </p>
                <p class="calm aside">{LazyView::Runway.show_quietly()}</p>
            </div>
            <AccessLine is_open=shown.open text=access.to_owned() />
            {kinds(&shown)}
            {figures(spending(&shown))}
            {findings(shown.notices, Tone::Plain)}
        </div>
    }
    .into_any()
}

/// What can be spent, where usage stops, and what is pending.
fn spending(shown: &Shown) -> Vec<Row> {
    let floor = shown.credit_limit.stops_at().map(dollars).unwrap_or_default();
    let waits = !shown.open && shown.spendable.is_positive();
    let spendable = if waits { texts::can_be_spent_then() } else { texts::can_be_spent() };
    let pending = shown.pending.is_positive().then(|| row(texts::pending(), dollars(shown.pending)));
    let rows = [row(spendable, dollars(shown.spendable)), row(texts::usage_stops_at(), floor)];
    rows.into_iter().chain(pending).collect()
}

/// Whether something is allowed, by colour, icon and text.
#[component]
pub(super) fn AccessLine(is_open: bool, text: String) -> impl IntoView {
    let (class, shape) = if is_open { ("access fine", Shape::Check) } else { ("access refused", Shape::Stop) };
    view! {
        <p class=class>
            {icon(shape)}
            <b>{text}</b>
        </p>
    }
    .into_any()
}

/// CR-5: free and purchased credits, as figures and as a thin bar.
fn kinds(shown: &Shown) -> AnyView {
    let share = shown.purchased_share();
    let bar = shown.balance.is_positive().then(|| {
        let lines = vec![line("free", "M0 50H10000".to_owned()), line("purchased", format!("M0 50H{share}"))];
        drawing("split", (10_000, 100), lines)
    });
    view! {
        <div>
            <dl class="figures">
                {kind("swatch purchased", texts::purchased_credits(), shown.purchased)}
                {kind("swatch free", texts::free_credits(), shown.free)}
            </dl>
            {bar}
        </div>
    }
    .into_any()
}

fn kind(swatch: &'static str, name: &'static str, amount: Money) -> AnyView {
    view! {
        <div>
            <dt>
                <span class=swatch></span>
                {name}
            </dt>
            <dd>{dollars(amount)}</dd>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::policy::Tier;

    #[test]
    fn ti_8_balance_card_omits_the_tier_that_follows() {
        let follows = AccessNotice::TierFollows { tier: Tier::Build1, entitled: Tier::Build2, seconds: 60 };
        let found = [AccessNotice::LimitAssumed { ceiling: Money::ZERO, tier: Tier::Build5 }, follows];
        assert!(messages(&found) == [Message::of(&found[0])]);
    }
}
