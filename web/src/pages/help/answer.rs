//! What an account answers to a question. What it finds is the rules'; which findings belong to a question is said here.

use super::Topic;
use crate::features::decline::{Decline, latest_decline};
use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::times::{clock, day};
use crate::i18n::{Sentence, help as texts};
use crate::pages::overview::recharge::in_words;
use crate::pages::overview::tier::way_in_words;
use crate::pages::payment_method::card_sentence;
use crate::pages::usage::why;
use crate::session::{AccountView, Refused};
use crate::ui::message::{Message, Tone};
use billing::clause::Clause;
use billing::finding::Finding;
use billing::id::InvoiceId;
use billing::ledger::InvoiceState;
use billing::ledger::{Account, Notice, details_message, invoice_notices, notices, support_message};
use billing::money::{Charge, Money};
use billing::policy::Policy;
use billing::rules::access::{Decision, Request, Snapshot, authorize};
use billing::rules::decline::diagnose;
use billing::rules::recharge::preview;
use billing::rules::tier::progress;
use billing::time::Timestamp;

/// The next step, here.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// CR-3: a purchase of this much, or of any.
    Buy(Option<Charge>),
    /// The same purchase again.
    BuyAgain(Charge),
    Pay(InvoiceId, Charge),
    Recharge,
    Card,
    Usage,
    Tiers,
    Invoices,
    Purchases,
    Declined,
}

#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Whether the account is in this trouble now.
    pub(super) applies: bool,
    pub(super) messages: Vec<(Message, Tone)>,
    pub(super) refused: Vec<Refused>,
    pub(super) declined: Option<Decline>,
    pub(super) steps: Vec<Step>,
    /// PP-3, TI-8, IN-5: what to write to support.
    pub(super) support: Option<String>,
    /// UC-4: what runs stands with it.
    pub(super) runs: bool,
    /// PM-10, PM-11: what the bank asks stands with it.
    pub(super) asks: bool,
}

/// The rules behind a question, the most important first.
pub(super) fn rules(topic: Topic) -> &'static [Clause] {
    match topic {
        Topic::Declined => &[Clause::Pd1, Clause::Pd2, Clause::Pd3],
        Topic::NoAccess => &[Clause::Ac2, Clause::Cr5, Clause::Ac1, Clause::Ac8],
        Topic::PurchaseMissing => &[Clause::Pp1, Clause::Pp2, Clause::Pp3, Clause::Pp4],
        Topic::TierSame => &[Clause::Ti1, Clause::Ti2, Clause::Ti8],
        Topic::Charged => &[Clause::Uc1, Clause::Uc2, Clause::Uc3, Clause::In6],
        Topic::RechargeSilent => &[Clause::Ar2, Clause::Ar6, Clause::Ar5, Clause::Ar7],
        Topic::RechargeMany => &[Clause::Ar3, Clause::Ar4, Clause::Ar5],
        Topic::InvoiceByCredits => &[Clause::Cr9, Clause::In3, Clause::Ac8],
        Topic::NextBill => &[Clause::Cr8, Clause::In1, Clause::In3],
        Topic::CardRefused => &[Clause::Pm1, Clause::Pm2, Clause::Pm3, Clause::Pm4, Clause::Pm5],
        Topic::RemoveCard => &[Clause::Pm7, Clause::In3],
        Topic::Address => &[Clause::Pm8, Clause::Pm6, Clause::Pm9],
        Topic::Details => &[Clause::In5, Clause::Pm9],
        Topic::Hold => &[Clause::Pm10],
        Topic::BankAsks => &[Clause::Pm11],
        Topic::Model => &[Clause::Ti5, Clause::Ti7, Clause::Ti6],
        Topic::BelowZero => &[Clause::Ac1, Clause::Ac6, Clause::Ac7],
        Topic::Start => &[Clause::Cr2, Clause::Cr1],
        Topic::ZeroInvoice => &[Clause::In2, Clause::In4],
        Topic::Expire => &[Clause::Cr6],
        Topic::Trial => &[Clause::Cr4, Clause::Cr3],
        Topic::Track => &[Clause::Cr7, Clause::In4],
        Topic::Receipts => &[Clause::In6, Clause::Ar5],
    }
}

