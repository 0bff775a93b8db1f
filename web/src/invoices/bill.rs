//! A month as it is shown, whether its invoice is drawn or the month is still open.

use crate::amounts::dollars;
use crate::life::Life;
use crate::parts::element::el;
use crate::texts::invoices as texts;
use crate::times::{day, month};
use billing::id::Id;
use billing::ledger::{Invoice, InvoiceState, Service, Usage, invoice_id};
use billing::money::{Charge, Money};
use billing::time::{Date, Timestamp};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bill {
    pub(super) id: Id,
    pub(super) month: Date,
    pub(super) usage: Usage,
    pub(super) covered: Money,
    pub(super) hosted: Money,
    /// What is due, or would be if the month ended now.
    pub(super) due: Charge,
    pub(super) carried_out: Money,
    pub(super) stage: Stage,
    /// When it was drawn, and when it is charged.
    pub(super) drawn: Option<(Timestamp, Timestamp)>,
}

/// How it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// IN-4: the month is not over; its invoice is drawn then.
    Open(Timestamp),
    Covered,
    Due(Timestamp),
    Charging,
    PastDue,
    Paid(Timestamp),
}

impl Stage {
    fn of(invoice: &Invoice) -> Stage {
        match (invoice.state(), invoice.paid) {
            (InvoiceState::Paid, Some(paid)) => Stage::Paid(paid),
            (InvoiceState::Covered | InvoiceState::Paid, _) => Stage::Covered,
            (InvoiceState::Due, _) => Stage::Due(invoice.charge_on),
            (InvoiceState::Charging, _) => Stage::Charging,
            (InvoiceState::PastDue, _) => Stage::PastDue,
        }
    }

    pub(super) fn in_words(self) -> String {
        match self {
            Stage::Open(_) => texts::open().to_owned(),
            Stage::Covered => texts::state_covered().to_owned(),
            Stage::Due(on) => texts::state_due(&day(on)),
            Stage::Charging => texts::state_charging().to_owned(),
            Stage::PastDue => texts::state_past_due().to_owned(),
            Stage::Paid(at) => texts::state_paid(&day(at)),
        }
    }

    pub(super) fn badge(self) -> AnyView {
        let class = match self {
            Stage::Open(_) | Stage::Covered | Stage::Charging | Stage::Due(_) => "badge",
            Stage::PastDue => "badge refused",
            Stage::Paid(_) => "badge fine",
        };
        el!("span", "class" = class; self.in_words())
    }
}

impl Bill {
    pub(super) fn of(invoice: &Invoice) -> Option<Bill> {
        let drawn = Some((invoice.drawn, invoice.charge_on));
        Bill::with(invoice.month, invoice.usage.clone(), Stage::of(invoice), drawn)
    }

    /// IN-4: the month so far; nothing while it has no usage.
    fn open(life: &Life) -> Option<Bill> {
        let usage = life.account().usage_at(life.policy()?, life.now()).ok().filter(|usage| !usage.is_none())?;
        let month = life.account().month().or_else(|| life.now().date().first_of_month_after(0))?;
        Bill::with(month, usage, Stage::Open(month.first_of_month_after(1)?.start()), None)
    }

    fn with(month: Date, usage: Usage, stage: Stage, drawn: Option<(Timestamp, Timestamp)>) -> Option<Bill> {
        Some(Bill {
            id: invoice_id(month),
            month,
            covered: usage.covered().ok()?,
            hosted: usage.hosted().ok()?,
            due: usage.shortfall().ok()?,
            carried_out: usage.carried_out().ok()?,
            usage,
            stage,
            drawn,
        })
    }

    /// Newest first.
    pub(super) fn all(life: &Life) -> Vec<Bill> {
        let drawn = life.account().invoices().iter().rev().filter_map(Bill::of);
        Bill::open(life).into_iter().chain(drawn).collect()
    }

    pub(super) fn of_month(life: &Life, month: Date) -> Option<Bill> {
        let drawn = life.account().invoice(&invoice_id(month)).and_then(Bill::of);
        drawn.or_else(|| Bill::open(life).filter(|open| open.month == month))
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// `November 2025`.
    pub(super) fn month_name(&self) -> String {
        month(self.month)
    }

    /// What is due, or would be.
    pub(super) fn due_name(&self) -> &'static str {
        if self.is_open() { texts::not_covered() } else { texts::due() }
    }

