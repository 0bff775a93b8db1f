//! The account's tier, the purchase that reaches the next one, and a tier that follows.

use crate::features::support::support;
use crate::features::tier_settling::settling;
use crate::i18n::amounts::charge;
use crate::i18n::tiers as texts;
use crate::pages::overview::tier::way_from;
use crate::pages::overview::tier_chart::{TierChart, picture};
use crate::session::AccountView;
use crate::session::state::{DialogMode, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding, rule};
use billing::clause::Clause;
use billing::ledger::{Notice, notices, support_message};
use billing::money::Charge;
use billing::policy::Policy;
use billing::policy::Tier;
use billing::rules::access::{Decision, Snapshot};
use billing::rules::tier::progress;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    tier: Tier,
    by_contract: bool,
    way: String,
    purchase: Option<Charge>,
    chart: TierChart,
}

impl Shown {
    /// The tier in effect; the way to the next tier counts the whole lifetime spend (TI-8).
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Option<Shown> {
        let next = progress(policy, account.lifetime_spend).ok()?.next;
        let pending = account.tier_reached_by_pending(policy).ok()?;
        Some(Shown {
            tier: decision.tier,
            by_contract: account.contract.is_some(),
            way: way_from(policy, account, next),
            purchase: next.filter(|_| pending.is_none()).map(|next| next.purchase),
            chart: TierChart::of(policy, account.lifetime_spend),
        })
    }
}

/// TI-8: the notice about a tier that was paid for and follows.
#[derive(Clone, PartialEq, Eq)]
struct Following {
    message: Message,
    tone: Tone,
    /// The text for support, once the tier is overdue.
    support: Option<String>,
}

impl Following {
    fn of(session: &AccountView) -> Option<Following> {
        let found = notices(session.policies(), session.account(), session.now()).ok()?;
        found.iter().find_map(|notice| match notice {
            Notice::TierSettling { .. } => {
                Some(Following { message: Message::of(notice), tone: Tone::Plain, support: None })
            }
            Notice::TierOverdue { .. } => {
                let support =
                    support_message(session.policies(), session.account(), session.now(), None).ok().flatten();
                Some(Following { message: Message::of(notice), tone: Tone::Attention, support })
            }
            _ => None,
        })
    }
}

/// The card of the tier in effect.
#[component]
pub(super) fn TierCard() -> impl IntoView {
    let state = state();
    let shown =
        Memo::new(move |_| state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?)));
    let content = view! { {move || shown.get().map(tier_view)} }.into_any();
    section("tier-heading", "card tier", texts::yours(), vec![content])
}

fn tier_view(shown: Shown) -> AnyView {
    if shown.by_contract {
        view! { <ContractTier tier=shown.tier /> }.into_any()
    } else {
        view! { <BuildTier shown /> }.into_any()
    }
}

/// AC-7: a contract sets the tier, whatever the lifetime spend.
#[component]
fn ContractTier(tier: Tier) -> impl IntoView {
    view! {
        <div class="stack">
            <p class="name">{tier.name()}</p>
            <p>
                {texts::contract(tier.name())}
                {rule(Clause::Ac7)}
            </p>
        </div>
    }
    .into_any()
}

/// The tier with the way to the next one, and the tier chart beside it.
#[component]
fn BuildTier(shown: Shown) -> impl IntoView {
    let Shown { tier, way, purchase, chart, .. } = shown;
    view! {
        <div class="halves">
            <div>
                <p class="name">{tier.name()}</p>
                <FollowingTier />
                <p>{way}</p>
                {purchase.map(|amount| view! { <BuyNextTier amount /> }.into_any())}
                <p class="hint">
                    {texts::counts()}
                    {rule(Clause::Ti2)}
                </p>
            </div>
            <div>{picture(&chart)}</div>
        </div>
    }
    .into_any()
}

/// The button that opens the dialog with the purchase that reaches the next tier.
#[component]
fn BuyNextTier(amount: Charge) -> impl IntoView {
    let state = state();
    let open = move || state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
    view! { <p class="row">{button(texts::buy(&charge(amount)), Weight::Primary, open)}</p> }.into_any()
}

/// TI-8: a tier that was paid for and is not in effect yet, with a countdown, or with the text for support.
#[component]
fn FollowingTier() -> impl IntoView {
    let state = state();
    let following = Memo::new(move |_| state.session.with(Following::of));
    let shown = move |following: Following| {
        let Following { message, tone, support: text } = following;
        let left = text.is_none().then(|| settling(state));
        view! {
            <div class="stack">
                {finding(message, tone)}
                {left}
                {text.map(support)}
            </div>
        }
        .into_any()
    };
    view! { {move || following.get().map(shown)} }.into_any()
}
