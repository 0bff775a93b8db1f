//! What the dialog's three fields would do: judged by the rules, worded for the buttons.

use super::recharge_steps_chart::RechargeStepsChart;
use crate::i18n::amounts::{charge, count, typed};
use crate::i18n::{add_credits as texts, overview};
use crate::session::AccountView;
use crate::ui::message::Message;
use billing::clause::Clause;
use billing::id::PurchaseId;
use billing::ledger::{Account, Command};
use billing::money::{Charge, Money, MoneyError};
use billing::policy::Policy;
use billing::policy::Tier;
use billing::rules::access::Snapshot;
use billing::rules::credit::{AmountError, purchase_amount};
use billing::rules::recharge::{RechargeQuestion, Setting, SettingError, Warning, preview};
use billing::time::Timestamp;

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
    pub(crate) chart: RechargeStepsChart,
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
    pub(crate) fn of(policy: &Policy, account: &Account, now: Timestamp, entry: &Entry) -> Plan {
        let saved = account.recharge().setting;
        let present = account.snapshot(policy, now).unwrap_or(Snapshot::NEW);
        let purchase = match typed(&entry.purchase).as_str() {
            "" => Ok(None),
            typed => {
                Charge::parse(typed).map_err(AmountError::Money).and_then(|it| purchase_amount(policy, it)).map(Some)
            }
        };
        let setting = Setting::from_fields(policy, &typed(&entry.amount), &typed(&entry.threshold));
        let bought = purchase.and_then(|amount| match amount {
            Some(amount) => present.after_buying(amount.money()).map_err(AmountError::Money),
            None => Ok(present),
        });
        let purchase = bought.and(purchase);
        let bought = bought.unwrap_or(present);
        let question = |setting| account.recharge_question(policy, now, setting).ok();
        let run = setting.ok().flatten().and_then(|setting| {
            // What is bought with the same button counts as there: auto-recharge waits for what is pending (AR-7).
            let (balance, lifetime_spend) = (bought.balance, bought.lifetime_spend);
            run(policy, &bought, &RechargeQuestion { balance, lifetime_spend, ..question(setting)? })
        });
        let change = match setting {
            Ok(None) if saved.is_some() => Change::Off,
            Ok(Some(setting)) if saved != Some(setting) => Change::On(setting),
            // Saved already, but it buys now.
            Ok(Some(setting)) if run.as_ref().is_some_and(|run| run.purchases > 0 && run.can_buy) => {
                Change::On(setting)
            }
            _ => Change::None,
        };
        let Snapshot { balance, lifetime_spend, .. } = bought;
        let after = After { balance, lifetime_spend, tier: bought.entitled_tier(policy) };
        Plan { purchase, setting, change, after, run }
    }

    /// The purchases that saving the setting brings at once.
    pub(crate) fn at_once(&self) -> Option<&Run> {
        let run = self.run.as_ref().filter(|run| run.purchases > 0 && run.can_buy);
        run.filter(|_| matches!(self.change, Change::On(_)))
    }

    pub(crate) fn bought(&self) -> Option<Charge> {
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
            (None, Change::None, _) => texts::buy_credits().to_owned(),
            (None, Change::Off, _) => overview::turn_off_recharge().to_owned(),
            (None, Change::On(_), None) => texts::save_recharge().to_owned(),
            (None, Change::On(_), Some(run)) => texts::save_and_buy(&run),
            (Some(amount), Change::None, _) => texts::buy(&amount),
            (Some(amount), Change::Off, _) => texts::buy_and_turn_off(&amount),
            (Some(amount), Change::On(_), None) => texts::buy_and_save(&amount),
            (Some(amount), Change::On(_), Some(run)) => texts::buy_save_and_buy(&amount, &run),
        }
    }

    /// Everything that is charged when it is carried out.
    pub(crate) fn total(&self) -> Money {
        let bought = self.bought().map_or(Money::ZERO, Charge::money);
        self.at_once().map_or(Ok(bought), |run| bought.checked_add(run.total)).unwrap_or(bought)
    }

    /// What was done, once it was: what is bought is under way, and comes when the bank has approved it.
    pub(crate) fn done(&self) -> String {
        let bought = self.bought().map(|amount| texts::bought(&charge(amount)));
        let set = match (self.change, self.at_once()) {
            (Change::None, _) => None,
            (Change::Off, _) => Some(texts::recharge_is_off().to_owned()),
            (Change::On(_), None) => Some(texts::recharge_is_saved().to_owned()),
            (Change::On(_), Some(run)) => Some(texts::recharge_buys(&run.times())),
        };
        bought.into_iter().chain(set).collect::<Vec<_>>().join(" ")
    }

    /// What carries it out: the purchase, then the setting, which says how often it was shown to buy.
    pub(crate) fn commands(&self, key: &PurchaseId, another: bool) -> Vec<Command> {
        let buy = self.bought().map(|amount| Command::BuyCredits { key: key.clone(), amount, another: Some(another) });
        let set = match self.change {
            Change::None => None,
            Change::Off => Some(Command::ClearAutoRecharge),
            Change::On(Setting { amount, threshold }) => {
                let purchases = self.run.as_ref().map(|run| run.purchases);
                Some(Command::SetAutoRecharge { amount: Some(amount), threshold, purchases })
            }
        };
        buy.into_iter().chain(set).collect()
    }
}

