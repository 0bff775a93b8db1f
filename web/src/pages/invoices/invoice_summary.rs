//! A month as it is shown, whether its invoice is drawn or the month is still open.

use crate::i18n::amounts::dollars;
use crate::i18n::invoices as texts;
use crate::i18n::times::{day, month};
use crate::session::AccountView;
use crate::ui::figures::Column;
use billing::id::InvoiceId;
use billing::ledger::{Invoice, InvoiceState, Service, Usage, invoice_id};
use billing::money::{Charge, Money};
use billing::time::{Date, Timestamp};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct InvoiceSummary {
    pub(super) id: InvoiceId,
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
        view! { <span class=class>{self.in_words()}</span> }.into_any()
    }
}

impl InvoiceSummary {
    pub(super) fn of(invoice: &Invoice) -> Option<InvoiceSummary> {
        let drawn = Some((invoice.issued, invoice.charge_on));
        InvoiceSummary::with(invoice.month, invoice.usage.clone(), Stage::of(invoice), drawn)
    }

    /// IN-4: the month so far; nothing while it has no usage.
    fn open(session: &AccountView) -> Option<InvoiceSummary> {
        let usage =
            session.account().usage_at(session.policy()?, session.now()).ok().filter(|usage| !usage.is_none())?;
        let month = session.account().month().or_else(|| session.now().date().first_of_month_after(0))?;
        InvoiceSummary::with(month, usage, Stage::Open(month.first_of_month_after(1)?.start()), None)
    }

    fn with(month: Date, usage: Usage, stage: Stage, drawn: Option<(Timestamp, Timestamp)>) -> Option<InvoiceSummary> {
        Some(InvoiceSummary {
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
    pub(super) fn all(session: &AccountView) -> Vec<InvoiceSummary> {
        let drawn = session.account().invoices().iter().rev().filter_map(InvoiceSummary::of);
        InvoiceSummary::open(session).into_iter().chain(drawn).collect()
    }

    pub(super) fn of_month(session: &AccountView, month: Date) -> Option<InvoiceSummary> {
        let drawn = session.account().invoice(&invoice_id(month)).and_then(InvoiceSummary::of);
        drawn.or_else(|| InvoiceSummary::open(session).filter(|open| open.month == month))
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
            let [times, tokens] = [tally.times, tally.tokens].map(crate::i18n::amounts::count);
            [service_name(*service).to_owned(), model, times, tokens, dollars(tally.cost)]
        })
    }

    /// UC-5: each deployment with its minutes and what they cost.
    pub(super) fn deployments(&self) -> impl Iterator<Item = [String; 3]> {
        self.usage
            .deployments
            .iter()
            .map(|(name, hosted)| [name.to_string(), crate::i18n::amounts::count(hosted.minutes), dollars(hosted.cost)])
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

/// The columns of [`InvoiceSummary::services`]: a name, and whether it holds figures.
pub(super) fn service_columns() -> Vec<Column> {
    let names = [texts::service(), texts::model(), texts::times(), texts::tokens(), texts::cost()];
    names.into_iter().zip([false, false, true, true, true]).map(|(name, figure)| (name.to_owned(), figure)).collect()
}

/// The columns of [`InvoiceSummary::deployments`].
pub(super) fn deployment_columns() -> Vec<Column> {
    let names = [texts::deployment(), texts::minutes(), texts::cost()];
    names.into_iter().zip([false, true, true]).map(|(name, figure)| (name.to_owned(), figure)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::sandbox::Jump;
    use crate::sandbox::Preset;

    pub(in crate::pages::invoices) fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    #[test]
    fn in_1_the_lines_add_up_to_what_is_due() {
        for preset in Preset::ALL {
            for summary in InvoiceSummary::all(&session(preset)) {
                let mut sums = summary.sums();
                let (_, due) = sums.pop().unwrap();
                let sum = sums.into_iter().try_fold(Money::ZERO, |sum, (_, amount)| sum.checked_add(amount));
                assert_eq!(sum, Ok(due), "{preset:?} {}", summary.id);
            }
        }
    }

    #[test]
    fn in_4_the_newest_comes_first_and_the_open_month_before_all() {
        let summaries = InvoiceSummary::all(&session(Preset::PastDue));
        let ids: Vec<&str> = summaries.iter().map(|summary| &*summary.id).collect();
        assert_eq!(ids, ["2025-12", "2025-11"]);
        assert!(summaries[0].is_open() && summaries[1].stage == Stage::PastDue);
        assert!(InvoiceSummary::all(&session(Preset::New)).is_empty());
    }

    #[test]
    fn uc_4_what_runs_is_in_the_month_so_far_to_the_minute() {
        let mut session = session(Preset::IdleEndpoint);
        let minutes = |session: &AccountView| -> u64 {
            let summary = InvoiceSummary::all(session).into_iter().next().unwrap();
            summary.usage.deployments.values().map(|hosted| hosted.minutes).sum()
        };
        let before = minutes(&session);
        let later = session.jump(Jump::Hour).unwrap();
        assert!(session.pass_until(later));
        assert_eq!(minutes(&session), before + 60);
    }

    #[test]
    fn in_1_a_month_that_ends_turns_into_its_invoice() {
        let mut session = session(Preset::NearTheLimit);
        let november = Date::parse("2025-11-01").unwrap();
        let open = InvoiceSummary::of_month(&session, november).unwrap();
        let end = session.jump(Jump::MonthEnd).unwrap();
        assert!(session.pass_until(end));
        let drawn = InvoiceSummary::of_month(&session, november).unwrap();
        assert!(open.is_open() && matches!(drawn.stage, Stage::Due(_)));
        assert_eq!((drawn.due, drawn.usage), (open.due, open.usage));
    }
}
