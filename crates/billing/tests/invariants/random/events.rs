//! Random events of every kind: well-formed each by itself, in an order that no history need have.

use super::{Chance, cents, money};
use billing::id::{DeclineCode, DeploymentId, InvoiceId, LastFour, ModelId, PurchaseId};
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::ledger::{Actor, Event, EventKind, Payment, TierEffect};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::rules::access::Plan;
use billing::rules::recharge::RechargeBlock;
use billing::time::Timestamp;

/// An event of any kind, about a few things, so that some of them meet.
pub(crate) fn event(chance: &mut Chance, at: Timestamp) -> Event {
    Event { at, kind: random_kind(chance) }
}

fn random_kind(chance: &mut Chance) -> EventKind {
    let (purchase, invoice, deployment) = (purchase(chance), invoice(chance), deployment(chance));
    let code = || DeclineCode::from("generic_decline");
    match chance.below(31) {
        0 => EventKind::CardHoldPlaced { card: card(chance) },
        1 => EventKind::CardHoldDeclined { code: code() },
        2 => EventKind::CardLinked { card: card(chance), by: Actor::Customer },
        3 => EventKind::AutoRechargeSet { amount: charge(chance), threshold: charge(chance) },
        4 => EventKind::AutoRechargeCleared,
        5 => EventKind::AutoRechargeStarted { amount: charge(chance), purchases: count(chance) },
        6 => EventKind::AutoRechargePaused { purchase },
        7 => EventKind::AutoRechargeWithheld { reason: chance.pick(RechargeBlock::ALL) },
        8 => EventKind::BalanceLimitSet { limit: chance.one_in(2).then(|| amount(chance)) },
        9 | 10 => {
            let run = chance.pick(&[None, None, Some(1), Some(2), Some(u64::MAX)]);
            EventKind::PurchaseStarted { purchase, amount: charge(chance), run }
        }
        11 => EventKind::BankApproved { purchase },
        12 => {
            let payments = [Payment::Purchase(purchase), Payment::Invoice(invoice), Payment::Hold(None)];
            EventKind::BankActionRequired { payment: chance.pick(&payments) }
        }
        13 => EventKind::BankDeclined { purchase, code: code() },
        14 => EventKind::PurchaseInvoiced { purchase },
        15 => EventKind::BalanceUpdated { purchase, expires: expires(chance), tier: chance.pick(TierEffect::ALL) },
        16 => EventKind::TierSettled { spend: amount(chance) },
        17 | 18 => EventKind::UsageRecorded {
            service: chance.pick(Service::ALL),
            model: chance.pick(&[None, Some(ModelId::from("another"))]),
            tokens: count(chance),
            cost: amount(chance),
            under_way: chance.one_in(2),
            free: amount(chance),
            purchased: amount(chance),
        },
        19 => EventKind::FreeCreditsGranted {
            grant: chance.pick(&["g0", "g1", "g2"]).into(),
            amount: amount(chance),
            expires: expires(chance),
        },
        20 => EventKind::CreditsExpired { amount: amount(chance) },
        21 => EventKind::DeploymentStarted {
            deployment,
            hosting: chance.pick(Hosting::ALL),
            model: None,
            hardware: None,
            per_minute: amount(chance),
        },
        22 => EventKind::RequestRecorded { deployment },
        23 => EventKind::DeploymentCharged {
            deployment,
            minutes: count(chance),
            cost: amount(chance),
            free: amount(chance),
            purchased: amount(chance),
        },
        24 => EventKind::DeploymentStopped { deployment },
        25 => EventKind::InvoiceIssued {
            invoice,
            total: amount(chance),
            covered: amount(chance),
            due: charge(chance),
            charge_on: instant(chance),
        },
        26 => EventKind::InvoiceChargeStarted { invoice, by: chance.pick(&[Actor::Customer, Actor::Clock]) },
        27 => EventKind::InvoicePaid { invoice, tier: chance.pick(TierEffect::ALL) },
        28 => EventKind::InvoicePastDue { invoice, code: chance.pick(&[None, Some(code())]) },
        29 => EventKind::InvoiceDeclined { invoice, code: code() },
        _ if chance.one_in(3) => EventKind::ContractEnded,
        _ => EventKind::ContractSigned { plan: Plan::Scale, credit_limit: amount(chance) },
    }
}

fn purchase(chance: &mut Chance) -> PurchaseId {
    chance.pick(&["k0", "k1", "k2", "auto-recharge-1", "auto-recharge-2"]).into()
}

fn invoice(chance: &mut Chance) -> InvoiceId {
    chance.pick(&["2025-11", "2025-12", "2026-01", "2026-02"]).into()
}

fn deployment(chance: &mut Chance) -> DeploymentId {
    chance.pick(&["d0", "d1"]).into()
}

fn count(chance: &mut Chance) -> u64 {
    chance.pick(&[0, 1, 2, 60, 1440, u64::MAX])
}

fn amount(chance: &mut Chance) -> Money {
    money(chance.pick(&["0", "5", "25", "0.01", "0.000000000001", "1000000000000000", "-3", "10"]))
}

fn charge(chance: &mut Chance) -> Charge {
    if chance.one_in(12) { Charge::parse("1000000000000000").unwrap() } else { cents(chance.pick(&[0, 500, 2500])) }
}

fn card(chance: &mut Chance) -> Card {
    Card {
        token: "tok".into(),
        fingerprint: "fp".into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry: Expiry { year: chance.pick(&[0, 2025, 2026, u16::MAX]), month: chance.pick(&[0, 1, 12, u8::MAX]) },
        funding: Funding::Credit,
        recurring: chance.pick(&[None, Some(true), Some(false)]),
        address: None,
        address_match: None,
        security_code_match: None,
        authorises_each: false,
        tax_id: None,
    }
}

fn instant(chance: &mut Chance) -> Timestamp {
    let days = chance.below(400);
    Timestamp::parse("2025-11-01T00:00:00Z").unwrap().plus_seconds(days * 86_400).unwrap()
}

fn expires(chance: &mut Chance) -> Option<Timestamp> {
    chance.one_in(2).then(|| instant(chance))
}
