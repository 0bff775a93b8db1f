//! For each notice of the rules: its place on the page, its tone, and the action that resolves it.

use crate::session::{AccountView, Refused};
use crate::ui::message::{Message, Tone};
use billing::clause::Clause;
use billing::id::InvoiceId;
use billing::ledger::{Notice, notices};
use billing::money::Charge;

/// A notice with its place, tone and action.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) message: Message,
    pub(super) tone: Tone,
    place: Place,
    pub(super) way: NoticeWay,
}

/// The section that shows a notice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the top, because the customer has to act.
    Action,
    /// In the card of what is under way.
    UnderWay,
    /// Beside the payment card or the setting that it is about.
    Elsewhere,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum NoticeWay {
    None,
    Card,
    Recharge,
    /// CR-9: pay this invoice.
    Pay(InvoiceId, Charge),
}

impl Line {
    fn of(session: &AccountView, notice: &Notice) -> Line {
        let (place, tone, way) = match notice {
            Notice::InvoicePastDue { .. } => (Place::Action, Tone::Refused, past_due(session, notice)),
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

    /// Whether it belongs to this place and the refusals of access do not repeat it.
    pub(super) fn is_wanted(&self, place: Place, refused: &[Refused]) -> bool {
        let said = |refused: &Refused| refused.message.clause == Some(Clause::Ac8);
        self.place == place && !(matches!(self.way, NoticeWay::Pay(..)) && refused.iter().any(said))
    }
}

/// All notices that apply now.
pub(super) fn lines(session: &AccountView) -> Vec<Line> {
    let found = notices(session.policies(), session.account(), session.now()).unwrap_or_default();
    found.iter().map(|notice| Line::of(session, notice)).collect()
}

fn past_due(session: &AccountView, notice: &Notice) -> NoticeWay {
    let due = notice.past_due_invoice(session.account());
    due.map_or(NoticeWay::None, |invoice| NoticeWay::Pay(invoice.id.clone(), invoice.due))
}
