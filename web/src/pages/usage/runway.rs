//! How long the balance lasts at the current rate, and when auto-recharge next buys.

use crate::i18n::amounts::{charge, dollars};
use crate::i18n::times::day;
use crate::i18n::usage as texts;
use crate::session::AccountView;
use crate::session::state::{State, state};
use crate::ui::figures::section;
use crate::ui::message::{Message, rule, sentence};
use billing::clause::Clause;
use billing::money::Money;
use billing::projection::charges::charges;
use billing::projection::forecast::{Runway, runway};
use billing::rules::access::Decision;
use billing::time::Timestamp;
use leptos::prelude::*;

/// The account's runway; `None` while access is stopped or the rate is unknown.
pub(crate) fn of(session: &AccountView) -> Option<Runway> {
    runway(session.policies(), session.account(), session.events(), session.now()).ok().flatten()
}

/// A duration in one unit: `12 days`, `5 hours`.
fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds / 86_400) {
        (0, _) => texts::less_than_an_hour().to_owned(),
        (1, _) => texts::one_hour().to_owned(),
        (hours @ 2..=47, _) => texts::hours(&hours.to_string()),
        (_, days) => texts::days(&days.to_string()),
    }
}

/// AC-1: when access stops.
pub(crate) fn access_stops(stops: Timestamp, now: Timestamp) -> Message {
    let left = match stops.seconds_since(now) {
        seconds @ 0..3600 => span(seconds),
        seconds => texts::about(&span(seconds)),
    };
    Message::now(texts::access_stops(&left, &day(stops)), Clause::Ac1)
}

/// AC-6: whether the balance may go below zero, so that access outlasts it.
fn outlasts_the_balance(session: &AccountView) -> bool {
    session.access().is_some_and(|access| access.credit_limit.in_force.is_positive())
}

/// How long the balance lasts, or that auto-recharge keeps it up.
fn lasts(session: &AccountView, runway: Runway) -> Message {
    let now = session.now();
    match (runway.stops, runway.recharges) {
        (Some(stops), _) if outlasts_the_balance(session) => access_stops(stops, now),
        (Some(stops), _) => Message::now(texts::lasts(&span(stops.seconds_since(now)), &day(stops)), Clause::Ac1),
        (None, Some(recharges)) => Message::now(texts::kept_up(&day(recharges)), Clause::Ar2),
        (None, None) => Message::now(texts::lasts_long().to_owned(), Clause::Ac1),
    }
}

/// The usage per day and the cost of deployments per hour.
fn rate(session: &AccountView, runway: Runway) -> Vec<String> {
    let per_day = runway.rate.usage_per_day;
    let amount = charge(per_day.floor_to_cents());
    let used = match runway.rate.days {
        _ if !per_day.is_positive() => None,
        1 => Some(texts::rate_of_day(&amount)),
        days => Some(texts::rate(&amount, &texts::days(&days.to_string()))),
    };
    let found = charges(session.policies(), session.account(), session.events(), session.now(), session.now());
    let per_hour = found.map_or(Money::ZERO, |found| found.per_hour);
    let runs = per_hour.is_positive().then(|| texts::running_costs(&dollars(per_hour)));
    used.into_iter().chain(runs).collect()
}

/// The sentence beside the balance; empty where the runway is unknown.
pub(crate) fn beside_the_balance(state: State) -> AnyView {
    let message = state.by_minute(|session| of(session).map(|runway| lasts(session, runway).sentence()));
    view! { {move || message.get()} }.into_any()
}

/// AR-2: when auto-recharge next buys; empty where that is unknown.
pub(crate) fn next_recharge(state: State) -> AnyView {
    let message =
        state.by_minute(|session| of(session).and_then(|runway| runway.recharges).map(|at| texts::next(&day(at))));
    view! { {move || message.get()} }.into_any()
}

/// The card on the usage page: how long the balance lasts, and the rate behind it.
#[component]
pub(super) fn RunwayCard() -> impl IntoView {
    let state = state();
    let runway = state.by_minute(|session| of(session).map(|runway| (lasts(session, runway), rate(session, runway))));
    let is_open = move || state.with_decision(|_, _, decision| decision.is_ok_and(Decision::allowed));
    let shown = move || match runway.get() {
        Some((lasts, rate)) => view! { <LastsAtRate lasts rate /> }.into_any(),
        None if is_open() => view! { <p class="setting">{texts::nothing_used()}</p> }.into_any(),
        None => view! {
            <p class="setting">
                {texts::stopped_now()}
                {rule(Clause::Ac1)}
            </p>
        }
        .into_any(),
    };
    let content = view! { {move || shown()} }.into_any();
    section("rate-heading", "card", texts::at_this_rate(), vec![content])
}

#[component]
fn LastsAtRate(lasts: Message, rate: Vec<String>) -> impl IntoView {
    let rate: Vec<AnyView> = rate.into_iter().map(|sentence| view! { <p>{sentence}</p> }.into_any()).collect();
    view! {
        <div class="stack">
            <p class="setting">{sentence(lasts)}</p>
            {rate}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    fn message(preset: Preset) -> Option<String> {
        let session = session(preset);
        of(&session).map(|runway| lasts(&session, runway).sentence())
    }

    #[test]
    fn ac_1_runway_names_duration_and_day() {
        assert_eq!(
            message(Preset::BuildTier2).as_deref(),
            Some("The balance lasts 10 days, to about 21 December 2025.")
        );
        let stops = message(Preset::NearTheLimit);
        assert_eq!(stops.as_deref(), Some("At this rate access stops in about 5 hours, on 27 November 2025."));
        assert_eq!(message(Preset::New), None);
        assert_eq!(message(Preset::FreeCreditsOnly), None);
        assert_eq!(message(Preset::PastDue), None);
        let kept = message(Preset::IdleEndpoint).unwrap();
        assert!(kept.starts_with("Auto-recharge keeps the balance up; it buys next about "), "{kept}");
    }

    #[test]
    fn duration_is_approximate_from_one_hour() {
        let now = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let said = |seconds| access_stops(now.plus_seconds(seconds).unwrap(), now).sentence();
        assert_eq!(said(3599), "At this rate access stops in less than an hour, on 5 December 2025.");
        assert_eq!(said(3600), "At this rate access stops in about 1 hour, on 5 December 2025.");
    }

    #[test]
    fn durations_from_two_days_are_in_days() {
        for (seconds, said) in [
            (59, "less than an hour"),
            (3600, "1 hour"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
            (864_000, "10 days"),
        ] {
            assert_eq!(span(seconds), said);
        }
    }
}
