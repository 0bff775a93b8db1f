//! Reading and checking a policy document: every parameter with its value, unit, clause and source.

use crate::clause::Clause;
use crate::finding::findings;
use crate::json::Node;
use crate::json::read::{At, Family, Fields, ReadError, Shape, amount, charge, count, date, flag, list, text, word};
use crate::money::{Charge, Money};
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;
use crate::policy::terms::{Billing, BurnOrder, Limits, Model, Policy, Terms, TierTerms, Trigger};
use crate::policy::tier::Tier;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

findings! {
    /// What can be wrong with the values of a policy document whose shape is right.
    pub enum PolicyProblem {
        /// A source that the document does not list.
        UnknownSource = "policy.unknown_source" none,
        /// Another clause than the one that this parameter belongs to.
        WrongClause { expected: &'static str } = "policy.wrong_clause" none,
        /// Another unit than the one that this parameter is counted in.
        WrongUnit { expected: Option<&'static str> } = "policy.wrong_unit" none,
        /// Neither a source nor the word that it is assumed or decided.
        NoSource = "policy.no_source" none,
        /// A day of announcement that comes after the first day.
        AnnouncedLate = "policy.announced_late" Cr6,
        /// Credits that expire under a policy that was not announced ahead.
        ExpiryUnannounced = "policy.expiry_unannounced" Cr6,
        /// A smallest purchase that is too small for a card, or too large for a customer.
        MinimumOutOfRange { lowest: Charge, highest: Charge } = "policy.minimum_out_of_range" Cr3,
        /// A default that may not be bought.
        DefaultBelowMinimum { minimum: Charge } = "policy.default_below_minimum" Ar1,
        /// A payment that is late only after it should have settled.
        PaymentTimes { settles_within_seconds: u64 } = "policy.payment_times" Pp2,
        /// A first tier that is not the Limited tier at $0.00.
        FirstTier = "policy.first_tier" Ti1,
        /// A tier that does not begin above the one before it.
        TiersNotAscending = "policy.tiers_not_ascending" Ti1,
        /// A contract's tier among those that are reached by spending.
        ContractTier = "policy.contract_tier" Ac7,
        /// A tier that may owe less than the one before it, so that a purchase could stop access.
        CreditLimitFalls = "policy.credit_limit_falls" Ac6,
        /// Two models with one id.
        DuplicateModel = "policy.duplicate_model" Ti5,
        /// A model that opens at a tier which the document does not have.
        UnknownTier = "policy.unknown_tier" Ti5,
        /// No network at all, or one twice.
        Networks = "policy.networks" Pm1,
        /// No length at all, or one that no Visa number has.
        VisaLengths = "policy.visa_lengths" Pm5,
    }
}

/// Every length that Visa has ever issued.
const VISA_LENGTHS: [u64; 3] = [13, 16, 19];
/// Below this a card charge costs more than it brings; it also keeps every count of purchases below 2^53, so that
/// JavaScript holds it exactly.
const LOWEST_MINIMUM: &str = "0.50";
const HIGHEST_MINIMUM: &str = "10000.00";
/// A document has at most this many items in any list.
const MOST_ITEMS: u64 = 1000;
/// A limit or a number of seconds is at most this.
const MOST_COUNT: u64 = 1_000_000_000;

/// Reads a document, with `at` as the place of the whole of it.
///
/// # Errors
/// Everything that is wrong with it, in the order of the document.
pub fn check(document: &Node<'_>, at: &At<'_>) -> Result<Policy, Vec<ReadError>> {
    let at = at.with_family(Family::Policy);
    let mut faults = Vec::new();
    match read(document, &at, &mut faults) {
        Some(policy) if faults.is_empty() => Ok(policy),
        _ => Err(faults),
    }
}

/// How a value is read. One form for all, so that each kind of value is compiled once.
type Read<'r, 'n, T> = &'r dyn Fn(&'n Node<'n>, &At<'_>) -> Result<T, ReadError>;

/// The value of a parameter that was read; `null` is a value too.
struct Value<T>(Option<T>);

/// Reads parameter by parameter; what cannot be read is a fault, and the reading goes on.
struct Reader<'f> {
    faults: &'f mut Vec<ReadError>,
    sources: Vec<String>,
}

