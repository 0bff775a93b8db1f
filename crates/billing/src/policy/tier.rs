//! TI-1: the names of the build tiers.

use crate::json::read::vocabulary;

vocabulary! {
    /// A tier, from the lowest to the highest.
    pub enum Tier {
        /// Below $5.00 of spend: no access.
        Limited = "limited",
        /// Build Tier 1.
        Build1 = "build_1",
        /// Build Tier 2.
        Build2 = "build_2",
        /// Build Tier 3.
        Build3 = "build_3",
        /// Build Tier 4.
        Build4 = "build_4",
        /// Build Tier 5.
        Build5 = "build_5",
        /// A Scale contract.
        Scale = "scale",
        /// An Enterprise contract.
        Enterprise = "enterprise",
    }
}

impl Tier {
    /// The name that a customer reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tier::Limited => "Limited",
            Tier::Build1 => "Build Tier 1",
            Tier::Build2 => "Build Tier 2",
            Tier::Build3 => "Build Tier 3",
            Tier::Build4 => "Build Tier 4",
            Tier::Build5 => "Build Tier 5",
            Tier::Scale => "Scale",
            Tier::Enterprise => "Enterprise",
        }
    }
}
