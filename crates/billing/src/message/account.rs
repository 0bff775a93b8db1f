//! What is said about an account's life: why a command is refused, what a customer should know, why a history cannot be.

use crate::ledger::invalid_event::InvalidEvent;
use crate::ledger::notices::Notice;
use crate::ledger::purchase::Stage;
use crate::ledger::rejection::Rule;
use crate::message::format::{Day, DayOfMonth, Instant, Minutes, Months, Taken, Times, charge, count, dollars};
use crate::money::{Charge, MoneyError};
use crate::projection::charges::ChargeNotice;
use crate::rules::recharge::RechargeBlock;
use crate::time::Timestamp;
use core::fmt::{self, Display, Formatter};

fn awaited(stage: Stage) -> &'static str {
    match stage {
        Stage::BankApproval => "is waiting for the bank's approval",
        Stage::BankAction => "is waiting for you to approve it with your bank",
        Stage::Invoice => "is approved, and its invoice is being generated",
        Stage::Balance => "is invoiced, and the balance is being updated",
        Stage::Completed => "is complete",
        Stage::Declined => "was declined",
    }
}

impl Display for Rule {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Rule::BeforeHistory => out.write_str("This lies before the last thing that happened to the account."),
            Rule::NoPolicy => out.write_str("No policy was in force then."),
            Rule::TooFar { events } => {
                write!(out, "More than {} things would happen at once. Move time in smaller steps.", count(events))
            }
            Rule::OutOfRange => out.write_str("The sums of this account would become too large to be exact."),
            Rule::NegativeAmount => MoneyError::Negative.fmt(out),
            Rule::NoAmount => out.write_str("An amount above $0.00 is needed."),
            Rule::AddressMissing => out.write_str("A card is linked with its billing address. Enter the address."),
            Rule::SecurityCodeMismatch => {
                out.write_str("The bank says that the security code is another. Compare it with the card.")
            }
            Rule::NumberAsToken => {
                out.write_str("This holds a card number. Hand over what stands for the card instead.")
            }
            Rule::NoHold => out.write_str("No card waits for a hold to be approved."),
            Rule::NoCard => out.write_str("No card is linked. Link a card first."),
            Rule::CardExpired { month, year } => {
                write!(out, "The linked card expired at the end of {month:02}/{year}. Link another card.")
            }
            Rule::HoldUnapproved => {
                out.write_str("The card waits for its $0.00 hold. Approve the hold in your bank's app first.")
            }
            Rule::AnotherPending { pending } => write!(
                out,
                "{} is still being bought. Another purchase is charged as well; wait, or say that you want both.",
                dollars(pending)
            ),
            Rule::KeyReused { amount } => {
                write!(out, "This purchase was made already, for {}. Give a new one another key.", charge(amount))
            }
            Rule::KeyReserved => {
                out.write_str("Keys that begin like this belong to auto-recharge. Choose another key.")
            }
            Rule::PurchaseUnknown => out.write_str("There is no purchase with this key."),
            Rule::PurchaseStage { stage } => write!(out, "This purchase {}.", awaited(stage)),
            Rule::PreviewOutdated { previewed, purchases } => write!(
                out,
                "This would now buy {}, not {} as shown. Look at the preview again.",
                Times(purchases),
                Times(previewed)
            ),
            Rule::LimitAboveCeiling { limit, ceiling } => write!(
                out,
                "A limit of {} is above the {} that this account may set.",
                dollars(limit),
                dollars(ceiling)
            ),
            Rule::GrantReused { amount } => {
                write!(out, "This grant was made already, of {}. Give a new one another name.", dollars(amount))
            }
            Rule::DeploymentExists => out.write_str("There is another deployment of this name. Choose another name."),
            Rule::DeploymentUnknown => out.write_str("There is no deployment of this name."),
            Rule::DeploymentStopped => {
                out.write_str("This deployment was stopped. Start a new one under another name.")
            }
            Rule::TooManyDeployments { most } => {
                write!(out, "{} deployments are running, which is the most. Stop one first.", count(most))
            }
            Rule::InvoiceUnknown => out.write_str("There is no invoice of this name."),
            Rule::NothingDue => out.write_str("Credits covered this invoice: nothing is due."),
            Rule::AlreadyPaid => out.write_str("This invoice is paid."),
            Rule::BeingCharged { due } => {
                write!(out, "{} is being charged to the card for this invoice. Wait for the bank.", charge(due))
            }
            Rule::NotBeingCharged => out.write_str("No charge of this invoice is under way."),
            Rule::NoContract => out.write_str("There is no contract to end."),
        }
    }
}

