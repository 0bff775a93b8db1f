//! What the dialog's three fields would do: judged by the rules, worded for the buttons.

use super::stairs::Stairs;
use crate::amounts::{charge, count, dollars};
use crate::example::Example;
use crate::parts::told::Told;
use billing::access::{Request, Snapshot, decide};
use billing::clause::Clause;
use billing::credit::{AmountError, purchase_amount};
use billing::money::{Charge, Money, MoneyError};
use billing::policy::Policy;
use billing::recharge::{Question, Setting, SettingError, Warning, preview};
use billing::tier::Tier;

/// The fields, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) purchase: String,
    pub(crate) amount: String,
    pub(crate) threshold: String,
}

impl Entry {
    pub(crate) fn new(purchase: Option<Charge>, saved: Option<Setting>) -> Entry {
        let written = |amount: Option<Charge>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        Entry {
            purchase: written(purchase),
            amount: written(saved.map(|saved| saved.amount)),
            threshold: written(saved.map(|saved| saved.threshold)),
        }
    }
}

/// What the fields come to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) purchase: Result<Option<Charge>, AmountError>,
    pub(crate) setting: Result<Option<Setting>, SettingError>,
    pub(crate) change: Change,
    /// The account after the purchase alone.
    pub(crate) after: After,
    /// What auto-recharge does with that account.
    pub(crate) run: Option<Run>,
}

/// What becomes of the saved setting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    None,
    Off,
    On(Setting),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct After {
    pub(crate) balance: Money,
    pub(crate) lifetime_spend: Money,
    pub(crate) tier: Tier,
}

/// AR-4: what a setting buys at once.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) setting: Setting,
    pub(crate) purchases: u64,
    pub(crate) total: Money,
    pub(crate) after: After,
    /// AR-6: whether there can be a card that these purchases are charged to.
    pub(crate) can_buy: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) stairs: Stairs,
}

impl Run {
    /// `5 × $25.00`.
    fn times(&self) -> String {
        match self.purchases {
            1 => charge(self.setting.amount),
            purchases => format!("{} × {}", count(purchases), charge(self.setting.amount)),
        }
    }
}

impl Plan {
    pub(crate) fn of(policy: &Policy, example: &Example, entry: &Entry) -> Plan {
        let typed = entry.purchase.trim();
        let purchase = match typed {
            "" => Ok(None),
            typed => {
                Charge::parse(typed).map_err(AmountError::Money).and_then(|it| purchase_amount(policy, it)).map(Some)
            }
        };
        let setting = Setting::from_fields(policy, &entry.amount, &entry.threshold);
        let mut bought = example.clone();
        let purchase = match purchase {
            Ok(Some(amount)) => bought.buy(amount.money()).map(|()| Some(amount)).map_err(AmountError::Money),
            other => other,
        };
        let run = setting.ok().flatten().and_then(|setting| run(policy, &bought, setting));
        let change = match setting {
            Ok(None) if example.recharge.is_some() => Change::Off,
            Ok(Some(setting)) if example.recharge != Some(setting) => Change::On(setting),
            // Saved already, but it buys now.
            Ok(Some(setting)) if run.as_ref().is_some_and(|run| run.purchases > 0 && run.can_buy) => {
                Change::On(setting)
            }
            _ => Change::None,
        };
        let account = bought.account();
        let tier = tier_of(policy, &bought, account.lifetime_spend);
        let after = After { balance: account.balance, lifetime_spend: account.lifetime_spend, tier };
        Plan { purchase, setting, change, after, run }
    }

    /// The purchases that saving the setting brings at once.
    pub(crate) fn at_once(&self) -> Option<&Run> {
        let run = self.run.as_ref().filter(|run| run.purchases > 0 && run.can_buy);
        run.filter(|_| matches!(self.change, Change::On(_)))
    }

