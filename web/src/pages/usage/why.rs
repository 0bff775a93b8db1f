//! UC-4: why an account is charged though nobody calls the API, from what it shows.

use crate::i18n::amounts::{count, dollars};
use crate::i18n::{rule_summary, usage as texts};
use crate::session::AccountSession;
use crate::session::state::State;
use crate::ui::element::el;
use crate::ui::message::{Message, Tone, finding, rule};
use crate::ui::reactive::follow;
use billing::clause::Clause;
use billing::projection::charges::{ChargeNotice, charges};
use billing::time::Timestamp;
use leptos::prelude::*;

/// The rules behind it, each with its sentence.
const RULES: [Clause; 4] = [Clause::Uc1, Clause::Uc2, Clause::Uc3, Clause::In6];

/// What explains the charges. What has stood idle for a day is told, however early in the month it was used; what was used is the
/// month's.
pub(crate) fn messages(session: &AccountSession) -> Option<Vec<(Message, Tone)>> {
    let month = session.now().date().first_of_month_after(0)?.start();
    let since = |since| charges(session.policies(), session.account(), session.events(), since, session.now()).ok();
    let (month, day) = (since(month)?, since(a_day_before(session.now()).max(month))?);
    let is_of_month = |notice: &&ChargeNotice| matches!(notice, ChargeNotice::NothingRuns { .. });
    let of_day = day.notices.iter().filter(|notice| !is_of_month(notice));
    let tone = |notice: &ChargeNotice| match notice {
        ChargeNotice::Idle { .. } => Tone::Attention,
        ChargeNotice::RunsOut { .. } | ChargeNotice::NothingRuns { .. } => Tone::Plain,
    };
    let found = of_day.chain(month.notices.iter().filter(is_of_month));
    Some(found.map(|notice| (Message::of(notice), tone(notice))).collect())
}

fn a_day_before(now: Timestamp) -> Timestamp {
    const DAY: i128 = 86_400_000_000_000;
    Timestamp::from_unix_nanoseconds(now.unix_nanoseconds().saturating_sub(DAY)).unwrap_or(now)
}

/// AR-5: what auto-recharge has bought this month, which is charged without anybody doing anything.
pub(crate) fn recharged(session: &AccountSession) -> Option<Message> {
    let month = session.now().date().first_of_month_after(0)?.start();
    let found = charges(session.policies(), session.account(), session.events(), month, session.now()).ok()?;
    let (purchases, amount) = found.recharged;
    let sentence = || texts::recharged(&count(purchases), &dollars(amount));
    (purchases > 0).then(|| Message::now(sentence(), Clause::Ar5))
}

pub(super) fn section(state: State) -> AnyView {
    let found = Memo::new(move |_| {
        state.session.with(|session| {
            let messages = messages(session).unwrap_or_default();
            messages.into_iter().chain(recharged(session).map(|message| (message, Tone::Plain))).collect::<Vec<_>>()
        })
    });
    let facts =
        follow(move || found.get().into_iter().map(|(message, tone)| finding(message, tone)).collect_view().into_any());
    let rules = el!("ul", "class" = "rules"; RULES.map(sentence_of).into_iter().collect::<Vec<AnyView>>());
    let facts = el!("div", "class" = "stack"; facts);
    crate::ui::figures::section("why-heading", "card", texts::why(), vec![facts, rules])
}

/// A rule in its own words.
pub(crate) fn sentence_of(clause: Clause) -> AnyView {
    el!("li"; rule_summary(clause), rule(clause))
}
