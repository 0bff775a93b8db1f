//! `account`: the whole state that a history has made.

use super::access::{self, LimitForm, RefusalForm};
use super::asked::Asked;
use super::history::{self, AddressForm, DeploymentForm, instant, out_of_range};
use crate::form::{Amount, Found, Said};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, text};
use billing::ledger::Lot;
use billing::ledger::Purchase;
use billing::ledger::{Account, Notice, Recharge, Run, StoredEvent, notices, support_message};
use billing::ledger::{Invoice, Usage};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::card::Expiry;
use billing::policy::Policy;
use billing::policy::Tier;
use billing::rules::access::{Decision, Request, authorize};
use billing::time::Timestamp;
use serde::Serialize;
use serde::ser::Serializer;

pub(super) struct Input<'n> {
    events: Vec<StoredEvent>,
    email: Option<&'n str>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["events", "email"])?;
        Ok(Input { events: fields.required("events", history::events)?, email: fields.optional("email", text)? })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policies, policy, now) = (asked.policies(), asked.policy()?, asked.now()?);
        let (_, account) = history::account_at(policies, &self.events, now)?;
        let snapshot = account.snapshot(policy, now).map_err(out_of_range)?;
        let access = authorize(policy, &snapshot, &Request::API_CALL).map_err(access::fault)?;
        let notices = notices(policies, &account, now).map_err(out_of_range)?;
        let support = support_message(policies, &account, now, self.email).map_err(out_of_range)?;
        Ok(Answer { events: self.events.len(), account, policy, now, access, notices, support })
    }
}

pub(crate) struct Answer<'q> {
    /// How many were asked about.
    events: usize,
    account: Account,
    policy: &'q Policy,
    now: Timestamp,
    access: Decision<'q>,
    notices: Vec<Notice>,
    support: Option<String>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // What is in range when the answer is made is in range when it is written.
        self.form().map_err(|_| serde::ser::Error::custom("out of range"))?.serialize(serializer)
    }
}

#[derive(Serialize)]
struct AccountForm<'a> {
    events: usize,
    opened: Option<Said<Timestamp>>,
    balance: Amount<Money>,
    free_credits: Amount<Money>,
    purchased_credits: Amount<Money>,
    pending: Amount<Money>,
    lots: Vec<LotForm>,
    lifetime_spend: Amount<Money>,
    tier: &'static str,
    tier_entitled: &'static str,
    tier_settling: Option<SettlingForm>,
    card: Option<CardForm<'a>>,
    card_waiting: Option<CardForm<'a>>,
    address: Option<AddressForm<'a>>,
    tax_id: Option<&'a str>,
    auto_recharge: Option<RechargeForm<'a>>,
    limit: LimitForm,
    purchases: Vec<PurchaseForm<'a>>,
    usage: UsageForm<'a>,
    invoices: Vec<InvoiceForm<'a>>,
    past_due: Amount<Money>,
    deployments: Vec<DeploymentForm>,
    contract: Option<ContractForm>,
    access: AccessForm<'a>,
    totals: TotalsForm,
    notices: Vec<Found<Notice>>,
    support: Option<&'a str>,
}

impl Answer<'_> {
    fn form(&self) -> Result<AccountForm<'_>, ReadError> {
        let Answer { account, policy, now, .. } = self;
        let snapshot = account.snapshot(policy, *now).map_err(out_of_range)?;
        let credits = snapshot.balance.max(Money::ZERO);
        let card = account.card();
        Ok(AccountForm {
            events: self.events,
            opened: account.opened().map(instant),
            balance: Amount(snapshot.balance),
            free_credits: Amount(snapshot.free_credits),
            purchased_credits: Amount(credits.checked_sub(snapshot.free_credits).map_err(out_of_range)?),
            pending: Amount(snapshot.pending),
            lots: account.credits().open().map(LotForm::from).collect(),
            lifetime_spend: Amount(snapshot.lifetime_spend),
            tier: self.access.tier.id(),
            tier_entitled: snapshot.entitled_tier(policy).id(),
            tier_settling: self.settling(snapshot.entitled_tier(policy)),
            card: card.map(CardForm::from),
            card_waiting: account.held_card().map(CardForm::from),
            address: card.and_then(|card| card.address.as_ref()).map(AddressForm::from),
            tax_id: card.and_then(|card| card.tax_id.as_deref()),
            auto_recharge: RechargeForm::of(account.recharge()),
            limit: LimitForm(self.access.credit_limit, account.balance_limit()),
            purchases: account.purchases().iter().map(|purchase| PurchaseForm::of(purchase, policy, *now)).collect(),
            usage: UsageForm::of(account.usage()),
            invoices: account.invoices().iter().map(InvoiceForm::of).collect::<Result<_, _>>()?,
            past_due: Amount(snapshot.past_due),
            deployments: self.deployments()?,
            contract: account
                .contract()
                .map(|contract| ContractForm { plan: contract.plan.id(), credit_limit: Amount(contract.credit_limit) }),
            access: AccessForm {
                allowed: self.access.allowed(),
                status: self.access.status(),
                spendable: Amount(self.access.spendable),
                reasons: self.access.refusals.iter().map(RefusalForm).collect(),
            },
            totals: TotalsForm::of(account),
            notices: self.notices.iter().copied().map(Found).collect(),
            support: self.support.as_deref(),
        })
    }

    fn settling(&self, entitled: Tier) -> Option<SettlingForm> {
        let since = self.account.settling_since().filter(|_| entitled != self.access.tier)?;
        let left = self.policy.tier_settles_within_seconds.saturating_sub(self.now.seconds_since(since));
        Some(SettlingForm { since: instant(since), seconds_left: left, overdue: left == 0 })
    }

    fn deployments(&self) -> Result<Vec<DeploymentForm>, ReadError> {
        self.account.deployments().iter().map(|deployment| DeploymentForm::of(deployment, self.now)).collect()
    }
}

