//! AC-1: access that stops within two days, with nothing to keep it up, needs action before it has stopped.

use crate::life::Life;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::follow_some;
use crate::parts::told::{Told, Tone, finding};
use crate::state::{Opening, State};
use crate::texts::{credits, overview as texts};
use crate::usage::runway;
use billing::time::Timestamp;
use leptos::prelude::*;

/// How long before access stops it is said, in seconds.
const AHEAD: u64 = 48 * 3600;

#[derive(Clone, PartialEq, Eq)]
struct Soon {
    told: Told,
    has_recharge: bool,
}

impl Soon {
    fn of(life: &Life) -> Option<Soon> {
        let stops = runway::of(life)?.stops.filter(|stops| is_near(*stops, life.now()))?;
        let told = runway::access_stops(stops, life.now());
        Some(Soon { told, has_recharge: life.account().recharge().setting.is_some() })
    }
}

fn is_near(stops: Timestamp, now: Timestamp) -> bool {
    stops.seconds_since(now) <= AHEAD
}

/// `alone` where nothing else needs action, so that the part has its own heading.
pub(crate) fn soon_stopped(state: State, alone: bool) -> AnyView {
    let soon = state.by_minute(Soon::of);
    follow_some(move || {
        let Soon { told, has_recharge } = soon.get()?;
        let open =
            |label: &str, weight, opening| button(label.to_owned(), weight, move || state.opening.set(Some(opening)));
        let recharge = if has_recharge { texts::change_recharge() } else { texts::set_up_recharge() };
        let line = el!("div", "class" = "stack line";
            finding(told, Tone::Attention),
            el!("p", "class" = "row";
                open(credits::add_credits(), Weight::Primary, Opening::Buy(None)),
                open(recharge, Weight::Plain, Opening::Recharge),
            ),
        );
        Some(if alone { section("action-heading", "action", texts::needs_attention(), vec![line]) } else { line })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Preset;
    use billing::ledger::Command;
    use billing::money::Charge;

    fn life(preset: Preset) -> Life {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.life(crate::policies::dated().unwrap(), opened).unwrap()
    }

    #[test]
    fn ac_1_access_that_stops_soon_is_said_and_what_is_kept_up_is_not() {
        // The contract's account uses some $3,000 a day, and has less than that to its limit.
        let soon = [Preset::NearTheLimit, Preset::Enterprise];
        for preset in Preset::ALL {
            assert_eq!(Soon::of(&life(preset)).is_some(), soon.contains(&preset), "{preset:?}");
        }
        let soon = Soon::of(&life(Preset::NearTheLimit)).unwrap();
        assert_eq!(soon.told.sentence(), "At this rate access stops in about 5 hours, on 27 November 2025.");
        assert!(!soon.has_recharge);
    }

    #[test]
    fn ar_2_auto_recharge_keeps_it_up() {
        let mut life = life(Preset::NearTheLimit);
        let (amount, threshold) = (Charge::parse("25").ok(), Charge::parse("10").unwrap());
        assert!(life.tell(&Command::SetAutoRecharge { amount, threshold, purchases: None }).is_ok());
        assert!(Soon::of(&life).is_none());
    }

    #[test]
    fn it_is_said_from_two_days_before() {
        let now = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let is_near = |seconds| is_near(now.plus_seconds(seconds).unwrap(), now);
        assert!(is_near(172_800) && !is_near(172_801));
    }
}
