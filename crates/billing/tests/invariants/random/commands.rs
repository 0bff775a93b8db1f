//! Random commands: mostly what a customer, a processor and time would do, and at times what nobody should.

use super::{Chance, cents, money, smallest};
use billing::id::{DeploymentId, HardwareId, InvoiceId, LastFour, ModelId};
use billing::ledger::Hosting;
use billing::ledger::Stage;
use billing::ledger::{Account, Command, Payment};
use billing::ledger::{InvoiceState, Service};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::rules::access::Plan;
use billing::time::Timestamp;

/// Another instant: often the same one or soon after, at times exactly at or beside a midnight, a month's end, a charge, an
/// expiry or a change of policy, seldom months later, and once in a while in the past.
pub(crate) fn later(chance: &mut Chance, policies: &Policies, account: &Account, now: Timestamp) -> Timestamp {
    const SECOND: i128 = 1_000_000_000;
    const DAY: u64 = 86_400;
    let seconds = |count: u64| i128::from(count) * SECOND;
    let today = now.date();
    let to =
        |instant: Option<Timestamp>| instant.map_or(0, |instant| instant.unix_nanoseconds() - now.unix_nanoseconds());
    let midnight = today.next().map(billing::time::Date::start);
    let month = |months| today.first_of_month_after(months);
    let beside = |chance: &mut Chance, step: i128| step + chance.pick(&[-1, 0, 0, 0, 0, 1]);
    let step = match chance.weighted(&[300, 30, 200, 60, 120, 100, 60, 50, 20, 15, 15, 15, 5, 5]) {
        0 => 0,
        1 => 1,
        2 => seconds(chance.below(90)) + chance.pick(&[0, 0, 1, 999_999_999]),
        3 => seconds(60),
        4 => seconds(chance.from(60, 1200)),
        5 => seconds(chance.from(1200, DAY)),
        6 => beside(chance, to(midnight)),
        7 => seconds(chance.from(DAY, 10 * DAY)),
        8 => beside(chance, to(month(1).map(billing::time::Date::start))),
        9 => {
            let charges = account.invoices().last().map(|invoice| invoice.charge_on).filter(|charge| *charge > now);
            let third = month(1).and_then(|month| month.with_day(3)).map(billing::time::Date::start);
            beside(chance, to(charges.or(third)))
        }
        10 => beside(chance, to(account.credits().next_expiry())),
        11 => beside(chance, to(policies.next_change(now))),
        12 => seconds(chance.from(20 * DAY, 150 * DAY)),
        _ => -chance.pick(&[1, SECOND, seconds(DAY)]),
    };
    Timestamp::from_unix_nanoseconds(now.unix_nanoseconds() + step).unwrap_or(now)
}

/// A command that fits the account more often than not. A hostile history has amounts that no customer would choose.
pub(crate) fn command(
    chance: &mut Chance,
    policies: &Policies,
    account: &Account,
    now: Timestamp,
    hostile: bool,
) -> Command {
    let weights = [40, 40, 6, 15, 80, 230, 60, 25, 40, 210, 25, 35, 20, 30, 25, 10, 8, 60];
    match chance.weighted(&weights) {
        0 => link_card(chance, now),
        1 => Command::SetAutoRecharge {
            amount: (!chance.one_in(3)).then(|| charge(chance, hostile)),
            threshold: if chance.one_in(4) { cents(0) } else { threshold(chance, account, now, hostile) },
            purchases: chance.pick(&[None, None, None, Some(0), Some(1), Some(2)]),
        },
        2 => Command::ClearAutoRecharge,
        3 => {
            Command::SetBalanceLimit { limit: chance.one_in(2).then(|| cost(chance, policies, account, now, hostile)) }
        }
        4 => {
            let known = account.purchases().len();
            let key = if known > 0 && chance.one_in(5) {
                account.purchases()[chance.place(known)].key.clone()
            } else if chance.one_in(50) {
                id("auto-recharge-", 1000)
            } else {
                id("k", known)
            };
            let amount = account.purchase(&key).map(|purchase| purchase.amount).filter(|_| !chance.one_in(4));
            let amount = amount.unwrap_or_else(|| charge(chance, hostile));
            Command::BuyCredits { key, amount, another: chance.pick(&[None, Some(false), Some(true), Some(true)]) }
        }
        5 => right_answer(chance, account).unwrap_or(Command::Advance),
        6 => any_answer(chance, account),
        7 => {
            let waiting = account.held_card().map(|card| card.token.clone());
            let payment = Payment::Hold(chance.pick(&[None, waiting, Some("tok_replaced".into())]));
            match chance.below(5) {
                0 => Command::BankRequiresAction { payment },
                1 => Command::BankDeclines { payment, code: "generic_decline".into() },
                _ => Command::BankApproves { payment },
            }
        }
        8 => Command::TierSettled,
        9 => Command::RecordUsage {
            service: chance.pick(&[Service::Serverless, Service::Serverless, Service::FineTuning, Service::Evaluation]),
            model: model(chance),
            tokens: chance
                .pick(&[None, Some(0), Some(1200), Some((1 << 53) - 1)])
                .filter(|tokens| hostile || *tokens < 9999),
            cost: cost(chance, policies, account, now, hostile),
            under_way: chance.pick(&[None, None, None, Some(false), Some(true)]),
        },
        10 => {
            let known = account.events() % 40;
            let grant = if chance.one_in(3) { chance.below(known + 1) } else { known };
            let amount = chance.pick(&["5", "0.000001", "20.005", "100", "0.01", "0"]);
            let huge = hostile && chance.one_in(6);
            let amount = if huge { hostile_money(chance) } else { money(amount) };
            Command::GrantFreeCredits { grant: id("g", grant), amount }
        }
        11 => {
            let known = account.deployments().len();
            let number = if known > 0 && chance.one_in(5) { chance.place(known) } else { known };
            let per_minute = chance.pick(&["0", "0.01", "0.0333", "0.000000000001", "0.083333333333", "1.5", "40"]);
            let huge = hostile && chance.one_in(6);
            Command::StartDeployment {
                deployment: id("d", number),
                hosting: chance.pick(Hosting::ALL),
                model: model(chance),
                hardware: chance.pick(&[None, Some(HardwareId::from("h100"))]),
                per_minute: if huge { hostile_money(chance) } else { money(per_minute) },
            }
        }
        12 => Command::RecordRequest { deployment: deployment(chance, account) },
        13 => Command::StopDeployment { deployment: deployment(chance, account) },
        14 => Command::PayInvoice { invoice: invoice(chance, account) },
        15 => Command::SignContract {
            plan: chance.pick(&[Plan::Scale, Plan::Enterprise]),
            credit_limit: if hostile && chance.one_in(8) {
                hostile_money(chance)
            } else {
                money(chance.pick(&["0", "500", "10000"]))
            },
        },
        16 => Command::EndContract,
        _ => Command::Advance,
    }
}

