//! Where the account stands: its tier, what the next one costs, and a tier that is on its way.

use crate::features::support::support;
use crate::features::tier_settling::settling;
use crate::i18n::amounts::charge;
use crate::i18n::tiers as texts;
use crate::pages::overview::tier::{reached_by_pending, way_from};
use crate::pages::overview::tier_chart::{TierChart, picture};
use crate::session::AccountSession;
use crate::session::state::{DialogMode, State};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding, rule};
use crate::ui::reactive::follow_some;
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
    /// The tier in effect, and the way from all that was spent (TI-8).
    fn of(policy: &Policy, account: &Snapshot, decision: &Decision<'_>) -> Option<Shown> {
        let next = progress(policy, account.lifetime_spend).ok()?.next;
        Some(Shown {
            tier: decision.tier,
            by_contract: account.contract.is_some(),
            way: way_from(policy, account, next),
            purchase: next.filter(|_| reached_by_pending(policy, account).is_none()).map(|next| next.purchase),
            chart: TierChart::of(policy, account.lifetime_spend),
        })
    }
}

/// TI-8: what is said of a tier that is on its way.
#[derive(Clone, PartialEq, Eq)]
struct Following {
    message: Message,
    tone: Tone,
    /// It should be there: what to write to support.
    support: Option<String>,
}

impl Following {
    fn of(session: &AccountSession) -> Option<Following> {
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

pub(super) fn standing(state: State) -> AnyView {
    let shown =
        Memo::new(move |_| state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?)));
    let view = move || {
        let shown = shown.get()?;
        Some(if shown.by_contract { contract(shown.tier) } else { build(state, shown) })
    };
    section("tier-heading", "card tier", texts::yours(), vec![follow_some(view)])
}

/// AC-7: a contract stands above the tiers.
fn contract(tier: Tier) -> AnyView {
    el!("div", "class" = "stack";
        el!("p", "class" = "name"; tier.name()),
        el!("p"; texts::contract(tier.name()), rule(Clause::Ac7)),
    )
}

fn build(state: State, shown: Shown) -> AnyView {
    let Shown { tier, way, purchase, chart, .. } = shown;
    let buy = purchase.map(|amount| {
        let open = move || state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        el!("p", "class" = "row"; button(texts::buy(&charge(amount)), Weight::Primary, open))
    });
    el!("div", "class" = "halves";
        el!("div";
            el!("p", "class" = "name"; tier.name()),
            following(state),
            el!("p"; way),
            buy,
            el!("p", "class" = "hint"; texts::counts(), rule(Clause::Ti2)),
        ),
        el!("div"; picture(&chart)),
    )
}

fn following(state: State) -> AnyView {
    let following = Memo::new(move |_| state.session.with(Following::of));
    follow_some(move || {
        let Following { message, tone, support: text } = following.get()?;
        let is_late = text.is_some();
        let left = (!is_late).then(|| settling(state));
        Some(el!("div", "class" = "stack"; finding(message, tone), left, text.map(support)))
    })
}
