//! Spend by day: the bars, and their twin, the table.

use super::bars::{BOTTOM, Bars, HEIGHT, WIDTH};
use crate::i18n::amounts::dollars;
use crate::i18n::times::short_day;
use crate::i18n::usage as texts;
use crate::session::AccountSession;
use crate::session::state::{State, state};
use crate::ui::drawing::{drawing, label, line};
use crate::ui::element::el;
use crate::ui::figures::{section, table, twin};
use crate::ui::reactive::follow_some;
use billing::money::{Money, MoneyError};
use billing::projection::charges::{DaySpend, by_day};
use leptos::prelude::*;

/// How far below the axis the days' names stand.
const NAME: i64 = 26;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    bars: Option<Bars>,
    rows: Vec<Vec<String>>,
}

impl Shown {
    fn of(session: &AccountSession) -> Option<Shown> {
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

/// The card on the page of usage, which says so where nothing was used.
pub(super) fn days(state: State) -> AnyView {
    card(state, || {
        let none = el!("p", "class" = "setting"; texts::no_usage());
        Some(section("days-heading", "card", texts::by_day(), vec![none]))
    })
}

/// The card on the overview, which is not there where nothing was used.
pub(crate) fn spend() -> AnyView {
    card(state(), || None)
}

/// What changes is drawn again inside the card, so that the table stays open.
fn card(state: State, without_bars: fn() -> Option<AnyView>) -> AnyView {
    let shown = state.by_minute(Shown::of);
    let has_bars = Memo::new(move |_| shown.read().as_ref().map(|shown| shown.bars.is_some()));
    let bars = move |view: fn(&Bars) -> AnyView| {
        follow_some(move || shown.read().as_ref().and_then(|shown| shown.bars.as_ref()).map(view))
    };
    let table = move || shown.read().as_ref().map(|shown| table_of(shown.rows.clone()));
    follow_some(move || {
        if !has_bars.get()? {
            return without_bars();
        }
        let content = vec![
            bars(legend),
            bars(picture),
            twin(texts::days_table(), false, follow_some(table)),
            el!("p", "class" = "hint"; texts::utc_days()),
        ];
        Some(section("days-heading", "card spend", texts::by_day(), content))
    })
}

fn table_of(rows: Vec<Vec<String>>) -> AnyView {
    let columns =
        [(texts::day(), false), (texts::services(), true), (texts::deployments(), true), (texts::total(), true)];
    let columns = columns.map(|(name, is_figure)| (name.to_owned(), is_figure)).into();
    table(texts::by_day().to_owned(), columns, rows)
}

fn legend(bars: &Bars) -> AnyView {
    let kind = |class: &str, name: &str| el!("li"; el!("span", "class" = class), name);
    el!("ul", "class" = "legend";
        kind("swatch purchased", texts::services()),
        kind("swatch free", texts::deployments()),
        el!("li", "class" = "calm"; texts::most(), el!("b"; dollars(bars.most))),
    )
}

fn picture(bars: &Bars) -> AnyView {
    let below = BOTTOM.saturating_add(NAME);
    let mut content = vec![
        line("most", format!("M0 {}H{WIDTH}", crate::pages::usage::bars::TOP)),
        line("services", bars.usage()),
        line("hosted", bars.deployments()),
        line("axis", format!("M0 {BOTTOM}H{WIDTH}")),
        line("tick", format!("M{} {BOTTOM}v8", bars.middle(bars.today))),
        label("today", (bars.middle(bars.today), below), texts::today().to_owned()),
    ];
    content.extend(bars.named().map(|day| label("name", (bars.middle(day), below), day.to_string())));
    drawing("bars", (WIDTH, HEIGHT), content)
}
