//! The port to a payment processor: what the rules and a page know of one, whoever stands there.
//!
//! A processor takes a card once and gives a token for it; from then on nobody else knows the number. What it answers to a
//! payment comes in reports, each after some time; [`Answer::command`] makes of each the command that tells the account.

use crate::characters::digit;
use crate::id::{CardToken, DeclineCode};
use crate::ledger::command::Command;
use crate::ledger::payment::Payment;
use crate::money::Charge;
use crate::payment_method::address::Address;
use crate::payment_method::stored_card::Card;
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// PM-5, PM-6: a card as it was entered, on its way to the processor. It has no `Debug` and is not kept.
pub struct Entered<'a> {
    /// The number, as typed.
    pub number: &'a str,
    /// The expiry date, as typed.
    pub expiry: &'a str,
    /// The security code, as typed.
    pub security_code: &'a str,
    /// The name on the card, as typed.
    pub name: &'a str,
    /// The billing address.
    pub address: Address<'a>,
}

impl Entered<'_> {
    /// The digits of the number as processors take them: what separates them is gone, and full-width ones are folded.
    pub fn digits(&self) -> impl Iterator<Item = char> {
        self.number.chars().filter_map(digit).filter_map(|digit| char::from_digit(u32::from(digit), 10))
    }
}

/// What the processor knows of a card that it has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The card, by its token.
    pub card: Card,
    /// PM-10: whether the bank holds $0 until the customer approves.
    pub hold: bool,
}

/// PD-1: a refusal, with the processor's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// The code, for example `insufficient_funds`.
    pub code: DeclineCode,
}

/// What is to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<'a> {
    /// What it is for.
    pub payment: &'a Payment,
    /// When it was begun: an invoice that was declined is charged again, and each time is a payment of its own.
    pub begun: Timestamp,
    /// How much.
    pub amount: Charge,
    /// PM-11: whether the customer is there; auto-recharge and the 3rd's charge come without.
    pub by_customer: bool,
}

impl Order<'_> {
    /// PP-4: the idempotency key, by which a processor takes a payment once, however often the order reaches it. It tells the
    /// payments of one account apart; where there are several, their caller puts the account's name before it.
    ///
    /// ```
    /// use billing::ledger::Payment;
    /// use billing::money::Charge;
    /// use billing::processor::Order;
    /// use billing::time::Timestamp;
    /// let payment = Payment::Invoice("2025-11".into());
    /// let begun = Timestamp::parse("2025-12-03T00:00:00Z")?;
    /// let order = Order { payment: &payment, begun, amount: Charge::parse("12.40")?, by_customer: false };
    /// assert_eq!(order.idempotency_key(), "invoice:2025-11:2025-12-03T00:00:00Z");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let begun = self.begun;
        match self.payment {
            Payment::Purchase(key) => format!("purchase:{key}:{begun}"),
            Payment::Invoice(id) => format!("invoice:{id}:{begun}"),
            Payment::Hold(Some(token)) => format!("hold:{token}:{begun}"),
            Payment::Hold(None) => format!("hold:{begun}"),
        }
    }
}

/// What a processor tells about a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// PP-1: the bank has approved.
    BankApproves,
    /// PM-11: the bank waits for the customer.
    BankRequiresAction,
    /// PD-1: the bank has declined.
    BankDeclines(Decline),
    /// PP-1: the invoice of a purchase is there.
    InvoiceGenerated,
    /// PP-1: the credits of a purchase are there.
    BalanceUpdated,
    /// TI-8: the tier has followed.
    TierSettled,
}

impl Answer {
    /// The command that tells the account of it; none where a payment of this kind has no such stage.
    #[must_use]
    pub fn command(&self, payment: &Payment) -> Option<Command> {
        let payment = payment.clone();
        match (self, payment) {
            (Answer::BankApproves, payment) => Some(Command::BankApproves { payment }),
            (Answer::BankRequiresAction, payment) => Some(Command::BankRequiresAction { payment }),
            (Answer::BankDeclines(Decline { code }), payment) => {
                Some(Command::BankDeclines { payment, code: code.clone() })
            }
            (Answer::InvoiceGenerated, Payment::Purchase(purchase)) => Some(Command::InvoiceGenerated { purchase }),
            (Answer::BalanceUpdated, Payment::Purchase(purchase)) => Some(Command::BalanceUpdated { purchase }),
            (Answer::TierSettled, _) => Some(Command::TierSettled),
            (Answer::InvoiceGenerated | Answer::BalanceUpdated, _) => None,
        }
    }
}

/// An answer with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many seconds after the payment was handed over, or approved by the customer.
    pub after_seconds: u64,
    /// The answer.
    pub answer: Answer,
}

/// A payment processor. That it may answer only after a while, over a network, is its caller's business.
pub trait Processor {
    /// PM-1..6, PM-10: takes a card, and forgets its number.
    ///
    /// # Errors
    /// The code with which the bank or the processor refuses it.
    fn link(&self, entered: &Entered<'_>, now: Timestamp) -> Result<Taken, Decline>;

    /// PP-1: takes a payment from a card, once for each [`Order::idempotency_key`]. The reports come in the order of their time.
    fn pay(&self, token: &CardToken, order: &Order<'_>) -> Vec<Report>;

    /// PM-10, PM-11: what follows once the customer has answered the bank.
    fn authorise(&self, token: &CardToken, order: &Order<'_>, approved: bool) -> Vec<Report>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pp_4_one_payment_has_one_key_and_each_other_another() {
        let begun = ["2025-12-03T00:00:00Z", "2025-12-03T09:00:00.5Z"].map(|text| Timestamp::parse(text).unwrap());
        let holds = [None, Some("tok_a".into()), Some("tok_b".into())].map(Payment::Hold);
        let payments = [Payment::Purchase("2025-11".into()), Payment::Invoice("2025-11".into())];
        let payments: Vec<Payment> = payments.into_iter().chain(holds).collect();
        let key = |payment, begun, amount| Order { payment, begun, amount, by_customer: true }.idempotency_key();
        let amount = Charge::parse("5.00").unwrap();
        let mut keys = Vec::new();
        for payment in &payments {
            for begun in begun {
                keys.push(key(payment, begun, amount));
                assert_eq!(Some(&key(payment, begun, amount)), keys.last());
            }
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 10, "{keys:?}");
    }

    #[test]
    fn an_answer_tells_the_account_what_its_payment_has_a_stage_for() {
        let (hold, purchase) = (Payment::Hold(None), Payment::Purchase("p".into()));
        let declined = Answer::BankDeclines(Decline { code: "expired_card".into() });
        let told = Some(Command::BankDeclines { payment: hold.clone(), code: "expired_card".into() });
        assert_eq!(declined.command(&hold), told);
        let told = Some(Command::BankApproves { payment: purchase.clone() });
        assert_eq!(Answer::BankApproves.command(&purchase), told);
        let told = Some(Command::BankRequiresAction { payment: hold.clone() });
        assert_eq!(Answer::BankRequiresAction.command(&hold), told);
        assert_eq!(Answer::TierSettled.command(&hold), Some(Command::TierSettled));
        let told = Some(Command::InvoiceGenerated { purchase: "p".into() });
        assert_eq!(Answer::InvoiceGenerated.command(&purchase), told);
        assert_eq!(Answer::BalanceUpdated.command(&purchase), Some(Command::BalanceUpdated { purchase: "p".into() }));
        for stage in [Answer::InvoiceGenerated, Answer::BalanceUpdated] {
            assert_eq!(stage.command(&hold), None);
        }
    }
}