/// Why auto-recharge does not buy, and what to do.
fn hindered(reason: RechargeBlock) -> &'static str {
    match reason {
        RechargeBlock::Paused => "a purchase was declined. Save the setting again, or link another card",
        RechargeBlock::NoCard => "no card is linked. Link a card",
        RechargeBlock::HoldUnapproved => "the card waits for its $0.00 hold. Approve it in your bank's app",
        RechargeBlock::CardExpired => "the linked card has expired. Link another card",
        RechargeBlock::CardNotRecurring => "the linked card does not support recurring payments. Link another card",
        RechargeBlock::BelowMinimum => "its amount is below the smallest purchase. Set a larger amount",
    }
}

/// A card that is valid now may be so no longer when an invoice is charged.
fn not_chargeable(out: &mut Formatter<'_>, due: Charge, charge_on: Timestamp, reason: RechargeBlock) -> fmt::Result {
    let why = match reason {
        RechargeBlock::CardExpired => "the linked card is no longer valid then. Link another card",
        reason => hindered(reason),
    };
    write!(out, "{} is due on {} and cannot be charged: {why}.", charge(due), Day(charge_on))
}

impl Display for Notice {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Notice::CardWhileProcessing { pending } => write!(
                out,
                "{} is still being bought. Entering a card again does not speed it up; buying again buys twice.",
                dollars(pending)
            ),
            Notice::InvoicePastDue { due, since } => write!(
                out,
                "{} is past due since {}. Credits do not pay an earlier invoice: pay it by card.",
                charge(due),
                Day(since)
            ),
            Notice::LaterCredits { bought, due, drawn } => write!(
                out,
                "The {} of credits bought since {} pay for usage from then on. The {} were invoiced before, so they do not pay it.",
                dollars(bought),
                Day(drawn),
                charge(due)
            ),
            Notice::InvoiceAction { due, since } => write!(
                out,
                "Your bank has waited since {} for you to approve {}. Follow its link in your e-mail, or service may stop.",
                Instant(since),
                charge(due)
            ),
            Notice::InvoiceOverdue { due, seconds } => write!(
                out,
                "The charge of {} has taken {}, longer than is normal. Contact support.",
                charge(due),
                Taken(seconds)
            ),
            Notice::InvoiceDue { due, charge_on } => {
                write!(out, "{} will be charged to the linked card on {}.", charge(due), Day(charge_on))
            }
            Notice::InvoiceNotChargeable { due, charge_on, reason } => not_chargeable(out, due, charge_on, reason),
            Notice::PurchaseOverdue { amount, seconds } => write!(
                out,
                "The purchase of {} has taken {}, longer than is normal. Contact support; do not buy again.",
                charge(amount),
                Taken(seconds)
            ),
            Notice::PurchaseAction { amount, .. } => {
                write!(out, "Your bank waits for you to approve {}. Follow its link in your e-mail.", charge(amount))
            }
            Notice::PurchasePending { amount, seconds, normal_seconds } => write!(
                out,
                "The purchase of {} is still under way after {}. Up to {} is normal; do not buy again.",
                charge(amount),
                Taken(seconds),
                Minutes(normal_seconds)
            ),
            Notice::TierOverdue { tier, entitled, since } => write!(
                out,
                "{} was paid for on {} and should be there, but {} still holds. Load the page again, ask for the models again, sign in again; then contact support.",
                entitled.name(),
                Instant(since),
                tier.name()
            ),
            Notice::TierSettling { tier, entitled, seconds } => write!(
                out,
                "{} is paid for and follows within {}; until then {} holds. The credits are safe.",
                entitled.name(),
                Minutes(seconds.next_multiple_of(60)),
                tier.name()
            ),
            Notice::HoldWaiting => out.write_str(
                "Your bank holds $0.00 to check the new card. Approve it in the bank's app; the card is linked then.",
            ),
            Notice::CardExpired { month, year } => {
                write!(out, "The linked card expired at the end of {month:02}/{year}. Link another card.")
            }
            Notice::AuthorisesEach { charge_day } => write!(
                out,
                "Your bank has to approve every payment. Watch your e-mail for its link, above all on the {}.",
                DayOfMonth(charge_day)
            ),
            Notice::RechargePaused => write!(out, "Auto-recharge is paused: {}.", hindered(RechargeBlock::Paused)),
            Notice::RechargeWithheld { reason } => {
                write!(out, "Auto-recharge should have bought and did not: {}.", hindered(reason))
            }
            Notice::RechargeRunning { completed, purchases, amount } => write!(
                out,
                "Auto-recharge has made {} of {} purchases of {}.",
                count(completed),
                count(purchases),
                charge(amount)
            ),
            Notice::ExpiryAnnounced { months, from } => write!(
                out,
                "Credits bought from {} on expire {} after they were bought. Nothing changes for those that you have.",
                Day(from),
                Months(months)
            ),
            Notice::CreditsExpire { amount, at } => {
                write!(out, "{} of credits expire on {}.", dollars(amount), Day(at))
            }
        }
    }
}

