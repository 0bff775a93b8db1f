//! AR · Auto-recharge: its rules, and its preview.

use crate::random::{Branch, Chance, Held, Law, Scene, cents, claim, hold, same};
use billing::id::PurchaseId;
use billing::ledger::{Command, Event, EventKind, decide};
use billing::money::Money;
use billing::policy::{Policy, Trigger};
use billing::rules::recharge::{RechargeBlock, Setting, preview};
use std::collections::BTreeMap;

/// Auto-recharge keeps to its rules: never two runs at once; after a decline no purchase of it begins until a setting is
/// saved or a card linked; while it is off none ever begins. Whenever its trigger holds and no run is under way, the
/// account says why.
#[test]
fn auto_recharge_keeps_to_its_rules() {
    hold::<Recharging>("auto_recharge_keeps_to_its_rules", 12_000);
}

#[derive(Default)]
struct Recharging {
    is_on: bool,
    is_paused: bool,
    runs: u64,
    run: Option<UnderWay>,
    /// The purchases of auto-recharge that have not ended.
    pending: BTreeMap<PurchaseId, u64>,
}

/// A run that has begun and not ended.
#[derive(Clone, Copy, Debug, PartialEq)]
struct UnderWay {
    number: u64,
    to_begin: u64,
    to_complete: u64,
}

impl Law for Recharging {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let Ok(decided) = scene.outcome else { return Ok(()) };
        decided.events.iter().try_for_each(|event| self.happened(event))?;
        let policy = scene.policies.at(scene.told.at).unwrap();
        let (account, recharge) = (&decided.account, decided.account.recharge());
        same("on", &recharge.setting.is_some(), &self.is_on)?;
        same("run", &recharge.run.map(|run| run.number), &self.run.map(|run| run.number))?;
        let Some(setting) = recharge.setting.filter(|_| recharge.run.is_none()) else { return Ok(()) };
        let projected =
            account.balance(scene.told.at).and_then(|balance| balance.checked_add(account.pending()?)).unwrap();
        if !triggers(policy, projected, setting) {
            return Ok(());
        }
        let (card, now) = (account.card(), scene.told.at);
        let hindrances = [
            (recharge.paused_by.is_some(), RechargeBlock::Paused),
            (card.is_none() && account.held_card().is_some(), RechargeBlock::HoldUnapproved),
            (card.is_none(), RechargeBlock::NoCard),
            (card.is_some_and(|card| card.expiry.has_passed(now)), RechargeBlock::CardExpired),
            (card.is_some_and(|card| card.recurring == Some(false)), RechargeBlock::CardNotRecurring),
            (setting.amount < policy.minimum_purchase, RechargeBlock::BelowMinimum),
        ];
        let hindrance = hindrances.into_iter().find_map(|(holds, hindrance)| holds.then_some(hindrance));
        claim(hindrance.is_some(), || "it should have bought".into())?;
        same("withheld", &recharge.withheld, &hindrance)
    }
}

