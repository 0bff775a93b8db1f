//! Random events of every kind: well-formed each by itself, in an order that no history need have.

use super::{Chance, cents, money};
use billing::access::Plan;
use billing::account::{Card, Event, Happened, Id, LastFour, Payment};
use billing::card::{Expiry, Funding, Network};
use billing::deployment::Hosting;
use billing::invoice::Service;
use billing::money::{Charge, Money};
use billing::recharge::Hindrance;
use billing::time::Timestamp;

/// An event of any kind, about a few things, so that some of them meet.
pub(crate) fn event(chance: &mut Chance, at: Timestamp) -> Event {
    Event { at, happened: happened(chance) }
}

fn happened(chance: &mut Chance) -> Happened {
    let (purchase, invoice, deployment) = (purchase(chance), invoice(chance), deployment(chance));
    let code = || Id::from("generic_decline");
    match chance.below(31) {
        0 => Happened::CardHoldPlaced { card: card(chance) },
        1 => Happened::CardHoldDeclined { code: code() },
        2 => Happened::CardLinked { card: card(chance) },
        3 => Happened::AutoRechargeSet { amount: charge(chance), threshold: charge(chance) },
        4 => Happened::AutoRechargeCleared,
        5 => Happened::AutoRechargeStarted { amount: charge(chance), purchases: count(chance) },
        6 => Happened::AutoRechargePaused { purchase },
        7 => Happened::AutoRechargeWithheld { reason: chance.pick(Hindrance::ALL) },
        8 => Happened::BalanceLimitSet { limit: chance.one_in(2).then(|| amount(chance)) },
        9 | 10 => {
            let run = chance.pick(&[None, None, Some(1), Some(2), Some(u64::MAX)]);
            Happened::PurchaseStarted { purchase, amount: charge(chance), run }
        }
        11 => Happened::BankApproved { purchase },
        12 => {
            let payments = [Payment::Purchase(purchase), Payment::Invoice(invoice), Payment::Hold(None)];
            Happened::BankActionRequired { payment: chance.pick(&payments) }
        }
        13 => Happened::BankDeclined { purchase, code: code() },
        14 => Happened::PurchaseInvoiced { purchase },
        15 => Happened::BalanceUpdated { purchase },
        16 => Happened::TierSettled { spend: amount(chance) },
        17 | 18 => Happened::UsageRecorded {
            service: chance.pick(Service::ALL),
            model: chance.pick(&[None, Some(Id::from("another"))]),
            tokens: count(chance),
            cost: amount(chance),
            under_way: chance.one_in(2),
        },
        19 => Happened::FreeCreditsGranted { grant: chance.pick(&["g0", "g1", "g2"]).into(), amount: amount(chance) },
        20 => Happened::CreditsExpired { amount: amount(chance) },
        21 => Happened::DeploymentStarted {
            deployment,
            hosting: chance.pick(Hosting::ALL),
            model: None,
            hardware: None,
            per_minute: amount(chance),
        },
        22 => Happened::RequestRecorded { deployment },
        23 => Happened::DeploymentCharged { deployment, minutes: count(chance), cost: amount(chance) },
        24 => Happened::DeploymentStopped { deployment },
        25 => Happened::InvoiceDrawn { invoice, total: amount(chance), covered: amount(chance), due: charge(chance) },
        26 => Happened::InvoiceChargeStarted { invoice },
        27 => Happened::InvoicePaid { invoice },
        28 => Happened::InvoicePastDue { invoice, code: chance.pick(&[None, Some(code())]) },
        29 => Happened::InvoiceDeclined { invoice, code: code() },
        _ if chance.one_in(3) => Happened::ContractEnded,
        _ => Happened::ContractSigned { plan: Plan::Scale, credit_limit: amount(chance) },
    }
}

fn purchase(chance: &mut Chance) -> Id {
    chance.pick(&["k0", "k1", "k2", "auto-recharge-1", "auto-recharge-2"]).into()
}

fn invoice(chance: &mut Chance) -> Id {
    chance.pick(&["2025-11", "2025-12", "2026-01", "2026-02"]).into()
}

fn deployment(chance: &mut Chance) -> Id {
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