    fn bought(&self) -> Option<Charge> {
        self.purchase.ok().flatten()
    }

    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.purchase == Ok(None) && self.setting.is_ok() && self.change == Change::None
    }

    /// What the button says: what happens, and what it costs.
    pub(crate) fn label(&self) -> String {
        let run = self.at_once().map(Run::times);
        match (self.bought().map(charge), self.change, run) {
            (None, Change::None, _) => "Buy credits".to_owned(),
            (None, Change::Off, _) => "Turn off auto-recharge".to_owned(),
            (None, Change::On(_), None) => "Save auto-recharge".to_owned(),
            (None, Change::On(_), Some(run)) => format!("Save and buy {run} now"),
            (Some(amount), Change::None, _) => format!("Buy {amount}"),
            (Some(amount), Change::Off, _) => format!("Buy {amount} and turn off auto-recharge"),
            (Some(amount), Change::On(_), None) => format!("Buy {amount} and save auto-recharge"),
            (Some(amount), Change::On(_), Some(run)) => format!("Buy {amount}, save and buy {run} now"),
        }
    }

    /// Everything that is charged when it is carried out.
    pub(crate) fn total(&self) -> Money {
        let bought = self.bought().map_or(Money::ZERO, Charge::money);
        self.at_once().map_or(Ok(bought), |run| bought.plus(run.total)).unwrap_or(bought)
    }

    /// What was done, once it was.
    pub(crate) fn done(&self, example: &Example) -> String {
        let total = self.total();
        let bought = total.is_positive().then(|| {
            let purchases =
                u64::from(self.bought().is_some()).saturating_add(self.at_once().map_or(0, |run| run.purchases));
            let balance = dollars(example.account().balance);
            match purchases {
                1 => format!("Bought {}; the balance is {balance}.", dollars(total)),
                purchases => {
                    format!("Bought {} in {} purchases; the balance is {balance}.", dollars(total), count(purchases))
                }
            }
        });
        let set = match self.change {
            Change::None => None,
            Change::Off => Some("Auto-recharge is off.".to_owned()),
            Change::On(_) => Some("Auto-recharge is saved.".to_owned()),
        };
        bought.into_iter().chain(set).collect::<Vec<_>>().join(" ")
    }

    /// Does to the example account what the button said.
    pub(crate) fn carry_out(&self, example: &mut Example) {
        // That the sums are in range was found when the plan was made.
        let _ = example.buy(self.total());
        match self.change {
            Change::None => {}
            Change::Off => example.recharge = None,
            Change::On(setting) => example.recharge = Some(setting),
        }
    }
}

/// The question about a setting that this account asks.
pub(crate) fn recharge_question(policy: &Policy, example: &Example, setting: Setting) -> Question {
    let account = example.account();
    let decision = decide(policy, &account, &Request::API_CALL);
    Question {
        balance: account.balance,
        setting,
        pending: account.pending,
        lifetime_spend: account.lifetime_spend,
        credit_limit: decision.ok().map(|decision| decision.credit_limit.in_force),
        card: Some(example.card),
    }
}

fn run(policy: &Policy, bought: &Example, setting: Setting) -> Option<Run> {
    let question = recharge_question(policy, bought, setting);
    let seen = preview(policy, &question).ok()?;
    let start = question.balance.plus(question.pending).ok()?;
    Some(Run {
        setting,
        purchases: seen.purchases,
        total: seen.total,
        after: After {
            balance: seen.balance_after,
            lifetime_spend: seen.lifetime_spend_after,
            tier: tier_of(policy, bought, seen.lifetime_spend_after),
        },
        can_buy: seen.can_be_charged(),
        warnings: seen.warnings.iter().copied().collect(),
        stairs: Stairs::of(&seen, start, setting),
    })
}

/// The tier with this spend.
pub(crate) fn tier_of(policy: &Policy, example: &Example, lifetime_spend: Money) -> Tier {
    Snapshot { lifetime_spend, ..example.account() }.entitled_tier(policy)
}