#[derive(Serialize)]
struct LotForm {
    kind: &'static str,
    added: Said<Timestamp>,
    expires: Option<Said<Timestamp>>,
    amount: Amount<Money>,
    left: Amount<Money>,
}

impl From<&Lot> for LotForm {
    fn from(lot: &Lot) -> LotForm {
        LotForm {
            kind: lot.kind.id(),
            added: instant(lot.added),
            expires: lot.expires.map(instant),
            amount: Amount(lot.amount),
            left: Amount(lot.left()),
        }
    }
}

#[derive(Serialize)]
struct SettlingForm {
    since: Said<Timestamp>,
    seconds_left: u64,
    overdue: bool,
}

#[derive(Serialize)]
struct CardForm<'a> {
    network: &'static str,
    last4: Said<&'a billing::id::LastFour>,
    expiry: Said<Expiry>,
}

impl<'a> From<&'a Card> for CardForm<'a> {
    fn from(card: &'a Card) -> CardForm<'a> {
        CardForm { network: card.network.id(), last4: Said(&card.last4), expiry: Said(card.expiry) }
    }
}

#[derive(Serialize)]
struct RechargeForm<'a> {
    amount: Amount<Charge>,
    threshold: Amount<Charge>,
    paused_by: Option<&'a str>,
    withheld: Option<&'static str>,
    run: Option<RunForm>,
}

#[derive(Serialize)]
struct RunForm {
    number: u64,
    amount: Amount<Charge>,
    purchases: u64,
    started: u64,
    completed: u64,
}

impl<'a> RechargeForm<'a> {
    fn of(recharge: &'a Recharge) -> Option<RechargeForm<'a>> {
        let setting = recharge.setting?;
        let run = |Run { number, amount, purchases, started, completed }| RunForm {
            number,
            amount: Amount(amount),
            purchases,
            started,
            completed,
        };
        Some(RechargeForm {
            amount: Amount(setting.amount),
            threshold: Amount(setting.threshold),
            paused_by: recharge.paused_by.as_deref(),
            withheld: recharge.withheld.map(billing::rules::recharge::RechargeBlock::id),
            run: recharge.run.map(run),
        })
    }
}

#[derive(Serialize)]
struct PurchaseForm<'a> {
    purchase: &'a str,
    amount: Amount<Charge>,
    run: Option<u64>,
    stage: &'static str,
    started: Said<Timestamp>,
    action_required: Option<Said<Timestamp>>,
    approved: Option<Said<Timestamp>>,
    invoiced: Option<Said<Timestamp>>,
    completed: Option<Said<Timestamp>>,
    declined: Option<Said<Timestamp>>,
    code: Option<&'a str>,
    seconds: Option<u64>,
    late: bool,
    overdue: bool,
}

