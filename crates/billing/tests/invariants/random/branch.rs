//! What might happen next to an account, tried out: a card, a purchase that is completed, a remedy that is followed.

use super::{Held, codes, money, same, sum};
use billing::id::{InvoiceId, LastFour, PurchaseId};
use billing::ledger::InvoiceState;
use billing::ledger::{Account, Command, Decided, Payment, decide};
use billing::ledger::{Purchase, Stage};
use billing::money::Money;
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::rules::access::{Plan, Remedy};
use billing::time::Timestamp;

/// What might happen next to an account.
#[derive(Clone)]
pub(crate) struct Branch<'p> {
    pub(crate) policies: &'p Policies,
    pub(crate) account: Account,
    pub(crate) at: Timestamp,
}

impl Branch<'_> {
    pub(crate) fn ask(&self, command: &Command) -> Result<Decided, Vec<&'static str>> {
        decide(self.policies, &self.account, self.at, command).map_err(|rejections| codes(&rejections))
    }

    pub(crate) fn tell(&mut self, command: &Command) -> Held {
        let decided = self.ask(command).map_err(|codes| {
            let command = serde_json::to_string(command).unwrap();
            format!("{command} is refused: {codes:?}")
        })?;
        self.account = decided.account;
        Ok(())
    }

    /// The balance with what is pending, now.
    pub(crate) fn projected(&self) -> Money {
        let balance = self.account.balance(self.at).and_then(|balance| balance.checked_add(self.account.pending()?));
        balance.unwrap()
    }

    pub(crate) fn complete(&mut self, key: &PurchaseId) -> Held {
        let stage = |branch: &Branch<'_>| branch.account.purchase(key).map(Purchase::stage);
        if matches!(stage(self), Some(Stage::BankApproval | Stage::BankAction)) {
            self.tell(&Command::BankApproves { payment: Payment::Purchase(key.clone()) })?;
        }
        if stage(self) == Some(Stage::Invoice) {
            self.tell(&Command::InvoiceGenerated { purchase: key.clone() })?;
        }
        self.tell(&Command::BalanceUpdated { purchase: key.clone() })
    }

    pub(crate) fn link_chargeable_card(&mut self) {
        let chargeable = |card: &Card| !card.expiry.has_passed(self.at) && card.recurring != Some(false);
        if !self.account.card().is_some_and(chargeable) {
            let card = Card {
                token: "tok_good".into(),
                fingerprint: "fp_good".into(),
                network: Network::Visa,
                last4: LastFour(*b"4242"),
                expiry: Expiry { year: 9999, month: 12 },
                funding: Funding::Credit,
                recurring: Some(true),
                address: Some(PostalAddress {
                    line1: "1 Main St".into(),
                    line2: String::new(),
                    city: "Springfield".into(),
                    region: "IL".into(),
                    postal_code: "62701".into(),
                    country: "US".into(),
                }),
                address_match: None,
                security_code_match: None,
                authorises_each: false,
                tax_id: None,
            };
            self.tell(&Command::LinkCard { card, hold: None }).unwrap();
        }
    }

    pub(crate) fn lift(mut self, remedy: Remedy) -> Result<Self, String> {
        match remedy {
            Remedy::Purchase(amount) => {
                self.link_chargeable_card();
                self.tell(&Command::BuyCredits { key: "remedy".into(), amount, another: Some(true) })?;
                self.complete(&"remedy".into())?;
                self.tell(&Command::TierSettled)?;
            }
            Remedy::PayInvoice(amount) => {
                self.link_chargeable_card();
                let due: Vec<_> =
                    self.account.invoices().iter().filter(|it| it.past_due_amount().is_positive()).collect();
                let unpaid = due.iter().filter(|invoice| invoice.state() != InvoiceState::Charging);
                same("past due", &sum(unpaid.map(|invoice| invoice.unpaid())), &amount)?;
                let due: Vec<_> = due.iter().map(|invoice| (invoice.id.clone(), invoice.state())).collect();
                for (invoice, state) in due {
                    if state != InvoiceState::Charging {
                        self.tell(&Command::PayInvoice { invoice: invoice.clone() })?;
                    }
                    self.tell(&Command::BankApproves { payment: Payment::Invoice(invoice) })?;
                }
            }
            // What is on its way comes to its end, however long it takes and whoever has to help it.
            Remedy::Wait(_) | Remedy::Approve | Remedy::ContactSupport => {
                let charging: Vec<_> =
                    self.account.invoices().iter().filter(|it| it.state() == InvoiceState::Charging).collect();
                let charging: Vec<InvoiceId> = charging.into_iter().map(|invoice| invoice.id.clone()).collect();
                for invoice in charging {
                    self.tell(&Command::BankApproves { payment: Payment::Invoice(invoice) })?;
                }
                let keys: Vec<_> = self.account.pending_purchases().map(|purchase| purchase.key.clone()).collect();
                keys.iter().try_for_each(|key| self.complete(key))?;
                self.tell(&Command::TierSettled)?;
            }
            Remedy::RaiseLimit(limit) => self.tell(&Command::SetBalanceLimit { limit: Some(limit.money()) })?,
            // The terms that sales may agree on; the customer's own limit is not theirs.
            Remedy::ContactSales => {
                let (plan, credit_limit) = (Plan::Enterprise, money("1000000000000000"));
                self.tell(&Command::SignContract { plan, credit_limit })?;
                self.tell(&Command::SetBalanceLimit { limit: None })?;
            }
        }
        Ok(self)
    }
}