    /// UC-3: each service and model with how often, how many tokens, and what it cost.
    pub(super) fn services(&self) -> impl Iterator<Item = [String; 5]> {
        self.usage.services.iter().map(|((service, model), tally)| {
            let model = model.as_deref().unwrap_or(texts::any_model()).to_owned();
            let [times, tokens] = [tally.times, tally.tokens].map(crate::amounts::count);
            [service_name(*service).to_owned(), model, times, tokens, dollars(tally.cost)]
        })
    }

    /// UC-5: each deployment with its minutes and what they cost.
    pub(super) fn deployments(&self) -> impl Iterator<Item = [String; 3]> {
        self.usage
            .deployments
            .iter()
            .map(|(name, hosted)| [name.to_string(), crate::amounts::count(hosted.minutes), dollars(hosted.cost)])
    }

    /// IN-1: how the usage comes to what is due, which comes last.
    pub(super) fn sums(&self) -> Vec<(&'static str, Money)> {
        let minus = |amount: Money| Money::ZERO.checked_sub(amount).unwrap_or(amount);
        let services = self.usage.total.checked_sub(self.hosted).unwrap_or(self.usage.total);
        let always = [(texts::services(), services)];
        let sometimes = [
            (texts::deployments(), self.hosted),
            (texts::carried_in(), self.usage.carried_in),
            (texts::by_free(), minus(self.usage.free)),
            (texts::by_purchased(), minus(self.usage.purchased)),
            (texts::carried_out(), minus(self.carried_out)),
        ];
        let sometimes = sometimes.into_iter().filter(|(_, amount)| *amount != Money::ZERO);
        always.into_iter().chain(sometimes).chain([(self.due_name(), self.due.money())]).collect()
    }
}

pub(crate) fn service_name(service: Service) -> &'static str {
    match service {
        Service::Serverless => texts::serverless(),
        Service::FineTuning => texts::fine_tuning(),
        Service::Evaluation => texts::evaluation(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::example::Preset;
    use crate::life::Jump;

    pub(in crate::invoices) fn life(preset: Preset) -> Life {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.life(crate::policies::dated().unwrap(), opened).unwrap()
    }

    #[test]
    fn in_1_the_lines_add_up_to_what_is_due() {
        for preset in Preset::ALL {
            for bill in Bill::all(&life(preset)) {
                let mut sums = bill.sums();
                let (_, due) = sums.pop().unwrap();
                let sum = sums.into_iter().try_fold(Money::ZERO, |sum, (_, amount)| sum.checked_add(amount));
                assert_eq!(sum, Ok(due), "{preset:?} {}", bill.id);
            }
        }
    }

    #[test]
    fn in_4_the_newest_comes_first_and_the_open_month_before_all() {
        let bills = Bill::all(&life(Preset::PastDue));
        let ids: Vec<&str> = bills.iter().map(|bill| &*bill.id).collect();
        assert_eq!(ids, ["2025-12", "2025-11"]);
        assert!(bills[0].is_open() && bills[1].stage == Stage::PastDue);
        assert!(Bill::all(&life(Preset::New)).is_empty());
    }

    #[test]
    fn uc_4_what_runs_is_in_the_month_so_far_to_the_minute() {
        let mut life = life(Preset::IdleEndpoint);
        let minutes = |life: &Life| -> u64 {
            let bill = Bill::all(life).into_iter().next().unwrap();
            bill.usage.deployments.values().map(|hosted| hosted.minutes).sum()
        };
        let before = minutes(&life);
        let later = life.jump(Jump::Hour).unwrap();
        assert!(life.pass_until(later));
        assert_eq!(minutes(&life), before + 60);
    }

    #[test]
    fn in_1_a_month_that_ends_turns_into_its_invoice() {
        let mut life = life(Preset::NearTheLimit);
        let november = Date::parse("2025-11-01").unwrap();
        let open = Bill::of_month(&life, november).unwrap();
        let end = life.jump(Jump::MonthEnd).unwrap();
        assert!(life.pass_until(end));
        let drawn = Bill::of_month(&life, november).unwrap();
        assert!(open.is_open() && matches!(drawn.stage, Stage::Due(_)));
        assert_eq!((drawn.due, drawn.usage), (open.due, open.usage));
    }
}
