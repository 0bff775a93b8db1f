//! The accounts that the page can start from.

use super::tale::Tale;
use crate::life::Life;
use billing::access::Plan;
use billing::account::{Command, Policies};
use billing::money::Money;
use billing::time::Timestamp;

/// The accounts that can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Preset {
    New,
    FreeCreditsOnly,
    BuildTier2,
    NearTheLimit,
    PastDue,
    Enterprise,
    IdleEndpoint,
}

impl Preset {
    pub(crate) const ALL: [Preset; 7] = [
        Preset::New,
        Preset::FreeCreditsOnly,
        Preset::BuildTier2,
        Preset::NearTheLimit,
        Preset::PastDue,
        Preset::Enterprise,
        Preset::IdleEndpoint,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Preset::New => "New account",
            Preset::FreeCreditsOnly => "Free credits only",
            Preset::BuildTier2 => "Build Tier 2",
            Preset::NearTheLimit => "Near the −$100 limit",
            Preset::PastDue => "Past due",
            Preset::Enterprise => "Enterprise contract",
            Preset::IdleEndpoint => "Idle endpoint, auto-recharge",
        }
    }

    /// What the store keeps its history under.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Preset::New => "new",
            Preset::FreeCreditsOnly => "free-credits",
            Preset::BuildTier2 => "build-tier-2",
            Preset::NearTheLimit => "near-limit",
            Preset::PastDue => "past-due",
            Preset::Enterprise => "enterprise",
            Preset::IdleEndpoint => "idle-endpoint",
        }
    }

    pub(crate) fn with_id(id: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.id() == id)
    }

    /// The account at its own "now"; a new one begins at the time that it is opened. Nothing where it cannot be told, which
    /// a test rules out.
    pub(crate) fn life(self, policies: Policies<'static>, opened: Timestamp) -> Option<Life> {
        if self == Preset::New {
            return Some(Life::new(policies, opened));
        }
        self.tale(policies).map(Tale::end).filter(|(_, is_sound)| *is_sound).map(|(life, _)| life)
    }

    fn tale(self, policies: Policies<'static>) -> Option<Tale> {
        match self {
            Preset::New => None,
            Preset::FreeCreditsOnly => free_credits(policies),
            Preset::BuildTier2 => build_tier_2(policies),
            Preset::NearTheLimit => near_the_limit(policies),
            Preset::PastDue => past_due(policies),
            Preset::Enterprise => enterprise(policies),
            Preset::IdleEndpoint => idle_endpoint(policies),
        }
    }
}

fn free_credits(policies: Policies<'static>) -> Option<Tale> {
    let tale = Tale::begin(policies, "2025-12-04T09:00:00Z")?;
    Some(tale.grant("welcome", "20.00").at("2025-12-05T10:00:00Z"))
}

fn build_tier_2(policies: Policies<'static>) -> Option<Tale> {
    let tale = Tale::begin(policies, "2025-12-02T08:30:00Z")?.link("visa").buy("50.00");
    let tale = tale.at("2025-12-03T11:00:00Z").use_model("llama-3.3-70b", 18_400_000, "21.80");
    let tale = tale.at("2025-12-08T15:20:00Z").use_model("qwen2.5-72b", 9_700_000, "12.50");
    let tale = tale.at("2025-12-09T09:10:00Z").buy("12.50");
    Some(tale.at("2025-12-10T12:00:00Z").grant("hackathon", "10.00").at("2025-12-11T10:00:00Z"))
}

/// In the days when usage was billed at the month's end, down to −$100.00.
fn near_the_limit(policies: Policies<'static>) -> Option<Tale> {
    let tale = Tale::begin(policies, "2025-11-10T09:00:00Z")?.link("mastercard").buy("100.00");
    let tale = tale.at("2025-11-12T09:00:00Z").use_model("deepseek-v3", 71_000_000, "88.75");
    let tale = tale.at("2025-11-14T16:40:00Z").buy("80.00");
    let tale = tale.at("2025-11-19T13:00:00Z").use_model("deepseek-v3", 84_000_000, "105.00");
    Some(tale.at("2025-11-26T18:15:00Z").use_model("qwen2.5-72b", 68_891_667, "82.67").at("2025-11-27T10:00:00Z"))
}