impl<'a> PurchaseForm<'a> {
    fn of(purchase: &'a Purchase, policy: &Policy, now: Timestamp) -> PurchaseForm<'a> {
        let waiting = purchase.waiting(policy, now);
        PurchaseForm {
            purchase: &purchase.key,
            amount: Amount(purchase.amount),
            run: purchase.run,
            stage: purchase.stage().id(),
            started: instant(purchase.started),
            action_required: purchase.action_required.map(instant),
            approved: purchase.approved.map(instant),
            invoiced: purchase.invoiced.map(instant),
            completed: purchase.completed.map(instant),
            declined: purchase.declined.as_ref().map(|(at, _)| instant(*at)),
            code: purchase.declined.as_ref().map(|(_, code)| &**code),
            seconds: waiting.map(|waiting| waiting.seconds),
            late: waiting.is_some_and(|waiting| waiting.late),
            overdue: waiting.is_some_and(|waiting| waiting.overdue),
        }
    }
}

#[derive(Serialize)]
struct UsageForm<'a> {
    total: Amount<Money>,
    carried_in: Amount<Money>,
    covered_by_free: Amount<Money>,
    covered_by_purchased: Amount<Money>,
    services: Vec<TallyForm<'a>>,
    deployments: Vec<HostedForm<'a>>,
}

#[derive(Serialize)]
struct TallyForm<'a> {
    service: &'static str,
    model: Option<&'a str>,
    times: u64,
    tokens: u64,
    cost: Amount<Money>,
}

#[derive(Serialize)]
struct HostedForm<'a> {
    deployment: &'a str,
    minutes: u64,
    cost: Amount<Money>,
}

impl<'a> UsageForm<'a> {
    fn of(usage: &'a Usage) -> UsageForm<'a> {
        let services = usage.services.iter().map(|((service, model), tally)| TallyForm {
            service: service.id(),
            model: model.as_deref(),
            times: tally.times,
            tokens: tally.tokens,
            cost: Amount(tally.cost),
        });
        let deployments = usage.deployments.iter().map(|(deployment, hosted)| HostedForm {
            deployment,
            minutes: hosted.minutes,
            cost: Amount(hosted.cost),
        });
        UsageForm {
            total: Amount(usage.total),
            carried_in: Amount(usage.carried_in),
            covered_by_free: Amount(usage.free),
            covered_by_purchased: Amount(usage.purchased),
            services: services.collect(),
            deployments: deployments.collect(),
        }
    }
}

#[derive(Serialize)]
struct InvoiceForm<'a> {
    invoice: &'a str,
    drawn: Said<Timestamp>,
    state: &'static str,
    usage: UsageForm<'a>,
    covered: Amount<Money>,
    due: Amount<Charge>,
    charge_on: Said<Timestamp>,
    charging: Option<Said<Timestamp>>,
    action_required: Option<Said<Timestamp>>,
    declined: Option<Said<Timestamp>>,
    past_due: Option<Said<Timestamp>>,
    code: Option<&'a str>,
    paid: Option<Said<Timestamp>>,
}

impl<'a> InvoiceForm<'a> {
    fn of(invoice: &'a Invoice) -> Result<InvoiceForm<'a>, ReadError> {
        let declined = invoice.declined.as_ref();
        Ok(InvoiceForm {
            invoice: &invoice.id,
            drawn: instant(invoice.issued),
            state: invoice.state().id(),
            usage: UsageForm::of(&invoice.usage),
            covered: Amount(invoice.usage.covered().map_err(out_of_range)?),
            due: Amount(invoice.due),
            charge_on: instant(invoice.charge_on),
            charging: invoice.charging.map(instant),
            action_required: invoice.action_required.map(instant),
            declined: declined.map(|(at, _)| instant(*at)),
            past_due: invoice.past_due.map(instant),
            code: declined.map(|(_, code)| &**code),
            paid: invoice.paid.map(instant),
        })
    }
}

#[derive(Serialize)]
struct ContractForm {
    plan: &'static str,
    credit_limit: Amount<Money>,
}

#[derive(Serialize)]
struct AccessForm<'a> {
    allowed: bool,
    status: u16,
    spendable: Amount<Money>,
    reasons: Vec<RefusalForm<'a>>,
}

#[derive(Serialize)]
struct TotalsForm {
    granted: Amount<Money>,
    bought: Amount<Money>,
    used: Amount<Money>,
    hosted: Amount<Money>,
    invoiced: Amount<Money>,
    paid: Amount<Money>,
    expired: Amount<Money>,
}

impl TotalsForm {
    fn of(account: &Account) -> TotalsForm {
        let totals = account.totals();
        TotalsForm {
            granted: Amount(totals.granted),
            bought: Amount(totals.bought),
            used: Amount(totals.used),
            hosted: Amount(totals.hosted),
            invoiced: Amount(totals.invoiced),
            paid: Amount(totals.paid),
            expired: Amount(totals.expired),
        }
    }
}
