//! Commands become events, or are refused for every reason that applies. Nothing else refuses.

use crate::id::{DeclineCode, DeploymentId, GrantId, HardwareId, InvoiceId, ModelId, PurchaseId, TaxIdText};
use crate::ledger::account::{Account, RECHARGE_KEYS};
use crate::ledger::command::Command;
use crate::ledger::deployment::{Deployment, Hosting};
use crate::ledger::event::{Actor, Event, EventKind};
use crate::ledger::invoice::{InvoiceState, Service};
use crate::ledger::life::{Deciding, Life, Stop};
use crate::ledger::notices::Notice;
use crate::ledger::payment::Payment;
use crate::ledger::purchase::{Purchase, Stage};
use crate::ledger::rejection::{Rejection, Rule};
use crate::money::{Charge, Money};
use crate::payment_method::card::check::{Issuer, Linked, issuer_problems};
use crate::payment_method::card::number::holds_card_number;
use crate::payment_method::card::problem::{CardProblem, FieldProblem};
use crate::payment_method::stored_card::Card;
use crate::payment_method::tax_id::{self, TaxIdProblem};
use crate::policy::schedule::Policies;
use crate::rules::access::{self, AccessError, Kind, Request};
use crate::rules::credit::{AmountError, purchase_amount};
use crate::rules::recharge::{LinkedCard, Setting, Warning};
use crate::time::Timestamp;
use alloc::vec;
use alloc::vec::Vec;

/// The most deployments that run at one time.
pub(super) const MOST_DEPLOYMENTS: u64 = 1000;

/// What a command makes happen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decided {
    /// What now happens, in order. Nothing where the command had been carried out before.
    pub events: Vec<Event>,
    /// What the customer should know.
    pub notices: Vec<Notice>,
    /// The account after it.
    pub account: Account,
}

/// Decides a command: what has fallen due by `now` happens first, then the command, then what it triggers.
///
/// # Errors
/// Every reason against it. Then nothing has happened.
///
/// ```
/// use billing::ledger::{Account, Command, decide};
/// use billing::policy::Policies;
/// use billing::money::Money;
/// use billing::policy::Policy;
/// use billing::time::Timestamp;
/// let policy = Policy::shipped("prepaid")?;
/// let (policies, now) = (Policies::always(policy), Timestamp::parse("2025-12-01T09:30:00Z")?);
/// let grant = Command::GrantFreeCredits { grant: "welcome".into(), amount: Money::parse("5")? };
/// let decided = decide(&policies, &Account::NEW, now, &grant).map_err(|_| "refused")?;
/// assert_eq!(decided.account.balance(now)?.to_string(), "5.00");
/// // The same grant again is no second one.
/// assert_eq!(decide(&policies, &decided.account, now, &grant).map_err(|_| "refused")?.events, []);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn decide<'p>(
    policies: &'p Policies,
    account: &Account,
    now: Timestamp,
    command: &'p Command,
) -> Result<Decided, Vec<Rejection<'p>>> {
    let policy = policies.at(now).ok_or_else(|| vec![Rejection::Rule(Rule::NoPolicy)])?;
    if account.last().is_some_and(|last| now < last) {
        return Err(vec![Rejection::Rule(Rule::BeforeHistory)]);
    }
    let mut deciding = Deciding { policies, policy, account: account.clone(), at: now, strategy: Life::NONE };
    let decided = deciding.advance(now).and_then(|()| deciding.command(command));
    decided.map_err(|Stop(rejections)| rejections)?;
    let Deciding { account, strategy: Life { events, notices, .. }, .. } = deciding;
    Ok(Decided { events, notices, account })
}

type Outcome<'p> = Result<(), Stop<'p>>;

