//! The month ahead under the present usage, with what is typed: the balance chart, a marker on it that reads out each day, and the same as a table.

use super::balance_chart::{BalanceChart, Dated, HEIGHT, WIDTH};
use super::dialog_state::DialogState;
use super::plan::Plan;
use crate::app::browser::input_of;
use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::times;
use crate::i18n::{forecast_panel as texts, usage};
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::drawing::{drawing, label, line};
use crate::ui::figures::{Column, table, twin};
use crate::ui::message::{Message, Tone, finding};
use billing::money::Money;
use billing::projection::forecast::{
    Forecast, ForecastEvent, ForecastFinding, ForecastQuestion, Rate, Scenario, look_ahead, present_rate,
};
use billing::rules::access::Snapshot;
use billing::rules::recharge::Setting;
use leptos::prelude::*;

/// How far it looks.
const DAYS: u64 = 30;

/// What is forecast, as it is shown.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    under: String,
    chart: BalanceChart,
    setting: Option<Setting>,
    rows: Vec<Day>,
    months: Vec<Vec<String>>,
    outlook: Vec<(Message, Tone)>,
}

/// A day, or the present.
#[derive(Clone, PartialEq, Eq)]
struct Day {
    name: String,
    balance: Money,
    what: String,
    place: (i64, i64),
}

impl Day {
    fn in_words(&self) -> String {
        let balance = texts::at_start(&self.name, &cents(self.balance));
        if self.what.is_empty() { balance } else { [&balance, "; ", &self.what].concat() }
    }
}

impl Shown {
    fn of(session: &AccountView, plan: &Plan) -> Option<Shown> {
        let (policies, account, now) = (session.policies(), session.account(), session.now());
        let rate = present_rate(account, session.events(), now).ok()?;
        let setting = plan.setting.unwrap_or(account.recharge().setting);
        let supposed = Scenario { bought: plan.purchase.unwrap_or(None), setting };
        let usage_per_day = rate.map_or(Money::ZERO, |rate| rate.usage_per_day);
        let question = ForecastQuestion { usage_per_day, days: DAYS, running: true };
        let seen = look_ahead(policies, account, now, &question, Some(&supposed)).ok()?;
        let policy = session.policy()?;
        let limit = account.snapshot(policy, now).unwrap_or(Snapshot::NEW).credit_limit(policy).ok()?;
        let floor = limit.stops_at().ok()?;
        let chart = BalanceChart::of(&seen, floor, setting)?;
        let tone = |outlook: &ForecastFinding| {
            let is_stop =
                matches!(outlook, ForecastFinding::AccessStops { .. } | ForecastFinding::AccessStopped { .. });
            if is_stop { Tone::Attention } else { Tone::Plain }
        };
        // Without usage there is nothing to foresee but what falls due.
        let is_told = |outlook: &&ForecastFinding| rate.is_some() || !matches!(outlook, ForecastFinding::Lasts { .. });
        let message = |outlook: &ForecastFinding| (Message::of(&to_the_cent(outlook)), tone(outlook));
        Some(Shown {
            under: rate.map_or_else(|| texts::nothing_used().to_owned(), in_words),
            rows: rows(&seen, &chart, setting),
            chart,
            setting,
            months: months(&seen),
            outlook: seen.outlook.iter().filter(is_told).map(message).collect(),
        })
    }
}

fn in_words(rate: Rate) -> String {
    let days = usage::days(&rate.days.to_string());
    match rate.usage_per_day {
        Money::ZERO => texts::only_running().to_owned(),
        per_day => texts::at_rate(&charge(per_day.floor_to_cents()), &days),
    }
}

