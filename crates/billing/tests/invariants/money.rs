//! Money and credits: conserved, used once, within the limit, counted as spend.

use crate::random::{Chance, Held, Law, Scene, claim, hold, money, same, sum};
use billing::ledger::{Account, CreditKind, Event, EventKind, InvoiceState, Lot, Service, Stage};
use billing::money::Money;
use billing::policy::Policies;

/// Money is conserved to the last decimal. What was granted, bought and billed is what was used, has expired and is on the
/// balance; so it is lot by lot; and what an invoice covers, bills and carries over is what it was drawn for.
#[test]
fn money_is_conserved() {
    hold::<Conserved>("money_is_conserved", 12_000);
}

#[derive(Default)]
struct Conserved;

impl Law for Conserved {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let account = scene.after();
        let (credits, totals) = (account.credits(), account.totals());
        let balance = credits.balance().unwrap();
        let came_in = sum([totals.granted, totals.bought, totals.invoiced]);
        same("ledger", &came_in, &sum([totals.used, totals.expired, balance]))?;
        if chance.one_in(8) { Conserved::in_detail(account) } else { Ok(()) }
    }

    fn end(&mut self, _: &Policies, account: &Account) -> Held {
        Conserved::in_detail(account)
    }
}

impl Conserved {
    fn in_detail(account: &Account) -> Held {
        let (credits, totals) = (account.credits(), account.totals());
        let lots = credits.lots();
        for lot in lots {
            same("lot", &lot.amount, &sum([lot.used, lot.expired, lot.left()]))?;
            let parts = [lot.used, lot.expired, lot.left()];
            claim(!parts.into_iter().any(Money::is_negative), || format!("less than nothing of {lot:?}"))?;
        }
        let of = |kind, part: fn(&Lot) -> Money| sum(lots.iter().filter(|lot| lot.kind == kind).map(part));
        same("granted", &totals.granted, &of(CreditKind::Free, |lot| lot.amount))?;
        same("bought", &totals.bought, &of(CreditKind::Purchased, |lot| lot.amount))?;
        same("free", &credits.free(), &of(CreditKind::Free, Lot::left))?;
        same("purchased", &credits.purchased(), &of(CreditKind::Purchased, Lot::left))?;
        same("expired", &totals.expired, &sum(lots.iter().map(|lot| lot.expired)))?;
        let paid_by_credits = sum(lots.iter().map(|lot| lot.used));
        same("used", &totals.used, &sum([paid_by_credits, totals.invoiced, credits.owed()]))?;
        let left = credits.free().checked_add(credits.purchased()).unwrap();
        claim(!left.is_positive() || !credits.owed().is_positive(), || {
            "credits are left while something is owed".into()
        })?;
        Conserved::invoices(account)
    }

    fn invoices(account: &Account) -> Held {
        let mut carried = Money::ZERO;
        let open = account.usage();
        let usages = account.invoices().iter().map(|invoice| (&invoice.usage, invoice.due.money()));
        let mut used = Money::ZERO;
        for invoice in account.invoices() {
            same("shortfall", &invoice.usage.shortfall().unwrap(), &invoice.due)?;
        }
        same("uncovered", &open.uncovered().unwrap(), &account.credits().owed())?;
        for (usage, due) in usages.chain([(open, Money::ZERO)]) {
            same("carried in", &usage.carried_in, &carried)?;
            let [services, deployments] = [
                sum(usage.services.values().map(|tally| tally.cost)),
                sum(usage.deployments.values().map(|hosted| hosted.cost)),
            ];
            same("total", &usage.total, &sum([services, deployments]))?;
            used = sum([used, usage.total]);
            let owed = usage.total.checked_add(carried).unwrap();
            carried = owed.checked_sub(usage.covered().unwrap()).and_then(|rest| rest.checked_sub(due)).unwrap();
            claim(!carried.is_negative(), || format!("{carried} is carried over"))?;
            same("hosted", &usage.hosted().unwrap(), &deployments)?;
        }
        same("used on invoices", &account.totals().used, &used)?;
        same("owed", &account.credits().owed(), &carried)?;
        let last_carried = open.carried_in;
        claim(last_carried < money("0.01"), || format!("{last_carried} was not billed"))?;
        let hosted = account.deployments().iter().map(|it| it.per_minute.times(it.charged_minutes).unwrap());
        same("hosted", &account.totals().hosted, &sum(hosted))
    }
}

/// No credit is used twice. What is used of a lot never falls, and with what has expired of it never exceeds it; every cost
/// is met once, by credits or by what is owed; and no credit expires that has been used, though it was not charged yet.
#[test]
fn no_credit_is_used_twice() {
    hold::<UsedOnce>("no_credit_is_used_twice", 12_000);
}

struct UsedOnce(Account);

