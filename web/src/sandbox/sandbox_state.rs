//! What the sandbox adds to an account: its own time, and what its bank has been told and has not answered yet.

use crate::sandbox::Jump;
use crate::sandbox::bank::{self, Answered, Asked, Due};
use crate::sandbox::clock;
use account_session::Draft;
use billing::ledger::{Account, Command, Event, EventKind, Payment, decide};
use billing::policy::Policy;
use billing::time::Timestamp;

#[derive(Clone)]
pub(crate) struct SandboxState {
    now: Timestamp,
    /// What the customer has told the bank that the bank has not answered yet.
    answered: Vec<Answered>,
    /// TI-8: the sandbox keeps the tier from following, so that a late one can be seen.
    pub(crate) tier_is_held: bool,
}

/// No jump in time makes more things happen than this one after the other; the clock then stands where it came to.
const MOST_STEPS: usize = 2000;

impl SandboxState {
    pub(crate) fn new(now: Timestamp) -> SandboxState {
        SandboxState { now, answered: Vec::new(), tier_is_held: false }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the clock on, never back.
    pub(crate) fn set_now(&mut self, now: Timestamp) {
        self.now = self.now.max(now);
    }

    /// Follows an account to which something has happened: the clock is not behind it, and the bank has its answers.
    pub(crate) fn follow(&mut self, account: &Account) {
        if let Some(last) = account.last() {
            self.set_now(last);
        }
        let asked = bank::asked(account);
        self.answered.retain(|answered| asked.iter().any(|asked: &Asked| asked.payment == answered.payment));
    }

    /// PM-10, PM-11: what the customer tells the bank, which answers after a while.
    pub(crate) fn answer_bank(&mut self, payment: Payment, approved: bool) {
        self.answered.retain(|answered| answered.payment != payment);
        self.answered.push(Answered { payment, at: self.now, approved });
    }

    /// Whether the customer has answered the bank about a payment.
    pub(crate) fn has_answered(&self, payment: &Payment) -> bool {
        self.answered.iter().any(|answered| answered.payment == *payment)
    }

    /// Where a jump leads.
    pub(crate) fn jump(&self, jump: Jump, policy: &Policy) -> Option<Timestamp> {
        clock::after(jump, self.now, policy)
    }

    /// Lets time pass until an instant: whatever the bank says meanwhile is decided when it says it, and what falls due by
    /// itself happens when it is due. True where the instant was reached.
    pub(crate) fn pass_until(&mut self, draft: &mut Draft<'_>, end: Timestamp) -> bool {
        for _ in 0..MOST_STEPS {
            let due = self.next_due(draft).filter(|due| due.at <= end);
            let until = due.as_ref().map_or(end, |due| due.at.max(self.now));
            // A payment that begins by itself is heard of by the bank before anything later happens.
            let begun = first_begun(draft, until);
            self.set_now(begun.unwrap_or(until));
            let command = due.filter(|_| begun.is_none()).map(|due| due.command);
            let is_last = command.is_none() && begun.is_none();
            let taken = draft.dispatch(self.now, &command.unwrap_or(Command::Advance)).is_ok();
            self.follow(draft.account());
            if is_last || !taken {
                self.set_now(end);
                return taken;
            }
        }
        false
    }

    fn next_due(&self, draft: &Draft<'_>) -> Option<Due> {
        bank::next_due(draft.account(), draft.events(), &self.answered, self.tier_is_held)
    }
}

/// When the first payment begins by itself, up to an instant.
fn first_begun(draft: &Draft<'_>, until: Timestamp) -> Option<Timestamp> {
    let decided = decide(draft.policies(), draft.account(), until, &Command::Advance).ok()?;
    let begins = |event: &&Event| {
        matches!(event.kind, EventKind::PurchaseStarted { .. } | EventKind::InvoiceChargeStarted { .. })
    };
    decided.events.iter().find(begins).map(|event| event.at)
}