impl Display for InvalidEvent {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            InvalidEvent::BeforeLast => out.write_str("This event lies before the one that it follows."),
            InvalidEvent::NoPolicy => out.write_str("No policy was in force at the time of this event."),
            InvalidEvent::OutOfRange => out.write_str("With this event the sums would become too large to be exact."),
            InvalidEvent::MonthOpen => out.write_str("Before this event the month of earlier usage had to be closed."),
            InvalidEvent::PurchaseExists => out.write_str("A purchase of this key was started before."),
            InvalidEvent::PurchaseUnknown => out.write_str("No purchase of this key was started."),
            InvalidEvent::PurchaseStage { stage } => write!(out, "Here the purchase {}.", awaited(stage)),
            InvalidEvent::RunUnknown => out.write_str("No run of auto-recharge makes this purchase here."),
            InvalidEvent::RechargeOff => out.write_str("Auto-recharge is off here."),
            InvalidEvent::NoHold => out.write_str("No card waits for this hold here."),
            InvalidEvent::SpendUnknown { lifetime_spend } => {
                write!(out, "Here {} has been spent.", dollars(lifetime_spend))
            }
            InvalidEvent::GrantExists => out.write_str("A grant of this name was made before."),
            InvalidEvent::OtherExpiry { expiring } => write!(out, "Here {} of credits expire.", dollars(expiring)),
            InvalidEvent::OtherDrawdown { free, purchased } => write!(
                out,
                "Here {} of free and {} of purchased credits were there to pay, and nothing is owed before they are used.",
                dollars(free),
                dollars(purchased)
            ),
            InvalidEvent::DeploymentExists => out.write_str("A deployment of this name was started before."),
            InvalidEvent::DeploymentNotRunning => out.write_str("No deployment of this name is running here."),
            InvalidEvent::OtherMinutes { minutes, cost } => {
                write!(out, "Here {} minutes are to be charged, for {}.", count(minutes), dollars(cost))
            }
            InvalidEvent::MinutesUncharged { minutes } => {
                write!(out, "Before this event {} minutes of a deployment had to be charged.", count(minutes))
            }
            InvalidEvent::InvoiceMonth => out.write_str("No month of this name is to be closed here."),
            InvalidEvent::OtherInvoice { total, covered, due } => write!(
                out,
                "Here the month comes to {}, of which {} is covered and {} due.",
                dollars(total),
                dollars(covered),
                charge(due)
            ),
            InvalidEvent::InvoiceUnknown => out.write_str("No invoice of this name was drawn."),
            InvalidEvent::InvoiceState { state } => {
                write!(out, "Here the invoice is {}.", state.id().replace('_', " "))
            }
            InvalidEvent::NoContract => out.write_str("There is no contract here."),
        }
    }
}

impl Display for ChargeNotice {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            ChargeNotice::Idle { running, per_hour, since_last_request } => {
                let (subject, rest) = match running {
                    1 => ("1 deployment runs", "It has cost"),
                    _ => ("deployments run", "They have cost"),
                };
                if running != 1 {
                    write!(out, "{} ", count(running))?;
                }
                write!(
                    out,
                    "{subject} without requests, for {} an hour. {rest} {} since the last request; stop what you do not need.",
                    dollars(per_hour),
                    dollars(since_last_request)
                )
            }
            ChargeNotice::RunsOut { per_hour, at } => {
                write!(
                    out,
                    "What runs costs {} an hour: without a purchase the balance lasts until {}.",
                    dollars(per_hour),
                    Instant(at)
                )
            }
            ChargeNotice::NothingRuns { usage, deployments } => {
                write!(out, "Nothing runs that costs money by itself. Requests and jobs cost {}.", dollars(usage))?;
                if deployments.is_positive() {
                    write!(out, " Deployments that have stopped cost {}.", dollars(deployments))?;
                }
                Ok(())
            }
        }
    }
}
