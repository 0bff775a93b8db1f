//! The clauses of the rulebook: what every decision cites.

use core::fmt;
use core::str::FromStr;

/// Declares [`Clause`] with its printed id and a one-sentence summary for each.
macro_rules! clauses {
    ($($name:ident $id:literal $summary:literal;)*) => {
        /// A clause of `docs/rulebook.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Clause {
            $(#[doc = $summary] $name,)*
        }

        impl Clause {
            /// Every clause, in the order of the rulebook.
            pub const ALL: &'static [Clause] = &[$(Clause::$name,)*];

            /// The id as it is printed, for example `AR-3`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Clause::$name => $id,)* }
            }

            /// The rule in one plain sentence, for a reader who follows the link beside a decision.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Clause::$name => $summary,)* }
            }
        }
    };
}

clauses! {
    Cr1 "CR-1" "One credit pays for one US dollar of any service, from the moment it is bought.";
    Cr2 "CR-2" "An endpoint, fine-tuning or evaluation job starts only when what may be spent covers its cost.";
    Cr3 "CR-3" "A purchase is at least $5.00; any amount above that can be typed.";
    Cr4 "CR-4" "There is no free trial: access needs $5.00 of actual purchases.";
    Cr5 "CR-5" "Free credits and purchased credits are counted apart; free ones never raise a tier.";
    Cr6 "CR-6" "Credits do not expire; a policy that changes this is announced before it takes effect.";
    Cr7 "CR-7" "The balance falls as services are used, in real time.";
    Cr8 "CR-8" "Credits bought during a month lower that month's bill.";
    Cr9 "CR-9" "Credits bought after an invoice was drawn never pay that invoice or anything past due.";
    Cr10 "CR-10" "Which credits are used first is set by the policy: free ones.";
    Ar1 "AR-1" "Auto-recharge has an amount and a threshold; both empty turns it off.";
    Ar2 "AR-2" "Auto-recharge starts when the balance falls below the threshold.";
    Ar3 "AR-3" "Auto-recharge buys its amount again and again until the threshold is met.";
    Ar4 "AR-4" "A threshold above the balance buys at once, perhaps several times, and says so first.";
    Ar5 "AR-5" "Every step of auto-recharge is a purchase of its own; a declined one ends the run and pauses it.";
    Ar6 "AR-6" "Auto-recharge needs a linked card that supports recurring payments.";
    Ar7 "AR-7" "A purchase still pending already counts toward the threshold.";
    Ar8 "AR-8" "A setting that cannot act before access stops is warned about.";
    Ar9 "AR-9" "A preview costs the same work for one purchase as for a billion.";
    Pm1 "PM-1" "Visa, Mastercard and American Express are accepted, credit or debit.";
    Pm2 "PM-2" "The card belongs to a bank account: prepaid cards are refused.";
    Pm3 "PM-3" "Virtual cards are refused.";
    Pm4 "PM-4" "The card supports recurring payments.";
    Pm5 "PM-5" "Number, expiry date and security code fit the card's network and are in date.";
    Pm6 "PM-6" "The billing address is complete and is the one that the bank holds.";
    Pm7 "PM-7" "One card is linked; it can be replaced, not removed.";
    Pm8 "PM-8" "The billing address cannot change while the card stays the same.";
    Pm9 "PM-9" "The tax id is entered after the address; unusual business details go through support.";
    Pm10 "PM-10" "Linking a card may show a $0 hold that the bank asks to approve.";
    Pm11 "PM-11" "In some territories the bank authorises every payment; a link for it is e-mailed.";
    Pm12 "PM-12" "What the processor's known refusals mean.";
    Pd1 "PD-1" "A decline is checked against the complete list of causes.";
    Pd2 "PD-2" "What the account already shows comes first; the rest is a checklist.";
    Pd3 "PD-3" "Card details are not entered again while a purchase is processing.";
    Pp1 "PP-1" "A payment is approved by the bank, then invoiced, then added to the balance.";
    Pp2 "PP-2" "A payment typically takes up to 60 seconds; later than that it is shown as pending.";
    Pp3 "PP-3" "Up to 15 minutes is normal; after that, support.";
    Pp4 "PP-4" "Every further payment is a purchase of its own, even while one is pending.";
    Ti1 "TI-1" "The tier follows from what was spent over the account's life.";
    Ti2 "TI-2" "Spend is credits bought plus monthly bills paid; free credits do not count.";
    Ti3 "TI-3" "Each tier has its own rate limits.";
    Ti4 "TI-4" "Progress names the next tier, what is missing and the smallest purchase that reaches it.";
    Ti5 "TI-5" "Some models are open from a tier on.";
    Ti6 "TI-6" "A model may have a rate limit or a restriction of its own.";
    Ti7 "TI-7" "A tier's restriction holds whatever the balance or the limit settings.";
    Ti8 "TI-8" "After a purchase the tier may take up to 15 minutes to follow; the credits are safe.";
    Ac1 "AC-1" "Usage is allowed while the balance is above the negative of the credit limit.";
    Ac2 "AC-2" "Below $5.00 of actual purchases there is no access, whatever free credits there are.";
    Ac3 "AC-3" "A decision names every reason, each with what would lift it.";
    Ac4 "AC-4" "No access yet answers 401, an insufficient tier 403, a stopped balance 402.";
    Ac5 "AC-5" "A refusal despite a positive balance tells free credits from purchased ones and names the tier.";
    Ac6 "AC-6" "The balance limit can be set up to the tier's ceiling; $0 spends only what was bought.";
    Ac7 "AC-7" "A Scale or Enterprise contract is judged by its own terms.";
    Ac8 "AC-8" "A past-due invoice stops access.";
    Ac9 "AC-9" "While a purchase is pending, a refusal for balance can be tried again; usage already under way is still owed.";
    In1 "IN-1" "The month's invoice is drawn at month end, UTC, from usage and the balance then.";
    In2 "IN-2" "A $0 invoice is issued too: it records tokens and models used.";
    In3 "IN-3" "What is due is charged to the linked card on the 3rd; if that fails it is past due.";
    In4 "IN-4" "Invoices and current usage are in the billing history, as PDF too.";
    In5 "IN-5" "Business details on invoices go through support.";
    In6 "IN-6" "Credit purchases are charged and invoiced at once, apart from usage.";
    Uc1 "UC-1" "Hosting a fine-tuned model costs by the minute until it is stopped, used or not.";
    Uc2 "UC-2" "A dedicated endpoint costs by its hardware while it is active, used or not.";
    Uc3 "UC-3" "Serverless usage costs by tokens and model.";
    Uc4 "UC-4" "Charges without requests are explained by the running deployments and how to stop them.";
    Uc5 "UC-5" "Deployment charges, usage and credit purchases are shown apart.";
}

impl Clause {
    /// The clause with this printed id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Clause> {
        Clause::ALL.iter().copied().find(|clause| clause.id() == id)
    }
}

/// The error of parsing a [`Clause`]: the rulebook has no clause of this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownClause;

impl fmt::Display for UnknownClause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("The rulebook has no such clause.")
    }
}

impl core::error::Error for UnknownClause {}

/// As [`Clause::from_id`].
///
/// ```
/// use billing::clause::{Clause, UnknownClause};
/// assert_eq!("AR-3".parse(), Ok(Clause::Ar3));
/// assert_eq!("AR-99".parse::<Clause>(), Err(UnknownClause));
/// ```
impl FromStr for Clause {
    type Err = UnknownClause;

    fn from_str(id: &str) -> Result<Clause, UnknownClause> {
        Clause::from_id(id).ok_or(UnknownClause)
    }
}

/// The id: `AR-3`.
impl fmt::Display for Clause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}