impl Default for UsedOnce {
    fn default() -> UsedOnce {
        UsedOnce(Account::NEW)
    }
}

impl Law for UsedOnce {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let events = scene.outcome.as_ref().map_or(&[][..], |decided| &decided.events);
        for event in events {
            let (lots, met) = (self.0.credits().lots().to_vec(), self.met());
            if matches!(event.kind, EventKind::CreditsExpired { .. }) {
                same("uncharged at an expiry", &self.0.uncharged(event.at).unwrap(), &Money::ZERO)?;
            }
            self.0.apply(event).unwrap();
            let now = self.0.credits().lots();
            claim(now.len() >= lots.len(), || "a lot is gone".into())?;
            for (before, after) in lots.iter().zip(now) {
                let grown = after.used >= before.used && after.expired >= before.expired;
                let same = Lot { used: before.used, expired: before.expired, ..*after } == *before;
                let within = after.used.checked_add(after.expired).unwrap() <= after.amount;
                claim(grown && same && within, || format!("{before:?} became {after:?}"))?;
            }
            let cost = match &event.kind {
                EventKind::UsageRecorded { cost, .. } | EventKind::DeploymentCharged { cost, .. } => *cost,
                _ => Money::ZERO,
            };
            same("met", &self.met(), &met.checked_add(cost).unwrap())?;
        }
        Ok(())
    }
}

impl UsedOnce {
    /// What credits have paid, invoices have asked for, and is owed.
    fn met(&self) -> Money {
        let credits = self.0.credits();
        let paid = sum(credits.lots().iter().map(|lot| lot.used));
        sum([paid, self.0.totals().invoiced, credits.owed()])
    }
}

/// The balance never passes its limit but by usage that was under way and by deployments that were running: what else is
/// used saw a balance above the limit just before, and a job or a deployment that starts can be paid.
#[test]
fn the_balance_passes_its_limit_only_by_usage_under_way() {
    hold::<Limited>("the_limit_holds", 12_000);
}

struct Limited(Account);

impl Default for Limited {
    fn default() -> Limited {
        Limited(Account::NEW)
    }
}

impl Law for Limited {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let events = scene.outcome.as_ref().map_or(&[][..], |decided| &decided.events);
        for event in events {
            self.before(scene.policies, event)?;
            self.0.apply(event).unwrap();
        }
        Ok(())
    }
}

impl Limited {
    fn before(&self, policies: &Policies, event: &Event) -> Held {
        let policy = policies.at(event.at).unwrap();
        let (needed, cost) = match event.kind {
            EventKind::UsageRecorded { service: Service::Serverless, cost, under_way: false, .. } => {
                (Money::ZERO, cost)
            }
            EventKind::UsageRecorded { cost, under_way: false, .. } => (cost, cost),
            EventKind::DeploymentStarted { per_minute, .. } => {
                (per_minute.times(policy.deployment_covered_minutes).unwrap(), Money::ZERO)
            }
            _ => return Ok(()),
        };
        claim(!cost.is_negative() && !needed.is_negative(), || format!("{cost} was used"))?;
        let snapshot = self.0.snapshot(policy, event.at).unwrap();
        let limit = snapshot.credit_limit(policy).unwrap().in_force;
        let above = snapshot.balance.checked_add(limit).unwrap();
        claim(above.is_positive() && above >= needed, || {
            format!("{:?} at a balance of {} with a limit of {limit}", event.kind, snapshot.balance)
        })?;
        let suspended = policy.past_due_suspends && snapshot.past_due.is_positive();
        claim(!suspended, || "used while an invoice is past due".into())?;
        let access = snapshot.contract.is_some() || snapshot.lifetime_spend >= policy.minimum_spend;
        claim(access, || "used without a purchase".into())
    }
}

/// Lifetime spend is what completed purchases and paid invoices come to; the spend that has become a tier is never more.
#[test]
fn spend_is_purchases_and_paid_invoices() {
    hold::<Spent>("spend_is_purchases_and_paid_invoices", 12_000);
}

#[derive(Default)]
struct Spent;

impl Law for Spent {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let account = scene.after();
        let bought = account.purchases().iter().filter(|purchase| purchase.stage() == Stage::Completed);
        let paid = account.invoices().iter().filter(|invoice| invoice.state() == InvoiceState::Paid);
        let bought = bought.map(|purchase| purchase.amount.money());
        let spend = account.lifetime_spend().unwrap();
        same("spend", &spend, &sum(bought.chain(paid.map(|invoice| invoice.due.money()))))?;
        let settled = account.settled_spend();
        claim(settled <= spend, || format!("{settled} has settled of {spend}"))?;
        claim(account.settling_since().is_some() || settled == spend, || format!("{settled} of {spend} settles not"))
    }
}
