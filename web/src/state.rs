//! What the whole page shares: the policy, the example account, and whether the dialog is open.

use crate::example::{Example, Preset};
use crate::parts::follow::memo;
use crate::policies;
use billing::access::{AccessError, Decision, Request, Snapshot, decide};
use billing::money::Charge;
use billing::policy::Policy;
use billing::time::Timestamp;
use leptos::prelude::*;
use std::sync::Arc;

/// The shared signals; copied freely, by context.
#[derive(Clone, Copy)]
pub(crate) struct State {
    policies: StoredValue<Vec<Arc<Policy>>>,
    /// The policy that everything on the page follows.
    pub(crate) policy: RwSignal<Arc<Policy>>,
    /// The account that everything on the page is about.
    pub(crate) example: RwSignal<Example>,
    /// The account as the rules read it.
    pub(crate) account: Memo<Snapshot>,
    /// What the dialog for credits was opened with, while it is open.
    pub(crate) opening: RwSignal<Option<Opening>>,
    /// What the last purchase or change did, in one sentence.
    pub(crate) done: RwSignal<Option<String>>,
}

/// Why the dialog for credits was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// To buy, perhaps this much.
    Buy(Option<Charge>),
    /// To set auto-recharge.
    Recharge,
}

impl State {
    /// Starts with the policy in force; nothing where there is no policy, which a test rules out.
    pub(crate) fn new(now: Option<Timestamp>) -> Option<State> {
        let shipped = policies::shipped()?;
        let in_force = now.and_then(|now| Policy::in_force(&shipped, now)).or(shipped.last())?;
        let policy = RwSignal::new(Arc::new(in_force.clone()));
        let example = RwSignal::new(Example::new(Preset::BuildTier2));
        let account = memo(move || example.with(Example::account));
        let policies = StoredValue::new(shipped.into_iter().map(Arc::new).collect());
        Some(State { policies, policy, example, account, opening: RwSignal::new(None), done: RwSignal::new(None) })
    }

    pub(crate) fn policies(self) -> Vec<Arc<Policy>> {
        self.policies.get_value()
    }

    /// Judges a plain request to the API.
    pub(crate) fn with_decision<T>(
        self,
        then: impl FnOnce(&Policy, &Snapshot, Result<&Decision<'_>, AccessError>) -> T,
    ) -> T {
        let (policy, account) = (self.policy.get(), self.account.get());
        match decide(&policy, &account, &Request::API_CALL) {
            Ok(decision) => then(&policy, &account, Ok(&decision)),
            Err(error) => then(&policy, &account, Err(error)),
        }
    }
}

/// The shared state, from below the app.
pub(crate) fn state() -> State {
    expect_context()
}