impl Reader<'_> {
    fn keep<T>(&mut self, result: Result<T, ReadError>) -> Option<T> {
        result.map_err(|fault| self.faults.push(fault)).ok()
    }

    #[inline(never)]
    fn refuse(&mut self, at: &At<'_>, problem: &PolicyProblem) {
        self.faults.push(at.finding(problem));
    }

    /// Opens an object; unknown and duplicate fields are faults, and the known ones are read all the same.
    #[inline(never)]
    fn open<'n, 'p>(&mut self, node: &'n Node<'n>, at: &'p At<'p>, names: &[&str]) -> Option<Fields<'n, 'p>> {
        let fields = self.keep(Fields::open_any(node, at))?;
        self.faults.extend(fields.strangers(names));
        Some(fields)
    }

    /// Opens the object in a field.
    fn section<'n, T>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        names: &[&str],
        read: impl FnOnce(&mut Self, Fields<'n, '_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.keep(fields.required(name, |node, _| Ok(node)))?;
        let at = fields.at().field(name);
        let section = self.open(node, &at, names)?;
        read(self, section)
    }

    /// Reads a parameter: an object of value, unit, clause, source, and perhaps `assumed` and a note. A value that may be
    /// nothing is read as `None`.
    fn parameter<'n, T>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        unit: Option<&'static str>,
        clause: Clause,
        value: Read<'_, 'n, T>,
    ) -> Option<Value<T>> {
        let section = fields.at().field(name);
        match self.stated(fields, name, &section, unit, clause)? {
            Some(node) => self.keep(value(node, &section.field("value"))).map(|value| Value(Some(value))),
            None => Some(Value(None)),
        }
    }

    /// Opens a parameter and checks what stands around its value. It is no generic function, so that it is compiled once
    /// for every kind of value. What it answers is the value, which may be nothing.
    #[inline(never)]
    #[allow(clippy::option_option, reason = "no parameter, no value and a value are three things")]
    fn stated<'n>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        at: &At<'_>,
        unit: Option<&'static str>,
        clause: Clause,
    ) -> Option<Option<&'n Node<'n>>> {
        const NAMES: [&str; 6] = ["value", "unit", "clause", "source", "assumed", "note"];
        let node = self.keep(fields.required(name, |node, _| Ok(node)))?;
        let parameter = self.open(node, at, &NAMES)?;
        if self.keep(parameter.optional("unit", text))? != unit {
            self.refuse(&at.field("unit"), &PolicyProblem::WrongUnit { expected: unit });
        }
        if self.keep(parameter.required("clause", text))? != clause.id() {
            self.refuse(&at.field("clause"), &PolicyProblem::WrongClause { expected: clause.id() });
        }
        self.keep(parameter.optional("note", text));
        let assumed = self.keep(parameter.optional("assumed", flag))?.unwrap_or(false);
        let sources = self.keep(parameter.required("source", list(MOST_ITEMS, text)))?;
        for (index, source) in sources.iter().enumerate() {
            if !self.sources.iter().any(|known| known == source) {
                self.refuse(&at.field("source").item(index), &PolicyProblem::UnknownSource);
            }
        }
        if sources.is_empty() && !assumed {
            self.refuse(&at.field("source"), &PolicyProblem::NoSource);
        }
        Some(parameter.get("value"))
    }

    /// Reads a parameter whose value must be there.
    fn value<'n, T>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        unit: Option<&'static str>,
        clause: Clause,
        value: Read<'_, 'n, T>,
    ) -> Option<T> {
        let section = fields.at().field(name);
        let at = section.field("value");
        let node = self.stated(fields, name, &section, unit, clause)?;
        self.keep(node.ok_or_else(|| at.fault(Shape::MissingField)).and_then(|node| value(node, &at)))
    }

    /// Reads a parameter that may be absent; where it stands, its value must be there.
    fn optional_value<'n, T>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        unit: Option<&'static str>,
        clause: Clause,
        value: Read<'_, 'n, T>,
    ) -> Option<Value<T>> {
        if fields.get(name).is_none() {
            return Some(Value(None));
        }
        self.value(fields, name, unit, clause, value).map(|value| Value(Some(value)))
    }

    /// Reads each object of a list.
    fn each<'n, T>(
        &mut self,
        fields: Fields<'n, '_>,
        name: &str,
        names: &[&str],
        read: impl Fn(&mut Self, Fields<'n, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let nodes = self.keep(fields.required(name, list(MOST_ITEMS, |node, _| Ok(node))))?;
        let at = fields.at().field(name);
        let items = nodes.into_iter().enumerate().map(|(index, node)| {
            let at = at.item(index);
            let item = self.open(node, &at, names)?;
            read(self, item)
        });
        // Every item is read, so that the faults of all are known, before one missing item gives up the list.
        let items: Vec<Option<T>> = items.collect();
        items.into_iter().collect()
    }
}