fn id<T: From<String>>(kind: &str, number: impl std::fmt::Display) -> T {
    format!("{kind}{number}").into()
}

fn model(chance: &mut Chance) -> Option<ModelId> {
    let models = [None, None, None, Some("flux.1-dev"), Some("flux.1-pro"), Some("another")];
    chance.pick(&models).map(ModelId::from)
}

/// A running deployment mostly, any at times, and one that there is not.
fn deployment(chance: &mut Chance, account: &Account) -> DeploymentId {
    let running: Vec<&DeploymentId> = account.running().map(|deployment| &deployment.id).collect();
    let known = account.deployments().len();
    match chance.below(8) {
        0 => "unknown".into(),
        1 if known > 0 => account.deployments()[chance.place(known)].id.clone(),
        _ if !running.is_empty() => running[chance.place(running.len())].clone(),
        _ => "d0".into(),
    }
}

/// An invoice that something is due on mostly, any at times, and one that there is not.
fn invoice(chance: &mut Chance, account: &Account) -> InvoiceId {
    let open: Vec<&InvoiceId> =
        account.invoices().iter().filter(|it| it.unpaid().is_positive()).map(|it| &it.id).collect();
    let known = account.invoices().len();
    match chance.below(8) {
        0 => "1970-01".into(),
        1 if known > 0 => account.invoices()[chance.place(known)].id.clone(),
        _ if !open.is_empty() => open[chance.place(open.len())].clone(),
        _ => "2025-11".into(),
    }
}

/// What the processor says of a purchase or an invoice that waits for it.
fn right_answer(chance: &mut Chance, account: &Account) -> Option<Command> {
    let charging: Vec<&InvoiceId> = account
        .invoices()
        .iter()
        .rev()
        .take(12)
        .filter(|invoice| invoice.state() == InvoiceState::Charging)
        .map(|invoice| &invoice.id)
        .collect();
    if !charging.is_empty() && chance.one_in(2) {
        let invoice = charging[chance.place(charging.len())].clone();
        return Some(of_the_bank(chance, Payment::Invoice(invoice)));
    }
    let pending: Vec<_> = account.pending_purchases().collect();
    if pending.is_empty() {
        return None;
    }
    let purchase = pending[chance.place(pending.len())];
    let key = purchase.key.clone();
    Some(match purchase.stage() {
        Stage::Invoice => Command::InvoiceGenerated { purchase: key },
        Stage::Balance => Command::BalanceUpdated { purchase: key },
        _ => of_the_bank(chance, Payment::Purchase(key)),
    })
}

fn of_the_bank(chance: &mut Chance, payment: Payment) -> Command {
    match chance.below(10) {
        0 => Command::BankRequiresAction { payment },
        1 => Command::BankDeclines { payment, code: chance.pick(&["insufficient_funds", "expired_card"]).into() },
        _ => Command::BankApproves { payment },
    }
}