/// Whether more typing can mend it, so that it is said only once the field is left.
pub(crate) fn is_unfinished(text: &str, error: AmountError) -> bool {
    match error {
        AmountError::Refused(_) => true,
        AmountError::Money(MoneyError::Malformed) => {
            let text = text.trim();
            text.is_empty() || text.strip_suffix('.').is_some_and(|whole| Charge::parse(whole).is_ok())
        }
        AmountError::Money(_) => false,
    }
}

pub(crate) fn amount_told(error: AmountError) -> Told {
    match error {
        AmountError::Money(error) => Told { sentence: error.to_string(), clause: None },
        AmountError::Refused(problem) => Told::of(&problem),
    }
}

pub(crate) fn threshold_told(error: SettingError) -> Told {
    Told { sentence: error.to_string(), clause: (error == SettingError::ThresholdMissing).then_some(Clause::Ar1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Preset;

    fn plan(preset: Preset, purchase: &str, amount: &str, threshold: &str) -> Plan {
        let entry = Entry { purchase: purchase.into(), amount: amount.into(), threshold: threshold.into() };
        Plan::of(&Policy::shipped("prepaid").unwrap(), &Example::new(preset), &entry)
    }

    #[test]
    fn the_button_says_what_happens_and_what_it_costs() {
        for (purchase, amount, threshold, expected) in [
            ("", "", "", "Buy credits"),
            ("50", "", "", "Buy $50.00"),
            ("2", "", "", "Buy credits"),
            ("", "", "10", "Save auto-recharge"),
            ("", "", "50", "Save and buy $25.00 now"),
            ("", "25", "150", "Save and buy 5 × $25.00 now"),
            ("50", "", "10", "Buy $50.00 and save auto-recharge"),
            ("50", "", "100", "Buy $50.00, save and buy $25.00 now"),
        ] {
            assert_eq!(plan(Preset::BuildTier2, purchase, amount, threshold).label(), expected);
        }
    }

    #[test]
    fn a_plan_is_carried_out_as_it_was_shown() {
        let mut example = Example::new(Preset::BuildTier2);
        let plan = plan(Preset::BuildTier2, "50", "25", "150");
        let run = plan.run.clone().unwrap();
        assert_eq!((run.purchases, plan.total().to_string()), (3, "125.00".to_owned()));
        plan.carry_out(&mut example);
        assert_eq!(example.account().balance, run.after.balance);
        assert_eq!(example.account().lifetime_spend, run.after.lifetime_spend);
        assert_eq!(example.recharge, Some(run.setting));
        assert_eq!(
            plan.done(&example),
            "Bought $125.00 in 4 purchases; the balance is $163.20. Auto-recharge is saved."
        );
    }

    #[test]
    fn ar_1_clearing_both_fields_turns_it_off() {
        let mut example = Example::new(Preset::BuildTier2);
        let policy = Policy::shipped("prepaid").unwrap();
        example.recharge = Setting::from_fields(&policy, "25", "10").unwrap();
        let plan = Plan::of(&policy, &example, &Entry::default());
        assert_eq!(plan.label(), "Turn off auto-recharge");
        plan.carry_out(&mut example);
        assert_eq!(example.recharge, None);
        assert_eq!(Entry::new(None, example.recharge).threshold, "");
    }

    #[test]
    fn ar_6_without_a_card_nothing_is_bought() {
        let plan = plan(Preset::New, "", "", "50");
        assert_eq!(plan.label(), "Save auto-recharge");
        assert_eq!(plan.run.as_ref().unwrap().purchases, 2);
        assert_eq!(plan.total(), Money::ZERO);
        assert!(plan.at_once().is_none());
    }

    #[test]
    fn what_more_typing_can_mend_is_not_said_yet() {
        for (text, unfinished) in [("2", true), ("12.", true), ("", true), (".", false), ("-1", false), ("5 x", false)]
        {
            let error = Charge::parse(text).map_err(AmountError::Money);
            let error = error.and_then(|it| purchase_amount(&Policy::shipped("prepaid").unwrap(), it)).unwrap_err();
            assert_eq!(is_unfinished(text, error), unfinished, "{text:?}");
        }
    }
}