fn read(document: &Node<'_>, at: &At<'_>, faults: &mut Vec<ReadError>) -> Option<Policy> {
    const NAMES: [&str; 17] = [
        "$schema",
        "id",
        "title",
        "announced",
        "effective",
        "checked",
        "sources",
        "billing",
        "credits",
        "access",
        "payments",
        "invoices",
        "deployments",
        "auto_recharge",
        "cards",
        "tiers",
        "models",
    ];
    let mut reader = Reader { faults, sources: Vec::new() };
    let root = reader.open(document, at, &NAMES)?;
    reader.keep(root.optional("$schema", text));
    let id = reader.keep(root.required("id", text));
    let title = reader.keep(root.required("title", text));
    let sources = reader.each(root, "sources", &["id", "title"], |reader, source| {
        reader.keep(source.required("title", text));
        reader.keep(source.required("id", text)).map(ToString::to_string)
    });
    reader.sources = sources.unwrap_or_default();
    let announced = reader.parameter(root, "announced", None, Clause::Cr6, &date);
    let effective = reader.value(root, "effective", None, Clause::Cr6, &date);
    let checked = reader.keep(root.required("checked", date));
    let billing = reader.value(root, "billing", None, Clause::In1, &word::<Billing>);
    let credits = read_credits(&mut reader, root);
    let access = read_access(&mut reader, root);
    let payments = read_payments(&mut reader, root);
    let charge_day = read_charge_day(&mut reader, root);
    let covered_minutes = read_covered_minutes(&mut reader, root);
    let recharge = read_recharge(&mut reader, root);
    let cards = read_cards(&mut reader, root);
    let tiers = read_tiers(&mut reader, root);
    let models = read_models(&mut reader, root);

    let (credits, access, payments, recharge, cards) = (credits?, access?, payments?, recharge?, cards?);
    let policy = Terms {
        id: id?.to_string(),
        title: title?.to_string(),
        announced: announced?.0,
        effective: effective?,
        checked: checked?,
        billing: billing?,
        minimum_purchase: credits.minimum_purchase,
        burn_order: credits.burn_order,
        expires_after_months: credits.expires_after_months,
        minimum_spend: access.minimum_spend,
        past_due_suspends: access.past_due_suspends,
        tier_settles_within_seconds: access.tier_settles_within_seconds,
        payment_typical_within_seconds: payments.typical_within_seconds,
        payment_settles_within_seconds: payments.settles_within_seconds,
        charge_day: charge_day?,
        deployment_covered_minutes: covered_minutes?,
        default_recharge_amount: recharge.default_amount,
        trigger: recharge.trigger,
        networks: cards.networks,
        refused_funding: cards.refused_funding,
        recurring_required: cards.recurring_required,
        visa_lengths: cards.visa_lengths,
        tiers: tiers?,
        models: models?,
    };
    check_dates(&mut reader, &policy, at);
    check_amounts(&mut reader, &policy, at);
    check_times(&mut reader, &policy, at);
    check_tiers(&mut reader, &policy, at);
    check_models(&mut reader, &policy, at);
    check_cards(&mut reader, &policy, at);
    Some(Policy::from_checked_terms(policy))
}

struct Credits {
    minimum_purchase: Charge,
    burn_order: BurnOrder,
    expires_after_months: Option<u64>,
}