/// The present, then each midnight with what comes on the day that it begins, then the end.
fn rows(seen: &Forecast, chart: &BalanceChart, setting: Option<Setting>) -> Vec<Day> {
    let last = seen.balances.len().saturating_sub(1);
    let nexts = seen.balances.iter().skip(1).map(|(at, _)| Some(*at)).chain([None]);
    let row = |(index, ((at, balance), next)): (usize, (&(_, Money), Option<_>))| {
        let day = times::short_day(*at);
        let name = match index {
            0 => texts::now().to_owned(),
            index if index == last => texts::end(&day),
            _ => day,
        };
        let is_of_day = |entry_at| entry_at >= *at && next.is_none_or(|next| entry_at < next);
        let entries = seen.entries.iter().filter(|entry| is_of_day(entry.at));
        let what: Vec<String> = entries
            .map(|entry| match entry.what {
                ForecastEvent::Suspended { .. } if index == 0 && entry.at == *at => texts::is_stopped().to_owned(),
                _ => coming(&entry.what, setting),
            })
            .collect();
        Day { name, balance: *balance, what: what.join("; "), place: (chart.x(*at), chart.y(*balance)) }
    };
    seen.balances.iter().zip(nexts).enumerate().map(row).collect()
}

fn coming(what: &ForecastEvent, setting: Option<Setting>) -> String {
    match what {
        ForecastEvent::Recharge { purchases, total } => texts::buys(&match (purchases, setting) {
            (2.., Some(setting)) => [&count(*purchases), " × ", &charge(setting.amount)].concat(),
            _ => dollars(*total),
        }),
        ForecastEvent::MonthEnd { due, .. } => texts::month_ends(&charge(*due)),
        ForecastEvent::Charge { amount, .. } => texts::charged(&charge(*amount)),
        ForecastEvent::PastDue { amount, .. } => texts::past_due(&charge(*amount)),
        ForecastEvent::Expiry { amount } => texts::expire(&dollars(*amount)),
        ForecastEvent::Suspended { .. } => texts::stops().to_owned(),
        ForecastEvent::Recovered => texts::opens().to_owned(),
    }
}

fn months(seen: &Forecast) -> Vec<Vec<String>> {
    let row = |(month, sums): &(_, billing::projection::forecast::Sums)| {
        let used = sums.usage.checked_add(sums.deployments).unwrap_or(sums.usage);
        let bought = match sums.purchases {
            0 => dollars(Money::ZERO),
            purchases => [&count(purchases), " ×, ", &dollars(sums.recharged)].concat(),
        };
        vec![times::month(*month), cents(used), bought, dollars(sums.charged)]
    };
    seen.months.iter().map(row).collect()
}

/// A forecast is shown to the cent.
fn cents(amount: Money) -> String {
    dollars(whole_cents(amount))
}

fn whole_cents(amount: Money) -> Money {
    let cents = amount.absolute().floor_to_cents().money();
    if amount.is_negative() { Money::ZERO.checked_sub(cents).unwrap_or(cents) } else { cents }
}

fn to_the_cent(outlook: &ForecastFinding) -> ForecastFinding {
    match *outlook {
        ForecastFinding::Lasts { days, balance } => ForecastFinding::Lasts { days, balance: whole_cents(balance) },
        ForecastFinding::Deployments { deployments } => {
            ForecastFinding::Deployments { deployments: whole_cents(deployments) }
        }
        exact => exact,
    }
}

