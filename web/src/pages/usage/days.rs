//! Spend by day: a bar chart, and a table with the same figures.

use super::bars::{BOTTOM, Bars, HEIGHT, TOP, WIDTH};
use crate::i18n::amounts::dollars;
use crate::i18n::times::short_day;
use crate::i18n::usage as texts;
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::drawing::{drawing, label, line};
use crate::ui::figures::{column, section, table, twin};
use billing::money::{Money, MoneyError};
use billing::projection::charges::{DaySpend, by_day};
use leptos::prelude::*;

/// The distance of the days' labels from the axis.
const NAME: i64 = 26;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    bars: Option<Bars>,
    rows: Vec<Vec<String>>,
}

impl Shown {
    fn of(session: &AccountView) -> Option<Shown> {
        let first = session.now().date().first_of_month_after(0)?;
        let spend = by_day(session.account(), session.events(), first, session.now()).ok()?;
        let rows = rows(&spend).ok()?;
        Some(Shown { bars: Bars::of(first, spend), rows })
    }
}

fn rows(spend: &[DaySpend]) -> Result<Vec<Vec<String>>, MoneyError> {
    let sum = |read: fn(&DaySpend) -> Money| spend.iter().map(read).try_fold(Money::ZERO, Money::checked_add);
    let (usage, deployments) = (sum(|day| day.usage)?, sum(|day| day.deployments)?);
    let row = |name: String, usage: Money, deployments: Money| {
        Ok(vec![name, dollars(usage), dollars(deployments), dollars(usage.checked_add(deployments)?)])
    };
    let last = spend.len().saturating_sub(1);
    let days = spend.iter().enumerate().map(|(index, spend)| {
        let day = short_day(spend.day.start());
        let name = if index == last { texts::so_far(&day) } else { day };
        row(name, spend.usage, spend.deployments)
    });
    days.chain([row(texts::total().to_owned(), usage, deployments)]).collect()
}

/// The card of spend by day.
#[component]
pub(crate) fn SpendByDay(
    /// Whether the card is shown where nothing was used, and says so.
    #[prop(optional)]
    is_always_there: bool,
) -> impl IntoView {
    let shown = state().by_minute(Shown::of);
    let has_bars = Memo::new(move |_| shown.read().as_ref().map(|shown| shown.bars.is_some()));
    let card = move |has_bars| {
        if has_bars { Some(view! { <BarsCard shown /> }.into_any()) } else { is_always_there.then(nothing_used) }
    };
    view! { {move || has_bars.get().and_then(card)} }.into_any()
}

fn nothing_used() -> AnyView {
    let none = view! { <p class="setting">{texts::no_usage()}</p> }.into_any();
    section("days-heading", "card", texts::by_day(), vec![none])
}

/// The bars with their legend and their table. Updates replace parts inside the card, so that an open table stays open.
#[component]
fn BarsCard(shown: Memo<Option<Shown>>) -> impl IntoView {
    let of_bars =
        move |view: fn(&Bars) -> AnyView| shown.read().as_ref().and_then(|shown| shown.bars.as_ref()).map(view);
    let table = move || shown.read().as_ref().map(|shown| table_of(shown.rows.clone()));
    let content = view! {
        {move || of_bars(legend)}
        {move || of_bars(picture)}
        {twin(texts::days_table(), false, view! { {move || table()} }.into_any())}
        <p class="hint">{texts::utc_days()}</p>
    };
    section("days-heading", "card spend", texts::by_day(), vec![content.into_any()])
}

fn table_of(rows: Vec<Vec<String>>) -> AnyView {
    let columns = vec![
        column(texts::day(), false),
        column(texts::services(), true),
        column(texts::deployments(), true),
        column(texts::total(), true),
    ];
    table(texts::by_day().to_owned(), columns, rows)
}

fn legend(bars: &Bars) -> AnyView {
    view! {
        <ul class="legend">
            {kind("swatch purchased", texts::services())}
            {kind("swatch free", texts::deployments())}
            <li class="calm">
                {texts::most()}
                <b>{dollars(bars.most)}</b>
            </li>
        </ul>
    }
    .into_any()
}

fn kind(swatch: &'static str, name: &'static str) -> AnyView {
    view! {
        <li>
            <span class=swatch></span>
            {name}
        </li>
    }
    .into_any()
}

fn picture(bars: &Bars) -> AnyView {
    let below = BOTTOM.saturating_add(NAME);
    let mut content = vec![
        line("most", format!("M0 {TOP}H{WIDTH}")),
        line("services", bars.usage()),
        line("hosted", bars.deployments()),
        line("axis", format!("M0 {BOTTOM}H{WIDTH}")),
        line("tick", format!("M{} {BOTTOM}v8", bars.middle(bars.today))),
        label("today", (bars.middle(bars.today), below), texts::today().to_owned()),
    ];
    content.extend(bars.named().map(|day| label("name", (bars.middle(day), below), day.to_string())));
    drawing("bars", (WIDTH, HEIGHT), content)
}