impl Recharging {
    fn happened(&mut self, event: &Event) -> Held {
        match &event.kind {
            EventKind::AutoRechargeSet { .. } => (self.is_on, self.is_paused, self.run) = (true, false, None),
            EventKind::AutoRechargeCleared => (self.is_on, self.is_paused, self.run) = (false, false, None),
            EventKind::CardLinked { .. } => self.is_paused = false,
            EventKind::AutoRechargePaused { .. } => (self.is_paused, self.run) = (true, None),
            EventKind::AutoRechargeWithheld { .. } => self.run = None,
            EventKind::AutoRechargeStarted { purchases, .. } => {
                claim(self.is_on && !self.is_paused, || "a run began that must not".into())?;
                same("run under way", &self.run, &None)?;
                self.runs += 1;
                self.run = Some(UnderWay { number: self.runs, to_begin: *purchases, to_complete: *purchases });
            }
            EventKind::PurchaseStarted { purchase, run: Some(number), .. } => {
                claim(self.is_on && !self.is_paused, || "a purchase began that must not".into())?;
                let run = self.run.as_mut().filter(|run| run.number == *number && run.to_begin > 0);
                let run = run.ok_or("a purchase of no run, or more than it has")?;
                claim(run.to_begin == run.to_complete, || "it began before the one before it was complete".into())?;
                run.to_begin -= 1;
                self.pending.insert(purchase.clone(), *number);
            }
            EventKind::BalanceUpdated { purchase, .. } => {
                let number = self.pending.remove(purchase);
                if let Some(run) = self.run.as_mut().filter(|run| Some(run.number) == number) {
                    run.to_complete -= 1;
                }
                self.run = self.run.filter(|run| run.to_complete > 0);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a balance is at the trigger.
fn triggers(policy: &Policy, projected: Money, setting: Setting) -> bool {
    match policy.trigger {
        Trigger::Below => projected < setting.threshold.money(),
        Trigger::AtOrBelow => projected <= setting.threshold.money(),
    }
}

/// F1, F24: the preview equals what happens. For any account and any setting, as many purchases as the preview says are
/// made when all of them are approved, and balance, spend and total are what it said; another count than it said is refused.
/// The trigger holds before each purchase, and no more after the last.
#[test]
fn the_preview_equals_what_happens() {
    hold::<Previewed>("the_preview_equals_what_happens", 4_000);
}

#[derive(Default)]
struct Previewed;

impl Law for Previewed {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let (account, at) = (scene.after(), scene.told.at);
        if account.last().is_none_or(|last| at < last) || !chance.one_in(4) {
            return Ok(());
        }
        let Some(policy) = scene.policies.at(at) else { return Ok(()) };
        let Ok(advanced) = decide(scene.policies, account, at, &Command::Advance) else { return Ok(()) };
        let amount = cents(chance.pick(&[500, 1000, 2500, 3333]) + chance.below(300)).max(policy.minimum_purchase);
        let mut branch = Branch { policies: scene.policies, account: advanced.account, at };
        // On a balance of whole cents, a gap can be a whole number of steps.
        let parts =
            branch.projected().ceil_to_cents().and_then(|cents| cents.money().checked_sub(branch.projected())).unwrap();
        if parts.is_positive() && chance.one_in(2) {
            branch.tell(&Command::GrantFreeCredits { grant: "parts of a cent".into(), amount: parts })?;
        }
        let balance = branch.projected();
        let near =
            amount.money().times(chance.below(6)).and_then(|gap| gap.checked_add(balance)).unwrap().floor_to_cents();
        let threshold = if chance.one_in(2) && near < cents(1_000_000) { near } else { cents(chance.below(60_000)) };
        let setting = Setting { amount, threshold };
        let set = |purchases| Command::SetAutoRecharge { amount: Some(amount), threshold, purchases: Some(purchases) };
        // A new card may let the setting before buy, which the preview then counts as pending.
        branch.link_chargeable_card();
        let question = branch.account.recharge_question(policy, at, setting).unwrap();
        let seen = preview(policy, &question).unwrap();
        if seen.purchases > 60 {
            return Ok(());
        }
        let other = branch.ask(&set(seen.purchases + 1)).unwrap_err();
        same("another count", &other, &vec!["recharge.preview_outdated"])?;
        let before = branch.account.purchases().len();
        branch.tell(&set(seen.purchases))?;
        for number in 1..=seen.purchases {
            let place = before + usize::try_from(number - 1).unwrap();
            let purchase = branch.account.purchases().get(place).ok_or(format!("purchase {number} is not made"))?;
            same("amount", &purchase.amount, &amount)?;
            let key = purchase.key.clone();
            let without = branch.projected().checked_sub(amount.money()).unwrap();
            claim(triggers(policy, without, setting), || format!("purchase {number} at a balance of {without}"))?;
            branch.complete(&key)?;
            let step = seen.step(number).ok_or("the preview has no such step")?;
            // The next purchase of the run has begun already.
            let next = if number < seen.purchases { amount.money() } else { Money::ZERO };
            same("balance after it", &branch.projected(), &step.balance_after.checked_add(next).unwrap())?;
        }
        same("purchases", &(branch.account.purchases().len() - before), &usize::try_from(seen.purchases).unwrap())?;
        same("balance", &branch.projected(), &seen.balance_after)?;
        claim(!triggers(policy, branch.projected(), setting), || "it stopped too early".into())?;
        same("total", &seen.total, &amount.money().times(seen.purchases).unwrap())?;
        let spend = question.lifetime_spend.checked_add(seen.total).unwrap();
        same("spend", &branch.account.lifetime_spend().unwrap(), &spend)?;
        same("spend as previewed", &seen.lifetime_spend_after, &spend)
    }
}
