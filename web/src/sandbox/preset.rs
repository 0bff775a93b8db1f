//! The accounts that the page can start from.

use crate::i18n::sandbox as texts;
use crate::session::AccountView;
use billing::policy::Policies;
use billing::time::Timestamp;
use event_store::lines::import;

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
            Preset::New => texts::new(),
            Preset::FreeCreditsOnly => texts::free_credits_only(),
            Preset::BuildTier2 => texts::build_tier_2(),
            Preset::NearTheLimit => texts::near_the_limit(),
            Preset::PastDue => texts::past_due(),
            Preset::Enterprise => texts::enterprise(),
            Preset::IdleEndpoint => texts::idle_endpoint(),
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

    /// The account at its own "now"; a new one begins at the time that it is opened. Nothing where its file cannot be read,
    /// which a test rules out.
    pub(crate) fn session(self, policies: Policies, opened: Timestamp) -> Option<AccountView> {
        let Some((now, file)) = self.file() else {
            return AccountView::of_history(policies, Vec::new(), opened).ok();
        };
        AccountView::of_history(policies, import(file).ok()?, Timestamp::parse(now).ok()?).ok()
    }

    /// Its "now", and its history as lines; a new account has none.
    fn file(self) -> Option<(&'static str, &'static str)> {
        match self {
            Preset::New => None,
            Preset::FreeCreditsOnly => Some(("2025-12-05T10:00:00Z", include_str!("examples/free-credits.jsonl"))),
            Preset::BuildTier2 => Some(("2025-12-11T10:00:00Z", include_str!("examples/build-tier-2.jsonl"))),
            Preset::NearTheLimit => Some(("2025-11-27T10:00:00Z", include_str!("examples/near-limit.jsonl"))),
            Preset::PastDue => Some(("2025-12-04T10:00:00Z", include_str!("examples/past-due.jsonl"))),
            Preset::Enterprise => Some(("2025-12-18T10:00:00Z", include_str!("examples/enterprise.jsonl"))),
            Preset::IdleEndpoint => Some(("2025-12-11T18:00:00Z", include_str!("examples/idle-endpoint.jsonl"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::example_script::play_script;
    use crate::session::policies;
    use crate::session::store;
    use billing::rules::access::Snapshot;

    fn now() -> Timestamp {
        Timestamp::parse("2026-02-01T12:00:00Z").unwrap()
    }

    fn session(preset: Preset) -> AccountView {
        preset.session(policies::dated().unwrap(), now()).unwrap()
    }

    fn snapshot(preset: Preset) -> Snapshot {
        let session = session(preset);
        session.account().snapshot(session.policy().unwrap(), session.now()).unwrap()
    }

    /// The files hold what the rules make of the examples' scripts. `EXAMPLES=write` writes them anew.
    #[test]
    fn every_example_file_is_what_the_rules_make_of_its_script() {
        for preset in Preset::ALL.into_iter().filter(|preset| *preset != Preset::New) {
            let played = play_script(preset, policies::dated().unwrap()).unwrap();
            let lines = store::file(played.events());
            if std::env::var_os("EXAMPLES").is_some_and(|how| how == "write") {
                let file = format!("{}/src/sandbox/examples/{}.jsonl", env!("CARGO_MANIFEST_DIR"), preset.id());
                std::fs::write(file, lines.as_ref().unwrap()).unwrap();
            }
            let (now, file) = preset.file().unwrap();
            assert_eq!((played.now(), lines.as_deref()), (Timestamp::parse(now).unwrap(), Ok(file)), "{preset:?}");
        }
    }

    #[test]
    fn every_example_is_a_history_that_the_rules_take_in_full() {
        for preset in Preset::ALL {
            let session = session(preset);
            let stored = session.events().iter().cloned().map(Into::into).collect();
            assert!(AccountView::of_history(session.policies().clone(), stored, session.now()).is_ok(), "{preset:?}");
            assert_eq!(Preset::with_id(preset.id()), Some(preset));
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
        let session = session(Preset::IdleEndpoint);
        assert_eq!(session.account().running().count(), 1);
        assert!(session.account().recharge().runs > 0);
    }
}