/// The charge of November's invoice on the 3rd fails with the card that was linked the day before.
fn past_due(policies: Policies<'static>) -> Option<Tale> {
    let tale = Tale::begin(policies, "2025-11-11T14:00:00Z")?.link("visa").buy("100.00");
    let tale = tale.at("2025-11-28T10:30:00Z").use_model("llama-3.3-70b", 95_000_000, "112.40");
    let tale = tale.at("2025-12-01T09:00:00Z").buy("20.00");
    let tale = tale.at("2025-12-02T10:00:00Z").use_model("llama-3.3-70b", 4_430_000, "5.25").link("fails_later");
    Some(tale.at("2025-12-04T10:00:00Z"))
}

fn enterprise(policies: Policies<'static>) -> Option<Tale> {
    let signed =
        |limit| Some(Command::SignContract { plan: Plan::Enterprise, credit_limit: Money::parse(limit).ok()? });
    let tale = Tale::begin(policies, "2025-12-01T08:00:00Z")?.link("american_express").tell(signed("5000.00"));
    let tale = tale.buy("24100.00").at("2025-12-05T08:00:00Z").use_model("deepseek-v3", 18_900_000_000, "23640.15");
    let tale = tale.at("2025-12-08T08:00:00Z").buy("24100.00");
    let tale = tale.at("2025-12-17T17:30:00Z").use_model("deepseek-v3", 21_496_320_000, "26870.40");
    Some(tale.at("2025-12-18T10:00:00Z"))
}

/// An endpoint that nobody has called for two days costs by the minute, and auto-recharge pays for it.
fn idle_endpoint(policies: Policies<'static>) -> Option<Tale> {
    let asked = || Some(Command::RecordRequest { deployment: "support-chat".into() });
    let tale = Tale::begin(policies, "2025-12-08T07:45:00Z")?.link("visa").buy("50.00");
    let tale = tale.at("2025-12-08T08:00:00Z").recharge("25.00", "10.00");
    let tale = tale.at("2025-12-08T09:00:00Z").start("support-chat", "llama-3.1-8b-tuned", "0.02");
    Some(tale.at("2025-12-09T16:20:00Z").tell(asked()).at("2025-12-11T18:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies;
    use billing::access::Snapshot;

    fn now() -> Timestamp {
        Timestamp::parse("2026-02-01T12:00:00Z").unwrap()
    }

    fn life(preset: Preset) -> Life {
        preset.life(policies::dated().unwrap(), now()).unwrap()
    }

    fn snapshot(preset: Preset) -> Snapshot {
        let life = life(preset);
        life.account().snapshot(life.policy().unwrap(), life.now()).unwrap()
    }

    #[test]
    fn every_example_is_a_history_that_the_rules_take_in_full() {
        for preset in Preset::ALL {
            let told = life(preset);
            assert!(Life::of_history(told.policies(), told.events().to_vec(), told.now()).is_ok(), "{preset:?}");
            assert_eq!(Preset::with_id(preset.id()), Some(preset));
            for always in policies::all().unwrap() {
                assert!(told.under(Policies::Always(always)).is_ok(), "{preset:?} under {}", always.id);
            }
        }
    }

    #[test]
    fn the_examples_stand_where_their_names_say() {
        for (preset, balance, free, spend, past_due) in [
            (Preset::New, "0.00", "0.00", "0.00", "0.00"),
            (Preset::FreeCreditsOnly, "20.00", "20.00", "0.00", "0.00"),
            (Preset::BuildTier2, "38.20", "10.00", "62.50", "0.00"),
            (Preset::NearTheLimit, "-96.42", "0.00", "180.00", "0.00"),
            (Preset::PastDue, "14.75", "0.00", "120.00", "12.40"),
            (Preset::Enterprise, "-2310.55", "0.00", "48200.00", "0.00"),
        ] {
            let seen = snapshot(preset);
            let figures = [seen.balance, seen.free_credits, seen.lifetime_spend, seen.past_due];
            assert_eq!(figures.map(|figure| figure.to_string()), [balance, free, spend, past_due], "{preset:?}");
        }
    }

    #[test]
    fn uc_4_the_idle_endpoint_runs_on_bought_credits() {
        let life = life(Preset::IdleEndpoint);
        assert_eq!(life.account().running().count(), 1);
        assert!(life.account().recharge().runs > 0);
    }
}