/// What an account is asked by.
struct Asked<'l> {
    session: &'l AccountView,
    account: &'l Account,
    policy: &'l Policy,
    now: Timestamp,
    snapshot: Snapshot,
    notices: Vec<Notice>,
}

impl Answer {
    /// Nothing while no policy is in force.
    pub(super) fn to(topic: Topic, session: &AccountView) -> Option<Answer> {
        let (policy, account, now) = (session.policy()?, session.account(), session.now());
        let snapshot = account.snapshot(policy, now).ok()?;
        let notices = notices(session.policies(), account, now).ok()?;
        let asked = Asked { session, account, policy, now, snapshot, notices };
        let answer = Answer::default();
        match topic {
            Topic::Declined => Some(asked.declined(answer)),
            Topic::NoAccess => asked.no_access(answer),
            Topic::PurchaseMissing => Some(asked.purchase_missing(answer)),
            Topic::TierSame => asked.tier_same(answer),
            Topic::Charged => asked.charged(answer),
            Topic::RechargeSilent => asked.recharge_silent(answer),
            Topic::RechargeMany => Some(asked.recharge_many(answer)),
            Topic::InvoiceByCredits => asked.invoice_by_credits(answer),
            Topic::NextBill => asked.month_so_far(answer.step(Step::Buy(None)).step(Step::Invoices)),
            Topic::CardRefused => Some(asked.card_refused(answer)),
            Topic::RemoveCard | Topic::Address => Some(asked.card(answer).step(Step::Card)),
            Topic::Details => Some(details(answer)),
            Topic::Hold => Some(asked.hold(answer)),
            Topic::BankAsks => Some(asked.bank_asks(answer)),
            Topic::Model => asked.tier(answer.step(Step::Tiers)),
            Topic::BelowZero => asked.below_zero(answer),
            Topic::Start => asked.start(answer),
            Topic::ZeroInvoice => Some(asked.zero_invoice(answer)),
            Topic::Expire => Some(asked.expire(answer)),
            Topic::Trial => asked.trial(answer),
            Topic::Track => asked.month_so_far(answer.step(Step::Usage).step(Step::Invoices)),
            Topic::Receipts => Some(asked.receipts(answer)),
        }
    }

    fn step(mut self, step: Step) -> Answer {
        self.steps.push(step);
        self
    }

    /// A fact in words of the page, with the clause behind it.
    fn fact(mut self, sentence: String, clause: Clause, tone: Tone) -> Answer {
        self.messages.push((Message::now(sentence, clause), tone));
        self
    }

    fn plain(self, sentence: String, clause: Clause) -> Answer {
        self.fact(sentence, clause, Tone::Plain)
    }

    fn fine(self, sentence: &str, clause: Clause) -> Answer {
        self.fact(sentence.to_owned(), clause, Tone::Fine)
    }

    /// What the rules have found.
    fn found<'f>(mut self, found: impl IntoIterator<Item = &'f (impl Finding + 'f)>, tone: Tone) -> Answer {
        self.messages.extend(found.into_iter().map(|found| (Message::of(found), tone)));
        self
    }

    fn has_nothing_to_tell(&self) -> bool {
        self.messages.is_empty() && self.refused.is_empty()
    }
}

/// IN-5, PM-9: what only support can enter.
fn details(answer: Answer) -> Answer {
    let answer = answer.plain(texts::support_only().to_owned(), Clause::In5);
    Answer { support: Some(details_message(None)), ..answer }
}