/// What a processor might say out of order, twice, or of something that there is not.
fn any_answer(chance: &mut Chance, account: &Account) -> Command {
    let known = account.purchases().len();
    let recent = known.saturating_sub(4);
    let key = if known > 0 && !chance.one_in(10) {
        account.purchases()[recent + chance.place(known - recent)].key.clone()
    } else {
        "unknown".into()
    };
    match chance.below(8) {
        0 | 1 => Command::InvoiceGenerated { purchase: key },
        2 | 3 => Command::BalanceUpdated { purchase: key },
        4 | 5 => of_the_bank(chance, Payment::Purchase(key)),
        _ => {
            let invoice = invoice(chance, account);
            of_the_bank(chance, Payment::Invoice(invoice))
        }
    }
}

fn hostile_money(chance: &mut Chance) -> Money {
    money(chance.pick(&["1000000000000000", "999999999999999.999999999999", "-1", "-0.000000000001", "70000000000000"]))
}

fn charge(chance: &mut Chance, hostile: bool) -> Charge {
    if hostile && chance.one_in(10) {
        return Charge::parse(chance.pick(&["1000000000000000", "0", "999999999999999.99"])).unwrap();
    }
    match chance.below(8) {
        0 => cents(chance.from(1, 500)),
        1 => cents(chance.from(500, 30_000)),
        2 => cents(100_000),
        _ => cents(chance.pick(&[500, 500, 1000, 2500, 2500, 4500, 5000, 10_000, 499, 25_000])),
    }
}

/// A threshold, often close to what the balance is.
fn threshold(chance: &mut Chance, account: &Account, now: Timestamp, hostile: bool) -> Charge {
    let balance = account.balance(now).unwrap_or(Money::ZERO).floor_to_cents();
    match chance.below(5) {
        0 if balance < cents(50_000) => balance,
        1 if balance < cents(50_000) => Charge::of(balance.money().checked_add(money("0.01")).unwrap()).unwrap(),
        2 if hostile && chance.one_in(8) => Charge::parse("1000000000000000").unwrap(),
        _ => cents(chance.pick(&[100, 500, 1000, 2000, 5000, 12_345])),
    }
}

/// A cost: small mostly, and often exactly what is left, or a unit beside it.
fn cost(chance: &mut Chance, policies: &Policies, account: &Account, now: Timestamp, hostile: bool) -> Money {
    if hostile && chance.one_in(10) {
        return hostile_money(chance);
    }
    let pico = smallest();
    let exact = |account: &Account| {
        let snapshot = account.snapshot(policies.at(now)?, now).ok()?;
        let limit = snapshot.credit_limit(policies.at(now)?).ok()?.in_force;
        Some((snapshot.balance.max(Money::ZERO), snapshot.balance.checked_add(limit).ok()?.max(Money::ZERO)))
    };
    let most = money("2000");
    match (chance.below(12), exact(account)) {
        (0, Some((balance, _))) if balance < most => balance,
        (1, Some((_, spendable))) if spendable < most => spendable,
        (2, Some((_, spendable))) if spendable < most => spendable.checked_add(pico).unwrap(),
        (3, Some((balance, _))) if balance.is_positive() && balance < most => balance.checked_sub(pico).unwrap(),
        (4, _) => pico.times(chance.from(0, 1_000_000_000_000)).unwrap(),
        (5, _) => money("0"),
        (6, _) => cents(chance.from(1, 4000)).money(),
        _ => money(chance.pick(&["0.0000018", "0.10", "1", "3.33", "0.005", "0.019999999999", "7.77", "20"])),
    }
}

fn link_card(chance: &mut Chance, now: Timestamp) -> Command {
    let number = chance.below(4);
    let (year, month) = now.date().year_and_month();
    let expiry = match chance.below(6) {
        0 => Expiry { year, month },
        1 => Expiry { year: year + u16::from(month == 12), month: month % 12 + 1 },
        2 if chance.one_in(4) => Expiry { year: year - 1, month },
        _ => Expiry { year: year + 4, month },
    };
    let odd = chance.one_in(8);
    let [networks, funding] = [odd && chance.one_in(3), odd && chance.one_in(3)];
    let card = Card {
        token: if odd && chance.one_in(8) { "4242424242424242".into() } else { id("tok_", number) },
        fingerprint: id("fp_", number),
        network: if networks { chance.pick(Network::ALL) } else { Network::Visa },
        last4: LastFour(*b"4242"),
        expiry,
        funding: if funding { chance.pick(Funding::ALL) } else { Funding::Credit },
        recurring: chance.pick(&[Some(true), Some(true), Some(true), None, Some(false)]),
        address: if odd && chance.one_in(3) { None } else { Some(address(chance, number)) },
        address_match: chance.pick(&[None, Some(true), Some(!odd)]),
        security_code_match: chance.pick(&[None, Some(true), Some(!odd)]),
        authorises_each: chance.one_in(5),
        tax_id: None,
    };
    Command::LinkCard { card, hold: chance.pick(&[None, Some(false), None, Some(true)]) }
}

/// A card's own address mostly.
fn address(chance: &mut Chance, card: u64) -> PostalAddress {
    let house = if chance.one_in(10) { chance.below(3) } else { card };
    PostalAddress {
        line1: format!("{house} Main St"),
        line2: String::new(),
        city: "Springfield".into(),
        region: "IL".into(),
        postal_code: "62701".into(),
        country: "US".into(),
    }
}