impl<'p> Deciding<'p> {
    /// Refuses for every reason, where there is any.
    fn refuse(rejections: impl IntoIterator<Item = Option<Rejection<'p>>>) -> Outcome<'p> {
        let found: Vec<Rejection<'p>> = rejections.into_iter().flatten().collect();
        if found.is_empty() { Ok(()) } else { Err(Stop(found)) }
    }

    /// Decides a command now, and then what it triggers. Where it is refused before an event, nothing has happened.
    pub(crate) fn command(&mut self, command: &'p Command) -> Outcome<'p> {
        match command {
            Command::LinkCard { card, hold } => self.link_card(card, hold.unwrap_or(false)),
            Command::SetAutoRecharge { amount, threshold, purchases } => {
                let amount = amount.unwrap_or(self.policy.default_recharge_amount);
                self.set_auto_recharge(Setting { amount, threshold: *threshold }, *purchases)
            }
            Command::ClearAutoRecharge => match self.account.recharge().setting {
                Some(_) => self.emit(EventKind::AutoRechargeCleared),
                None => Ok(()),
            },
            Command::SetBalanceLimit { limit } => self.set_balance_limit(*limit),
            Command::BuyCredits { key, amount, another } => self.buy_credits(key, *amount, another.unwrap_or(false)),
            Command::RecordUsage { service, model, tokens, cost, under_way } => {
                self.record_usage(*service, model.as_ref(), tokens.unwrap_or(0), *cost, under_way.unwrap_or(false))
            }
            Command::GrantFreeCredits { grant, amount } => self.grant_free_credits(grant, *amount),
            Command::StartDeployment { deployment, hosting, model, hardware, per_minute } => {
                self.start_deployment(deployment, *hosting, model.as_ref(), hardware.as_ref(), *per_minute)
            }
            Command::RecordRequest { deployment } => self.record_request(deployment),
            Command::StopDeployment { deployment } => self.stop_deployment(deployment),
            Command::PayInvoice { invoice } => self.pay_invoice(invoice),
            Command::SignContract { plan, credit_limit } => self.sign_contract(*plan, *credit_limit),
            Command::EndContract => match self.account.contract() {
                Some(_) => self.emit(EventKind::ContractEnded),
                None => Err(Rule::NoContract.into()),
            },
            Command::BankApproves { .. }
            | Command::BankRequiresAction { .. }
            | Command::BankDeclines { .. }
            | Command::InvoiceGenerated { .. }
            | Command::BalanceUpdated { .. }
            | Command::TierSettled => return self.report(command),
            Command::Advance => Ok(()),
        }?;
        self.consider_recharge()
    }

    /// The same for what the processor and the backend report, whoever keeps the command; for any other nothing.
    pub(crate) fn report(&mut self, report: &Command) -> Outcome<'p> {
        match report {
            Command::BankApproves { payment } => self.bank_approves(payment),
            Command::BankRequiresAction { payment } => self.bank_requires_action(payment),
            Command::BankDeclines { payment, code } => self.bank_declines(payment, code),
            Command::InvoiceGenerated { purchase } => self.invoice_generated(purchase),
            Command::BalanceUpdated { purchase } => self.balance_updated(purchase),
            Command::TierSettled => self.tier_settled(),
            _ => return Ok(()),
        }?;
        self.consider_recharge()
    }

    /// PM-1..10: a card is linked when nothing is known against it. PD-3: while a purchase is under way, entering one is
    /// warned against.
    fn link_card(&mut self, card: &Card, hold: bool) -> Outcome<'p> {
        Self::refuse(self.card_rejections(card))?;
        if self.account.pending_purchases().next().is_some() {
            self.strategy.notices.push(Notice::CardWhileProcessing { pending: self.account.pending()? });
        }
        let card = Card { tax_id: Self::tax_id(card).map_err(Rejection::TaxId)?, ..card.clone() };
        self.emit(if hold {
            EventKind::CardHoldPlaced { card }
        } else {
            EventKind::CardLinked { card, by: Actor::Customer }
        })
    }