/// A key for what is meant by opening the dialog once: it counts what has happened to the account, so that the same button
/// pressed twice is the same purchase.
pub(crate) fn intent(session: &AccountView) -> PurchaseId {
    ["purchase-", &session.account().events().to_string()].concat().into()
}

fn run(policy: &Policy, bought: &Snapshot, question: &RechargeQuestion) -> Option<Run> {
    let seen = preview(policy, question).ok()?;
    let start = question.balance.checked_add(question.pending).ok()?;
    let tier = |lifetime_spend| Snapshot { lifetime_spend, ..*bought }.entitled_tier(policy);
    Some(Run {
        setting: question.setting,
        purchases: seen.purchases,
        total: seen.total,
        after: After {
            balance: seen.balance_after,
            lifetime_spend: seen.lifetime_spend_after,
            tier: tier(seen.lifetime_spend_after),
        },
        can_buy: seen.can_be_charged(),
        warnings: seen.warnings.iter().copied().collect(),
        chart: RechargeStepsChart::of(&seen, start, question.setting),
    })
}

/// Whether more typing can mend it, so that it is said only once the field is left.
pub(crate) fn is_unfinished(text: &str, error: AmountError) -> bool {
    match error {
        AmountError::Refused(_) => true,
        AmountError::Money(MoneyError::Malformed) => {
            let text = typed(text);
            text.is_empty() || text.strip_suffix('.').is_some_and(|whole| Charge::parse(whole).is_ok())
        }
        AmountError::Money(_) => false,
    }
}

pub(crate) fn amount_told(error: AmountError) -> Message {
    match error {
        AmountError::Money(error) => Message::of_money(error),
        AmountError::Refused(problem) => Message::of(&problem),
    }
}

pub(crate) fn threshold_told(error: SettingError) -> Message {
    match error {
        SettingError::Amount(error) => amount_told(error),
        SettingError::Threshold(error) => Message::of_money(error),
        SettingError::ThresholdMissing => Message::coded("recharge.threshold_missing", &error, Some(Clause::Ar1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;

    fn plan(preset: Preset, purchase: &str, amount: &str, threshold: &str) -> Plan {
        let entry = Entry { purchase: purchase.into(), amount: amount.into(), threshold: threshold.into() };
        of(&session(preset), &entry)
    }

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    fn of(session: &AccountView, entry: &Entry) -> Plan {
        Plan::of(session.policy().unwrap(), session.account(), session.now(), entry)
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
    fn ar_4_a_plan_is_carried_out_as_it_was_shown() {
        let mut session = session(Preset::BuildTier2);
        let plan = plan(Preset::BuildTier2, "50", "25", "150");
        let run = plan.run.clone().unwrap();
        assert_eq!((run.purchases, plan.total().to_string()), (3, "125.00".to_owned()));
        let key = intent(&session);
        for command in plan.commands(&key, false) {
            assert!(session.dispatch(&command).is_ok());
        }
        assert_eq!(plan.done(), "Bought $50.00; it is under way. Auto-recharge is saved and buys 3 × $25.00.");
        // The same button again is the same purchase.
        assert!(session.dispatch(&plan.commands(&key, false)[0]).is_ok());
        assert_eq!(session.account().pending_purchases().count(), 2);
        assert!(session.pass_until(session.now().plus_seconds(60).unwrap()));
        assert_eq!(session.account().balance(session.now()).unwrap(), run.after.balance);
        assert_eq!(session.account().lifetime_spend().unwrap(), run.after.lifetime_spend);
        assert_eq!(session.account().recharge().setting, Some(run.setting));
    }

    #[test]
    fn ar_1_clearing_both_fields_turns_it_off() {
        let mut session = session(Preset::IdleEndpoint);
        let saved = session.account().recharge().setting;
        assert_eq!(Entry::new(None, saved).threshold, "10.00");
        let plan = of(&session, &Entry::default());
        assert_eq!(plan.label(), "Turn off auto-recharge");
        for command in plan.commands(&intent(&session), false) {
            assert!(session.dispatch(&command).is_ok());
        }
        assert_eq!(session.account().recharge().setting, None);
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
    fn an_amount_with_a_decimal_comma_is_the_same_in_german() {
        let english = plan(Preset::BuildTier2, "37.50", "25.00", "10.50");
        crate::i18n::speak_german();
        let german = plan(Preset::BuildTier2, "37,50", "25,00", "10,5");
        assert!(german.purchase == english.purchase && german.setting == english.setting);
        assert!(matches!((german.purchase, german.setting), (Ok(Some(_)), Ok(Some(_)))));
        assert!(is_unfinished("12,", AmountError::Money(MoneyError::Malformed)));
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
