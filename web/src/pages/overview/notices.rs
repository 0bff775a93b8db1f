//! Where on the page each notice stands, how it is meant, and what can be done about it. What it says is the rules'.

use crate::session::{AccountSession, Refused};
use crate::ui::message::{Message, Tone};
use billing::clause::Clause;
use billing::id::Id;
use billing::ledger::InvoiceState;
use billing::ledger::{Notice, notices};
use billing::money::Charge;

/// A notice as the page keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) message: Message,
    pub(super) tone: Tone,
    place: Place,
    pub(super) way: NoticeWay,
}

/// Where a notice stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the top, because somebody has to do something.
    Action,
    /// With what is under way.
    UnderWay,
    /// With the card or the setting that it is about.
    Elsewhere,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum NoticeWay {
    None,
    Card,
    Recharge,
    /// CR-9: this invoice.
    Pay(Id, Charge),
}

impl Line {
    fn of(session: &AccountSession, notice: &Notice) -> Line {
        let (place, tone, way) = match notice {
            Notice::InvoicePastDue { .. } => (Place::Action, Tone::Refused, past_due(session)),
            Notice::InvoiceAction { .. }
            | Notice::PurchaseAction { .. }
            | Notice::InvoiceOverdue { .. }
            | Notice::PurchaseOverdue { .. }
            | Notice::TierOverdue { .. } => (Place::Action, Tone::Attention, NoticeWay::None),
            Notice::InvoiceNotChargeable { .. } | Notice::HoldWaiting | Notice::CardExpired { .. } => {
                (Place::Action, Tone::Attention, NoticeWay::Card)
            }
            Notice::RechargePaused | Notice::RechargeWithheld { .. } => {
                (Place::Action, Tone::Attention, NoticeWay::Recharge)
            }
            Notice::PurchasePending { .. } => (Place::UnderWay, Tone::Attention, NoticeWay::None),
            Notice::TierSettling { .. } | Notice::RechargeRunning { .. } => {
                (Place::UnderWay, Tone::Plain, NoticeWay::None)
            }
            Notice::CardWhileProcessing { .. }
            | Notice::InvoiceDue { .. }
            | Notice::LaterCredits { .. }
            | Notice::AuthorisesEach { .. }
            | Notice::ExpiryAnnounced { .. }
            | Notice::CreditsExpire { .. } => (Place::Elsewhere, Tone::Plain, NoticeWay::None),
        };
        Line { message: Message::of(notice), tone, place, way }
    }

    /// Whether it stands at a place, where the refusals of access do not say the same.
    pub(super) fn is_wanted(&self, place: Place, refused: &[Refused]) -> bool {
        let said = |refused: &Refused| refused.message.clause == Some(Clause::Ac8);
        self.place == place && !(matches!(self.way, NoticeWay::Pay(..)) && refused.iter().any(said))
    }
}

/// Everything that a customer should know now.
pub(super) fn lines(session: &AccountSession) -> Vec<Line> {
    let found = notices(session.policies(), session.account(), session.now()).unwrap_or_default();
    found.iter().map(|notice| Line::of(session, notice)).collect()
}

fn past_due(session: &AccountSession) -> NoticeWay {
    let due = session.account().invoices().iter().rev().find(|invoice| invoice.state() == InvoiceState::PastDue);
    due.map_or(NoticeWay::None, |invoice| NoticeWay::Pay(invoice.id.clone(), invoice.due))
}