    fn card_rejections(&self, card: &Card) -> Vec<Option<Rejection<'p>>> {
        let mut found = Vec::new();
        let mut refuse = |field, problem| found.push(Some(Rejection::Card(FieldProblem { field, problem })));
        if !self.policy.networks.contains(&card.network) {
            refuse(
                crate::payment_method::card::problem::Field::Number,
                CardProblem::NetworkRefused { network: card.network },
            );
        }
        if card.expiry.has_passed(self.at) {
            let (month, year) = (u64::from(card.expiry.month), u64::from(card.expiry.year));
            refuse(crate::payment_method::card::problem::Field::Expiry, CardProblem::Expired { month, year });
        }
        let address = card.address.as_ref().map(crate::payment_method::address::PostalAddress::as_address);
        let before = self.account.card();
        let linked = before.and_then(|linked| {
            let same_card = linked.fingerprint == card.fingerprint;
            linked.address.as_ref().map(|address| Linked { same_card, address: address.as_address() })
        });
        let issuer = Issuer { funding: card.funding, recurring: card.recurring, address_match: card.address_match };
        issuer_problems(self.policy, &issuer, address.as_ref(), linked, &mut refuse);
        let number_as_token = holds_card_number(&card.token) || holds_card_number(&card.fingerprint);
        let rules = [
            address.is_none().then_some(Rule::AddressMissing),
            (card.security_code_match == Some(false)).then_some(Rule::SecurityCodeMismatch),
            number_as_token.then_some(Rule::NumberAsToken),
        ];
        found.extend(rules.into_iter().map(|rule| rule.map(Rejection::Rule)));
        found.push(Self::tax_id(card).err().map(Rejection::TaxId));
        found
    }

    /// PM-9: the tax id, in the one form of its country.
    fn tax_id(card: &Card) -> Result<Option<TaxIdText>, TaxIdProblem> {
        let country = card.address.as_ref().map(|address| address.country.as_str());
        let checked = card.tax_id.as_ref().map(|typed| tax_id::check(country, typed)).transpose()?;
        Ok(checked.map(|tax_id| tax_id.as_str().into()))
    }

    /// AR-1, AR-4, AR-6: what is set can act, and does what was previewed.
    fn set_auto_recharge(&mut self, setting: Setting, previewed: Option<u64>) -> Outcome<'p> {
        let card = match self.account.linked_card() {
            LinkedCard::None if self.account.held_card().is_none() => Some(Rejection::Recharge(Warning::NoCard)),
            LinkedCard::NotRecurring => Some(Rejection::Recharge(Warning::CardNotRecurring)),
            _ => self.account.cannot_charge(self.at).map(Rejection::Rule),
        };
        Self::refuse([self.amount_rejection(setting.amount), card])?;
        let purchases = self.recharge_purchases(setting)?;
        if let Some(previewed) = previewed.filter(|previewed| *previewed != purchases) {
            return Err(Rule::PreviewOutdated { previewed, purchases }.into());
        }
        self.emit(EventKind::AutoRechargeSet { amount: setting.amount, threshold: setting.threshold })
    }

    fn amount_rejection(&self, amount: Charge) -> Option<Rejection<'p>> {
        match purchase_amount(self.policy, amount) {
            Ok(_) => None,
            Err(AmountError::Refused(problem)) => Some(Rejection::Purchase(problem)),
            Err(AmountError::Money(error)) => Some(error.into()),
        }
    }

    /// AC-6: at most the ceiling.
    fn set_balance_limit(&mut self, limit: Option<Money>) -> Outcome<'p> {
        let limit = limit.map(Money::not_negative).transpose()?;
        let ceiling = self.account.snapshot(self.policy, self.at)?.credit_limit(self.policy)?.ceiling;
        if let Some(limit) = limit.filter(|limit| *limit > ceiling) {
            return Err(Rule::LimitAboveCeiling { limit, ceiling }.into());
        }
        if limit == self.account.balance_limit() {
            return Ok(());
        }
        self.emit(EventKind::BalanceLimitSet { limit })
    }

    /// CR-3, PP-4: the same key is the same purchase; a second purchase while one is pending has to be meant.
    fn buy_credits(&mut self, key: &PurchaseId, amount: Charge, another: bool) -> Outcome<'p> {
        if let Some(purchase) = self.account.purchase(key) {
            let same = purchase.amount == amount && purchase.run.is_none();
            return if same { Ok(()) } else { Err(Rule::KeyReused { amount: purchase.amount }.into()) };
        }
        let pending = self.account.pending()?;
        let rules = [
            key.starts_with(RECHARGE_KEYS).then_some(Rule::KeyReserved),
            self.account.cannot_charge(self.at),
            (pending.is_positive() && !another).then_some(Rule::AnotherPending { pending }),
        ];
        let rules = rules.into_iter().map(|rule| rule.map(Rejection::Rule));
        Self::refuse([self.amount_rejection(amount)].into_iter().chain(rules))?;
        self.emit(EventKind::PurchaseStarted { purchase: key.clone(), amount, run: None })
    }

    fn known_purchase(&self, key: &PurchaseId) -> Result<&Purchase, Rule> {
        self.account.purchase(key).ok_or(Rule::PurchaseUnknown)
    }

    fn known_invoice_state(&self, id: &InvoiceId) -> Result<InvoiceState, Rule> {
        self.account.invoice(id).map(crate::ledger::invoice::Invoice::state).ok_or(Rule::InvoiceUnknown)
    }

    /// PP-1: the first stage. What the bank says twice happens once. PM-10: what it says of a hold whose card another has replaced
    /// makes nothing happen.
    fn bank_approves(&mut self, payment: &Payment) -> Outcome<'p> {
        match payment {
            Payment::Purchase(key) => match self.known_purchase(key)?.stage() {
                Stage::BankApproval | Stage::BankAction => self.emit(EventKind::BankApproved { purchase: key.clone() }),
                Stage::Invoice | Stage::Balance | Stage::Completed => Ok(()),
                stage @ Stage::Declined => Err(Rule::PurchaseStage { stage }.into()),
            },
            Payment::Invoice(id) => match self.known_invoice_state(id)? {
                InvoiceState::Charging => self.emit(self.facts().invoice_paid(id.clone())?),
                InvoiceState::Paid => Ok(()),
                _ => Err(Rule::NotBeingCharged.into()),
            },
            Payment::Hold(token) => match (self.account.held_card(), self.account.card()) {
                (Some(card), _) if card.is_of(token.as_ref()) => {
                    let card = card.clone();
                    self.emit(EventKind::CardLinked { card, by: Actor::Processor })
                }
                // The hold of the linked card, once more, or of one that another has replaced.
                (Some(_), _) | (None, Some(_)) => Ok(()),
                (None, None) => Err(Rule::NoHold.into()),
            },
        }
    }

    /// PM-10, PM-11: the bank waits for the customer.
    fn bank_requires_action(&mut self, payment: &Payment) -> Outcome<'p> {
        let is_no_news = match payment {
            Payment::Purchase(key) => match self.known_purchase(key)?.stage() {
                Stage::BankApproval => false,
                Stage::BankAction => true,
                stage => return Err(Rule::PurchaseStage { stage }.into()),
            },
            Payment::Invoice(id) => match self.known_invoice_state(id)? {
                InvoiceState::Charging => self.account.invoice(id).is_some_and(|it| it.action_required.is_some()),
                _ => return Err(Rule::NotBeingCharged.into()),
            },
            Payment::Hold(token) => match self.account.held_card() {
                Some(card) => !card.is_of(token.as_ref()) || self.account.hold_action_required().is_some(),
                None => return Err(Rule::NoHold.into()),
            },
        };
        if is_no_news { Ok(()) } else { self.emit(EventKind::BankActionRequired { payment: payment.clone() }) }
    }

    /// PD-1, AR-5, IN-3: a declined purchase of auto-recharge pauses it; a declined invoice is past due, though not before the
    /// day on which it is charged by itself.
    fn bank_declines(&mut self, payment: &Payment, code: &DeclineCode) -> Outcome<'p> {
        match payment {
            Payment::Purchase(key) => {
                let purchase = self.known_purchase(key)?;
                match purchase.stage() {
                    Stage::BankApproval | Stage::BankAction => {}
                    Stage::Declined => return Ok(()),
                    stage => return Err(Rule::PurchaseStage { stage }.into()),
                }
                let pauses = purchase.run.is_some() && self.account.recharge().setting.is_some();
                self.emit(EventKind::BankDeclined { purchase: key.clone(), code: code.clone() })?;
                if pauses { self.emit(EventKind::AutoRechargePaused { purchase: key.clone() }) } else { Ok(()) }
            }
            Payment::Invoice(id) => {
                let invoice = self.account.invoice(id).ok_or(Rule::InvoiceUnknown)?;
                let is_early = invoice.past_due.is_none() && self.at < invoice.charge_on;
                let (state, declined, invoice, code) =
                    (invoice.state(), invoice.declined.is_some(), id.clone(), code.clone());
                match state {
                    InvoiceState::Charging if is_early => self.emit(EventKind::InvoiceDeclined { invoice, code }),
                    InvoiceState::Charging => self.emit(EventKind::InvoicePastDue { invoice, code: Some(code) }),
                    InvoiceState::PastDue => Ok(()),
                    InvoiceState::Due if declined => Ok(()),
                    _ => Err(Rule::NotBeingCharged.into()),
                }
            }
            Payment::Hold(token) => match self.account.held_card() {
                Some(card) if card.is_of(token.as_ref()) => {
                    self.emit(EventKind::CardHoldDeclined { code: code.clone() })
                }
                Some(_) => Ok(()),
                None => Err(Rule::NoHold.into()),
            },
        }
    }

    /// PP-1: the second stage.
    fn invoice_generated(&mut self, key: &PurchaseId) -> Outcome<'p> {
        match self.known_purchase(key)?.stage() {
            Stage::Invoice => self.emit(EventKind::PurchaseInvoiced { purchase: key.clone() }),
            Stage::Balance | Stage::Completed => Ok(()),
            stage => Err(Rule::PurchaseStage { stage }.into()),
        }
    }

    /// PP-1: the last stage. AR-5: the next purchase of a run begins once the one before is complete.
    fn balance_updated(&mut self, key: &PurchaseId) -> Outcome<'p> {
        match self.known_purchase(key)?.stage() {
            Stage::Balance => {
                self.emit(self.facts().balance_updated(key.clone())?)?;
                self.continue_run()
            }
            Stage::Completed => Ok(()),
            stage => Err(Rule::PurchaseStage { stage }.into()),
        }
    }

    fn tier_settled(&mut self) -> Outcome<'p> {
        match self.account.settling_since() {
            Some(_) => self.emit(EventKind::TierSettled { spend: self.account.lifetime_spend()? }),
            None => Ok(()),
        }
    }

    /// CR-2, CR-7, AC-1..9: usage is served only with access, unless it was already under way.
    fn record_usage(
        &mut self,
        service: Service,
        model: Option<&'p ModelId>,
        tokens: u64,
        cost: Money,
        under_way: bool,
    ) -> Outcome<'p> {
        let kind = match service {
            Service::Serverless => Kind::ApiCall,
            Service::FineTuning => Kind::FineTuning,
            Service::Evaluation => Kind::Evaluation,
        };
        self.expect_access(&Request { kind, model: model.map(AsRef::as_ref), cost, under_way })?;
        self.emit(self.facts().usage_recorded(service, model.cloned(), tokens, cost, under_way)?)
    }

    fn expect_access(&self, request: &Request<'p>) -> Outcome<'p> {
        let snapshot = self.account.snapshot(self.policy, self.at)?;
        let decision = access::authorize(self.policy, &snapshot, request).map_err(|error| match error {
            AccessError::Money(error) => Rule::from(error),
            // The state of an account never contradicts itself, as long as its sums are in range.
            AccessError::Account(_) => Rule::OutOfRange,
        })?;
        Self::refuse(decision.refusals.into_iter().map(|refusal| Some(Rejection::Access(refusal))))
    }

    /// CR-5: a grant with the same name is the same grant.
    fn grant_free_credits(&mut self, grant: &GrantId, amount: Money) -> Outcome<'p> {
        match self.account.grants.get(grant) {
            Some(granted) if *granted == amount => Ok(()),
            Some(granted) => Err(Rule::GrantReused { amount: *granted }.into()),
            None if amount.is_positive() => self.emit(self.facts().free_credits_granted(grant.clone(), amount)),
            None => Err(Rule::NoAmount.into()),
        }
    }

    /// CR-2, UC-1, UC-2: a deployment starts when what may be spent covers its first minutes.
    fn start_deployment(
        &mut self,
        id: &DeploymentId,
        hosting: Hosting,
        model: Option<&'p ModelId>,
        hardware: Option<&HardwareId>,
        per_minute: Money,
    ) -> Outcome<'p> {
        if let Some(other) = self.account.deployment(id) {
            let same = (other.hosting, other.per_minute, other.is_running()) == (hosting, per_minute, true)
                && (other.model.as_ref(), other.hardware.as_ref()) == (model, hardware);
            return if same { Ok(()) } else { Err(Rule::DeploymentExists.into()) };
        }
        if u64::try_from(self.account.running().count()).unwrap_or(u64::MAX) >= MOST_DEPLOYMENTS {
            return Err(Rule::TooManyDeployments { most: MOST_DEPLOYMENTS }.into());
        }
        let cost = per_minute.not_negative()?.times(self.policy.deployment_covered_minutes)?;
        let model_id = model.map(AsRef::as_ref);
        self.expect_access(&Request { kind: Kind::DedicatedEndpoint, model: model_id, cost, under_way: false })?;
        self.emit(EventKind::DeploymentStarted {
            deployment: id.clone(),
            hosting,
            model: model.cloned(),
            hardware: hardware.cloned(),
            per_minute,
        })
    }

    fn known_deployment(&self, id: &DeploymentId) -> Result<&Deployment, Rule> {
        self.account.deployment(id).ok_or(Rule::DeploymentUnknown)
    }

    fn record_request(&mut self, id: &DeploymentId) -> Outcome<'p> {
        if !self.known_deployment(id)?.is_running() {
            return Err(Rule::DeploymentStopped.into());
        }
        self.emit(EventKind::RequestRecorded { deployment: id.clone() })
    }

    /// UC-4: what has run is charged, and no more.
    fn stop_deployment(&mut self, id: &DeploymentId) -> Outcome<'p> {
        if !self.known_deployment(id)?.is_running() {
            return Ok(());
        }
        self.charge_deployment(id)?;
        self.emit(EventKind::DeploymentStopped { deployment: id.clone() })
    }

    /// CR-9, IN-3: an invoice is paid by card, never by credits.
    fn pay_invoice(&mut self, id: &InvoiceId) -> Outcome<'p> {
        let invoice = self.account.invoice(id).ok_or(Rule::InvoiceUnknown)?;
        match invoice.state() {
            InvoiceState::Covered => Err(Rule::NothingDue.into()),
            InvoiceState::Paid => Err(Rule::AlreadyPaid.into()),
            InvoiceState::Charging => Err(Rule::BeingCharged { due: invoice.due }.into()),
            InvoiceState::Due | InvoiceState::PastDue => match self.account.cannot_charge(self.at) {
                Some(rule) => Err(rule.into()),
                None => self.emit(EventKind::InvoiceChargeStarted { invoice: id.clone(), by: Actor::Customer }),
            },
        }
    }

    /// AC-7: a new contract replaces the one before.
    fn sign_contract(&mut self, plan: access::Plan, credit_limit: Money) -> Outcome<'p> {
        let credit_limit = credit_limit.not_negative()?;
        if self.account.contract() == Some(access::Contract { plan, credit_limit }) {
            return Ok(());
        }
        self.emit(EventKind::ContractSigned { plan, credit_limit })
    }
}