#[component]
pub(super) fn ForecastPanel(dialog_state: DialogState) -> impl IntoView {
    let state = state();
    let moment = Memo::new(move |_| state.session.with(AccountView::moment));
    let shown = Memo::new(move |_| {
        // Reading it subscribes; `track` alone does not wake a memo that nobody reads.
        moment.with(|_| ());
        let plan = dialog_state.plan.read();
        plan.as_ref().and_then(|plan| state.session.with_untracked(|session| Shown::of(session, plan)))
    });
    let part = move |view: fn(&Shown) -> AnyView| view! { {move || shown.read().as_ref().map(view)} }.into_any();
    view! {
        <section class="forecast-panel" aria-labelledby="forecast-heading">
            <h3 id="forecast-heading">{texts::title()}</h3>
            {part(|shown| view! { <p class="hint">{shown.under.clone()}</p> }.into_any())}
            <div class="halves">
                <MarkedChart shown />
                <div class="stack">
                    {part(outlook)}
                    {part(table_of_months)}
                    {twin(texts::table(), false, part(table_of_days))}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The balance chart, and on it a marker that arrow keys and dragging move. What is redrawn is not the slider itself, so that it
/// keeps the focus.
#[component]
fn MarkedChart(shown: Memo<Option<Shown>>) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let day = move || {
        let shown = shown.read();
        let rows = shown.as_ref().map(|shown| shown.rows.as_slice()).unwrap_or_default();
        rows.get(chosen.get()).or_else(|| rows.last()).cloned()
    };
    let said = Memo::new(move |_| day().map(|day| day.in_words()).unwrap_or_default());
    let chart = view! {
        {move || shown.read().as_ref().map(picture)}
        {move || day().map(|day| marker(day.place))}
    };
    view! {
        <div class="stack">
            <div class="balance-slider">
                {drawing("balance-chart", (WIDTH, HEIGHT), vec![chart.into_any()])}
                <input
                    type="range"
                    min="0"
                    step="1"
                    aria-label=texts::day()
                    // Before the value: the browser keeps a value within the range.
                    max=move || shown.read().as_ref().map_or(0, |shown| shown.rows.len().saturating_sub(1)).to_string()
                    aria-valuetext=move || said.get()
                    prop:value=move || chosen.get().to_string()
                    on:input=move |event| {
                        let index = input_of(&event).and_then(|input| input.value().parse().ok());
                        chosen.set(index.unwrap_or_default());
                    }
                />
            </div>
            <p class="readout">{move || said.get()}</p>
        </div>
    }
    .into_any()
}

fn outlook(shown: &Shown) -> AnyView {
    shown.outlook.iter().map(|(message, tone)| finding(message.clone(), *tone)).collect_view().into_any()
}

fn columns(names: &[(&str, bool)]) -> Vec<Column> {
    names.iter().map(|(name, is_figure)| ((*name).to_owned(), *is_figure)).collect()
}

fn table_of_days(shown: &Shown) -> AnyView {
    let rows = shown.rows.iter().map(|day| vec![day.name.clone(), cents(day.balance), day.what.clone()]).collect();
    let names = [(texts::column_day(), false), (texts::column_balance(), true), (texts::column_what(), false)];
    table(texts::title().to_owned(), columns(&names), rows)
}

/// The sums of each month; nothing where nothing is spent.
fn table_of_months(shown: &Shown) -> AnyView {
    if shown.months.is_empty() {
        return ().into_any();
    }
    let names = [texts::month(), texts::used(), texts::bought(), texts::charged_column()];
    let names: Vec<(&str, bool)> = names.into_iter().enumerate().map(|(index, name)| (name, index > 0)).collect();
    view! {
        <div class="scroll" role="group" aria-label=texts::months() tabindex="0">
            {table(texts::months().to_owned(), columns(&names), shown.months.clone())}
        </div>
    }
    .into_any()
}

fn picture(shown: &Shown) -> AnyView {
    let Shown { chart, setting, .. } = shown;
    let floor = chart.y(chart.floor);
    let mut content = vec![
        line("zone", chart.zone()),
        line("area", chart.area()),
        line("floor", format!("M0 {floor}H{WIDTH}")),
        label("zone", (6, floor.saturating_add(18)), texts::suspended().to_owned()),
    ];
    if let Some(setting) = setting {
        let y = chart.y(setting.threshold.money());
        content.push(line("threshold", format!("M0 {y}H{WIDTH}")));
    }
    content.push(line("outline", chart.outline()));
    if let Some(setting) = setting {
        let name = texts::threshold(&charge(setting.threshold));
        content.push(label("threshold", (WIDTH, chart.below(setting.threshold.money())), name));
    }
    content.extend(chart.dates.iter().flat_map(dated));
    content.into_any()
}

fn dated(dated: &Dated) -> [AnyView; 2] {
    let Dated { x, at, is_stop } = *dated;
    let class = if is_stop { "date stop" } else { "date" };
    let tick = format!("M{x} {}v6", HEIGHT.saturating_sub(32));
    [line(class, tick), label(class, (dated.named_at(), HEIGHT.saturating_sub(8)), times::short_day(at))]
}

/// A line over the whole height, and a ring at the balance.
fn marker((x, y): (i64, i64)) -> AnyView {
    let ring = format!("M{} {y}a5 5 0 1 1 10 0a5 5 0 1 1 -10 0", x.saturating_sub(5));
    vec![line("marker", format!("M{x} 8V200")), line("ring", ring)].into_any()
}