impl Asked<'_> {
    fn noticed(&self, wanted: fn(&Notice) -> bool) -> Vec<&Notice> {
        self.notices.iter().filter(|notice| wanted(notice)).collect()
    }

    /// Tells the notices that are wanted, which is the trouble that is asked about.
    fn trouble(&self, answer: Answer, wanted: fn(&Notice) -> bool) -> Answer {
        let found = self.noticed(wanted);
        let applies = answer.applies || !found.is_empty();
        Answer { applies, ..answer.found(found, Tone::Attention) }
    }

    fn decision(&self) -> Option<Decision<'_>> {
        authorize(self.policy, &self.snapshot, &Request::API_CALL).ok()
    }

    fn support(&self) -> Option<String> {
        support_message(self.session.policies(), self.account, self.now, None).ok().flatten()
    }

    /// PD-1, PD-2.
    fn declined(&self, answer: Answer) -> Answer {
        let found = latest_decline(self.session);
        let applies = found.is_some();
        let again = self.account.purchases().last().filter(|last| last.declined.is_some()).map(|last| last.amount);
        let answer = if applies { answer } else { answer.fine(texts::fine_declined(), Clause::Pd2) };
        let answer = answer.step(Step::Card);
        let answer = again.filter(|_| applies).into_iter().map(Step::BuyAgain).fold(answer, Answer::step);
        let declined = Some(found.unwrap_or_else(|| Decline::none(Sentence::of(texts::what_declines))));
        Answer { applies, declined, asks: true, ..answer }
    }

    /// AC-3, AC-5.
    fn no_access(&self, answer: Answer) -> Option<Answer> {
        let decision = self.decision()?;
        let Snapshot { balance, free_credits: free, .. } = self.snapshot;
        let found = billing::rules::access::notices(self.policy, &self.snapshot, &Request::API_CALL, &decision).ok()?;
        let answer = if decision.allowed() {
            let held = texts::credits_held(&dollars(free), &dollars(self.snapshot.purchased_credits().ok()?));
            answer.fine(&texts::access_open(&dollars(decision.spendable)), Clause::Ac1).plain(held, Clause::Cr5)
        } else {
            answer
        };
        let refused: Vec<Refused> = decision.refusals.iter().map(Refused::of_access).collect();
        let applies = !decision.allowed() && balance.is_positive();
        Some(Answer { applies, refused, ..answer.found(&found, Tone::Plain).step(Step::Tiers) })
    }

    /// PP-1..4.
    fn purchase_missing(&self, answer: Answer) -> Answer {
        let answer = self.trouble(answer, |notice| {
            matches!(
                notice,
                Notice::PurchasePending { .. } | Notice::PurchaseOverdue { .. } | Notice::PurchaseAction { .. }
            )
        });
        let pending = self
            .account
            .pending_purchases()
            .map(|purchase| texts::pending(&charge(purchase.amount), &clock(purchase.started)));
        let answer = pending.fold(answer, |answer, sentence| answer.plain(sentence, Clause::Pp1));
        let last = self.account.purchases().last().filter(|last| !last.is_pending());
        let answer = match last {
            None if answer.messages.is_empty() => answer.fine(texts::no_purchase(), Clause::Pp1),
            None => answer,
            Some(last) => match last.completed {
                Some(completed) => {
                    answer.fine(&texts::last_purchase(&charge(last.amount), &day(completed)), Clause::Pp1)
                }
                None => answer
                    .fact(texts::last_declined(&charge(last.amount)), Clause::Pd1, Tone::Attention)
                    .step(Step::Declined),
            },
        };
        Answer { support: self.support(), asks: true, ..answer }
    }

    /// TI-1, TI-2: the tier, and what counts toward it.
    fn tier(&self, answer: Answer) -> Option<Answer> {
        let decision = self.decision()?;
        let spend = self.snapshot.lifetime_spend;
        let answer = answer.plain(texts::tier_is(decision.tier.name(), &dollars(spend)), Clause::Ti2);
        if self.account.contract().is_some() {
            return Some(answer);
        }
        let next = progress(self.policy, spend).ok()?.next;
        let answer = answer.plain(way_in_words(next), Clause::Ti4);
        Some(next.into_iter().map(|next| Step::Buy(Some(next.purchase))).fold(answer, Answer::step))
    }

    /// TI-8.
    fn tier_same(&self, answer: Answer) -> Option<Answer> {
        let late = |notice: &Notice| matches!(notice, Notice::TierSettling { .. } | Notice::TierOverdue { .. });
        let answer = self.tier(self.trouble(answer, late))?;
        Some(Answer { support: self.support(), ..answer.step(Step::Tiers) })
    }

    /// UC-4, UC-5.
    fn charged(&self, answer: Answer) -> Option<Answer> {
        let mut answer = answer;
        answer.messages.extend(why::messages(self.session)?);
        answer.messages.extend(why::recharged(self.session).map(|message| (message, Tone::Plain)));
        let applies = answer.messages.iter().any(|(_, tone)| *tone == Tone::Attention);
        let recharge = self.account.recharge().setting.map(|_| Step::Recharge);
        let answer = recharge.into_iter().fold(answer.step(Step::Usage), Answer::step);
        Some(Answer { applies, runs: true, ..answer })
    }

    /// AR-2, AR-5, AR-6.
    fn recharge_silent(&self, answer: Answer) -> Option<Answer> {
        let Some(setting) = self.account.recharge().setting else {
            return Some(answer.plain(texts::recharge_off().to_owned(), Clause::Ar1).step(Step::Recharge));
        };
        let answer = answer.plain(in_words(setting, self.policy.trigger), Clause::Ar2);
        let answer =
            self.trouble(answer, |notice| matches!(notice, Notice::RechargePaused | Notice::RechargeWithheld { .. }));
        let running = self.noticed(|notice| matches!(notice, Notice::RechargeRunning { .. }));
        let is_running = !running.is_empty();
        let answer = answer.found(running, Tone::Plain);
        let answer = if answer.applies || is_running {
            answer
        } else {
            let question = self.account.recharge_question(self.policy, self.now, setting).ok()?;
            let seen = preview(self.policy, &question).ok()?;
            let (balance, threshold) = (dollars(self.snapshot.balance), charge(setting.threshold));
            let waits = texts::recharge_waits(&balance, &threshold);
            if seen.triggers() { answer } else { answer.plain(waits, Clause::Ar2) }.found(&seen.warnings, Tone::Plain)
        };
        let card = answer.applies.then_some(Step::Card);
        Some(card.into_iter().fold(answer.step(Step::Recharge), Answer::step))
    }

    /// AR-3, AR-5.
    fn recharge_many(&self, answer: Answer) -> Answer {
        let answer = self.trouble(answer, |notice| matches!(notice, Notice::RechargeRunning { .. }));
        let none = || Message::now(texts::no_recharge_this_month().to_owned(), Clause::Ar5);
        let mut answer = answer;
        answer.messages.push((why::recharged(self.session).unwrap_or_else(none), Tone::Plain));
        let setting = self.account.recharge().setting;
        let sentence = setting.map(|setting| in_words(setting, self.policy.trigger));
        let sentence = sentence.unwrap_or_else(|| texts::recharge_off().to_owned());
        answer.plain(sentence, Clause::Ar1).step(Step::Recharge)
    }

    /// CR-9.
    fn invoice_by_credits(&self, answer: Answer) -> Option<Answer> {
        let unpaid = || self.account.invoices().iter().filter(|invoice| invoice.unpaid().is_positive());
        let mut answer = answer;
        for invoice in unpaid() {
            let found: Vec<Notice> = invoice_notices(self.policy, self.account, invoice, self.now).ok()?.collect();
            let is_past_due = invoice.state() == InvoiceState::PastDue;
            answer.applies |= is_past_due;
            answer = answer.found(&found, if is_past_due { Tone::Attention } else { Tone::Plain });
            if invoice.is_payable() {
                answer = answer.step(Step::Pay(invoice.id.clone(), invoice.due));
            }
        }
        let answer =
            if answer.messages.is_empty() { answer.fine(texts::no_invoice_open(), Clause::Cr9) } else { answer };
        Some(Answer { asks: true, ..answer.step(Step::Invoices) })
    }

    /// CR-8, IN-4.
    fn month_so_far(&self, answer: Answer) -> Option<Answer> {
        let usage = self.account.usage_at(self.policy, self.now).ok()?;
        let covered = usage.covered().ok()?;
        Some(answer.plain(texts::month_so_far(&dollars(usage.total), &dollars(covered)), Clause::In1))
    }

    /// PM-7.
    fn card(&self, answer: Answer) -> Answer {
        let card = self.account.card().map(card_sentence);
        let sentence = card.map_or_else(|| texts::no_card().to_owned(), |card| texts::card_is(&card));
        answer.plain(sentence, Clause::Pm7)
    }

    /// PM-1..5, PM-12. A decline that nobody has acted on speaks against it, and is diagnosed.
    fn card_refused(&self, answer: Answer) -> Answer {
        if let Some(declined) = latest_decline(self.session) {
            let answer = self.card(answer).step(Step::Card);
            return Answer { applies: true, declined: Some(declined), ..answer };
        }
        let known = diagnose(self.policy, &self.account.shown(self.now), None).known;
        let answer = self.card(answer).found(&known, Tone::Attention);
        let is_fine = known.is_empty();
        let answer = if is_fine { answer.fine(texts::card_fine(), Clause::Pm5) } else { answer };
        let applies = !is_fine && self.account.card().is_some();
        Answer { applies, ..answer.step(Step::Card) }
    }

    /// PM-10.
    fn hold(&self, answer: Answer) -> Answer {
        let answer = self.trouble(answer, |notice| matches!(notice, Notice::HoldWaiting));
        let answer = if answer.messages.is_empty() { answer.fine(texts::no_hold(), Clause::Pm10) } else { answer };
        Answer { asks: true, ..answer.step(Step::Card) }
    }

    /// PM-11.
    fn bank_asks(&self, answer: Answer) -> Answer {
        let answer = self.trouble(answer, |notice| {
            matches!(
                notice,
                Notice::AuthorisesEach { .. } | Notice::PurchaseAction { .. } | Notice::InvoiceAction { .. }
            )
        });
        let answer =
            if answer.messages.is_empty() { answer.fine(texts::bank_waits_not(), Clause::Pm11) } else { answer };
        Answer { asks: true, ..answer.step(Step::Card) }
    }

    /// AC-1, AC-6.
    fn below_zero(&self, answer: Answer) -> Option<Answer> {
        let decision = self.decision()?;
        let floor = decision.credit_limit.stops_at().ok()?;
        let found = billing::rules::access::notices(self.policy, &self.snapshot, &Request::API_CALL, &decision).ok()?;
        let is_of_limit = |notice: &&billing::rules::access::AccessNotice| {
            use billing::rules::access::AccessNotice::{ByContract, LimitAboveCeiling, LimitAssumed, Overrun};
            matches!(notice, ByContract { .. } | LimitAboveCeiling { .. } | LimitAssumed { .. } | Overrun { .. })
        };
        let answer = answer.plain(texts::stops_at(&dollars(floor)), Clause::Ac6);
        Some(answer.found(found.iter().filter(is_of_limit), Tone::Plain).step(Step::Tiers))
    }

    /// CR-2.
    fn start(&self, answer: Answer) -> Option<Answer> {
        let decision = self.decision()?;
        let refused: Vec<Refused> = decision.refusals.iter().map(Refused::of_access).collect();
        let answer = if decision.allowed() {
            answer.plain(texts::can_spend(&dollars(decision.spendable)), Clause::Cr2)
        } else {
            answer
        };
        Some(Answer { applies: !refused.is_empty(), refused, ..answer.step(Step::Buy(None)) })
    }

    /// IN-2.
    fn zero_invoice(&self, answer: Answer) -> Answer {
        let invoices = u64::try_from(self.account.invoices().len()).unwrap_or(u64::MAX);
        answer.plain(texts::invoices_so_far(&count(invoices)), Clause::In2).step(Step::Invoices)
    }

    /// IN-6.
    fn receipts(&self, answer: Answer) -> Answer {
        let purchases = u64::try_from(self.account.purchases().len()).unwrap_or(u64::MAX);
        answer.plain(texts::purchases_so_far(&count(purchases)), Clause::In6).step(Step::Purchases)
    }

    /// CR-6.
    fn expire(&self, answer: Answer) -> Answer {
        let answer = self
            .trouble(answer, |notice| matches!(notice, Notice::ExpiryAnnounced { .. } | Notice::CreditsExpire { .. }));
        let credits = self.snapshot.balance.max(Money::ZERO);
        if answer.messages.is_empty() {
            answer.fine(&texts::never_expire(&dollars(credits)), Clause::Cr6)
        } else {
            answer
        }
    }

    /// CR-4.
    fn trial(&self, answer: Answer) -> Option<Answer> {
        let decision = self.decision()?;
        let refusals = decision.refusals.iter().map(Refused::of_access);
        let refused: Vec<Refused> = refusals.filter(|refused| refused.message.clause == Some(Clause::Ac2)).collect();
        let answer = Answer { refused, ..answer };
        let spent = texts::spent_so_far(&dollars(self.snapshot.lifetime_spend));
        Some(if answer.has_nothing_to_tell() { answer.fine(&spent, Clause::Cr4) } else { answer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    fn applying(preset: Preset) -> Vec<Topic> {
        let session = session(preset);
        Topic::ALL.iter().copied().filter(|topic| Answer::to(*topic, &session).unwrap().applies).collect()
    }

    #[test]
    fn every_question_has_an_answer_on_every_account() {
        for preset in Preset::ALL {
            let session = session(preset);
            for topic in Topic::ALL {
                let answer = Answer::to(*topic, &session).unwrap();
                let says = !answer.has_nothing_to_tell() || answer.declined.is_some();
                assert!(says, "{topic:?} on {preset:?}");
                assert!(!rules(*topic).is_empty());
            }
        }
    }

    #[test]
    fn the_troubles_that_an_account_is_in_are_marked() {
        assert_eq!(applying(Preset::BuildTier2), []);
        assert_eq!(applying(Preset::FreeCreditsOnly), [Topic::NoAccess, Topic::Start]);
        assert!(applying(Preset::PastDue).contains(&Topic::InvoiceByCredits));
        assert!(applying(Preset::PastDue).contains(&Topic::Declined));
        assert_eq!(applying(Preset::IdleEndpoint), [Topic::Charged]);
    }

    #[test]
    fn pd_1_nothing_fine_is_said_of_a_card_whose_charge_was_declined() {
        let is_fine = |answer: &Answer| answer.messages.iter().any(|(_, tone)| *tone == Tone::Fine);
        let declined = Answer::to(Topic::CardRefused, &session(Preset::PastDue)).unwrap();
        assert!(!is_fine(&declined) && declined.applies);
        assert!(declined.declined == latest_decline(&session(Preset::PastDue)));
        let accepted = Answer::to(Topic::CardRefused, &session(Preset::BuildTier2)).unwrap();
        assert!(is_fine(&accepted) && !accepted.applies && accepted.declined.is_none());
    }

    #[test]
    fn in_5_what_only_support_can_enter_is_ready_to_be_sent() {
        let answer = Answer::to(Topic::Details, &session(Preset::BuildTier2)).unwrap();
        assert!(answer.support.unwrap().contains("Name of the organisation"));
    }
}