fn read_credits(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Credits> {
    reader.section(root, "credits", &["minimum_purchase", "burn_order", "expires_after"], |reader, section| {
        let minimum_purchase = reader.value(section, "minimum_purchase", Some("usd"), Clause::Cr3, &charge);
        let burn_order = reader.value(section, "burn_order", None, Clause::Cr10, &word::<BurnOrder>);
        let expires_after = reader.parameter(section, "expires_after", Some("months"), Clause::Cr6, &count(1, 1200));
        Some(Credits {
            minimum_purchase: minimum_purchase?,
            burn_order: burn_order?,
            expires_after_months: expires_after?.0,
        })
    })
}

struct Access {
    minimum_spend: Money,
    past_due_suspends: bool,
    tier_settles_within_seconds: u64,
}

fn read_access(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Access> {
    reader.section(root, "access", &["minimum_spend", "past_due_suspends", "tier_settles_within"], |reader, section| {
        let minimum_spend = reader.value(section, "minimum_spend", Some("usd"), Clause::Ac2, &amount);
        let suspends = reader.value(section, "past_due_suspends", None, Clause::Ac8, &flag);
        let settles = reader.value(section, "tier_settles_within", Some("seconds"), Clause::Ti8, &count(1, MOST_COUNT));
        Some(Access {
            minimum_spend: minimum_spend?,
            past_due_suspends: suspends?,
            tier_settles_within_seconds: settles?,
        })
    })
}

struct Payments {
    typical_within_seconds: u64,
    settles_within_seconds: u64,
}

fn read_payments(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Payments> {
    reader.section(root, "payments", &["typical_within", "settles_within"], |reader, section| {
        let unit = Some("seconds");
        let typical = reader.value(section, "typical_within", unit, Clause::Pp2, &count(1, MOST_COUNT));
        let settles = reader.value(section, "settles_within", unit, Clause::Pp3, &count(1, MOST_COUNT));
        Some(Payments { typical_within_seconds: typical?, settles_within_seconds: settles? })
    })
}

fn read_charge_day(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<u8> {
    reader.section(root, "invoices", &["charge_day"], |reader, section| {
        // Every month has the 28th.
        let day = reader.value(section, "charge_day", Some("day_of_month"), Clause::In3, &count(1, 28))?;
        u8::try_from(day).ok()
    })
}

fn read_covered_minutes(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<u64> {
    reader.section(root, "deployments", &["covered_ahead"], |reader, section| {
        reader.value(section, "covered_ahead", Some("minutes"), Clause::Cr2, &count(0, MOST_COUNT))
    })
}

struct Recharge {
    default_amount: Charge,
    trigger: Trigger,
}

fn read_recharge(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Recharge> {
    reader.section(root, "auto_recharge", &["default_amount", "trigger"], |reader, section| {
        let default_amount = reader.value(section, "default_amount", Some("usd"), Clause::Ar1, &charge);
        let trigger = reader.value(section, "trigger", None, Clause::Ar2, &word::<Trigger>);
        Some(Recharge { default_amount: default_amount?, trigger: trigger? })
    })
}

struct Cards {
    networks: Vec<Network>,
    refused_funding: Vec<Funding>,
    recurring_required: bool,
    visa_lengths: Vec<u64>,
}

fn read_cards(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Cards> {
    const NAMES: [&str; 4] = ["networks", "refused_funding", "recurring_required", "visa_lengths"];
    reader.section(root, "cards", &NAMES, |reader, section| {
        let networks = reader.value(section, "networks", None, Clause::Pm1, &list(MOST_ITEMS, word::<Network>));
        let refused = reader.value(section, "refused_funding", None, Clause::Pm2, &list(MOST_ITEMS, word::<Funding>));
        let recurring = reader.value(section, "recurring_required", None, Clause::Pm4, &flag);
        let lengths =
            reader.value(section, "visa_lengths", Some("digits"), Clause::Pm5, &list(MOST_ITEMS, count(1, 99)));
        Some(Cards {
            networks: networks?,
            refused_funding: refused?,
            recurring_required: recurring?,
            visa_lengths: lengths?,
        })
    })
}

fn read_tiers(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Vec<TierTerms>> {
    const NAMES: [&str; 6] = ["id", "at", "llm", "embeddings", "rerank", "credit_limit"];
    reader.each(root, "tiers", &NAMES, |reader, fields| {
        let tier = reader.keep(fields.required("id", word::<Tier>));
        let at = reader.value(fields, "at", Some("usd"), Clause::Ti1, &amount);
        let limits = read_limits(reader, fields);
        let credit_limit = reader.value(fields, "credit_limit", Some("usd"), Clause::Ac6, &amount);
        Some(TierTerms {
            tier: tier?,
            at: at?,
            limits: limits?.0,
            credit_limit: credit_limit?,
            credit_limit_assumed: is_assumed(fields, "credit_limit"),
        })
    })
}

/// TI-3: a tier has all three limits, or none.
fn read_limits(reader: &mut Reader<'_>, fields: Fields<'_, '_>) -> Option<Value<Limits>> {
    if ["llm", "embeddings", "rerank"].into_iter().all(|name| fields.get(name).is_none()) {
        return Some(Value(None));
    }
    let mut limit = |name, unit| reader.value(fields, name, unit, Clause::Ti3, &count(0, MOST_COUNT));
    let llm = limit("llm", Some("requests_per_minute"));
    let embeddings = limit("embeddings", Some("requests_per_minute"));
    let rerank = limit("rerank", None);
    Some(Value(Some(Limits { llm: llm?, embeddings: embeddings?, rerank: rerank? })))
}

fn is_assumed(fields: Fields<'_, '_>, name: &str) -> bool {
    let assumed = |node: &Node<'_>| match node {
        Node::Object(fields) => fields.iter().any(|(name, value)| name == "assumed" && *value == Node::Bool(true)),
        _ => false,
    };
    fields.get(name).is_some_and(assumed)
}

fn read_models(reader: &mut Reader<'_>, root: Fields<'_, '_>) -> Option<Vec<Model>> {
    reader.each(root, "models", &["id", "title", "from", "rate_limit"], |reader, fields| {
        let id = reader.keep(fields.required("id", text));
        let title = reader.keep(fields.required("title", text));
        let from = reader.value(fields, "from", None, Clause::Ti5, &word::<Tier>);
        let unit = Some("requests_per_minute");
        let rate_limit = reader.optional_value(fields, "rate_limit", unit, Clause::Ti6, &count(0, MOST_COUNT));
        Some(Model { id: id?.to_string(), title: title?.to_string(), from: from?, requests_per_minute: rate_limit?.0 })
    })
}

/// CR-6: a change that takes something away is announced before its first day.
fn check_dates(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    let announced_ahead = policy.announced.is_some_and(|announced| announced < policy.effective);
    if policy.announced.is_some_and(|announced| announced > policy.effective) {
        reader.refuse(&at.field("announced"), &PolicyProblem::AnnouncedLate);
    } else if policy.expires_after_months.is_some() && !announced_ahead {
        reader.refuse(&at.field("credits").field("expires_after"), &PolicyProblem::ExpiryUnannounced);
    }
}

fn check_amounts(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    if let (Ok(lowest), Ok(highest)) = (Charge::parse(LOWEST_MINIMUM), Charge::parse(HIGHEST_MINIMUM))
        && !(lowest..=highest).contains(&policy.minimum_purchase)
    {
        let problem = PolicyProblem::MinimumOutOfRange { lowest, highest };
        reader.refuse(&at.field("credits").field("minimum_purchase"), &problem);
    }
    if policy.default_recharge_amount < policy.minimum_purchase {
        let problem = PolicyProblem::DefaultBelowMinimum { minimum: policy.minimum_purchase };
        reader.refuse(&at.field("auto_recharge").field("default_amount"), &problem);
    }
}

/// PP-2, PP-3: what is typical comes before what is normal.
fn check_times(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    let settles_within_seconds = policy.payment_settles_within_seconds;
    if policy.payment_typical_within_seconds >= settles_within_seconds {
        let problem = PolicyProblem::PaymentTimes { settles_within_seconds };
        reader.refuse(&at.field("payments").field("typical_within"), &problem);
    }
}

fn check_tiers(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    let at = at.field("tiers");
    let first = policy.tiers.first().map(|terms| (terms.tier, terms.at));
    if first != Some((Tier::Limited, Money::ZERO)) {
        reader.refuse(&at, &PolicyProblem::FirstTier);
    }
    for (index, terms) in policy.tiers.iter().enumerate() {
        if terms.tier >= Tier::Scale {
            reader.refuse(&at.item(index), &PolicyProblem::ContractTier);
        }
    }
    for (index, (before, after)) in policy.tiers.iter().zip(policy.tiers.iter().skip(1)).enumerate() {
        let at = at.item(index.saturating_add(1));
        if after.tier <= before.tier || after.at <= before.at {
            reader.refuse(&at, &PolicyProblem::TiersNotAscending);
        }
        if after.credit_limit < before.credit_limit {
            reader.refuse(&at.field("credit_limit"), &PolicyProblem::CreditLimitFalls);
        }
    }
}

fn check_models(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    let at = at.field("models");
    for (index, model) in policy.models.iter().enumerate() {
        if policy.models.iter().take(index).any(|earlier| earlier.id == model.id) {
            reader.refuse(&at.item(index).field("id"), &PolicyProblem::DuplicateModel);
        }
        if policy.tier_terms(model.from).is_none() && model.from < Tier::Scale {
            reader.refuse(&at.item(index).field("from"), &PolicyProblem::UnknownTier);
        }
    }
}

fn check_cards(reader: &mut Reader<'_>, policy: &Terms, at: &At<'_>) {
    let at = at.field("cards");
    if is_empty_or_repeats(&policy.networks) {
        reader.refuse(&at.field("networks"), &PolicyProblem::Networks);
    }
    let known = policy.visa_lengths.iter().all(|length| VISA_LENGTHS.contains(length));
    if !known || is_empty_or_repeats(&policy.visa_lengths) {
        reader.refuse(&at.field("visa_lengths"), &PolicyProblem::VisaLengths);
    }
}

fn is_empty_or_repeats<T: PartialEq>(items: &[T]) -> bool {
    items.is_empty()
        || items.iter().enumerate().any(|(index, item)| items.iter().take(index).any(|other| other == item))
}
