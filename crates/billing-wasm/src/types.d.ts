/** Anything that JSON has a form for. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An amount in US dollars as a text in plain decimal notation: `"25.00"`, `"-100"`, `"0.0000018"`. */
export type Money = string;
/** A share as a text: `"0.25"`. */
export type Share = string;
/** An RFC 3339 instant: `"2025-12-01T09:30:00Z"`. */
export type Timestamp = string;
/** A date: `"2025-12-01"`. */
export type DateText = string;
/** A clause of the rulebook: `"AR-3"`. */
export type Clause = `${"CR" | "AR" | "PM" | "PD" | "PP" | "TI" | "AC" | "IN" | "UC"}-${number}`;

export type Tier = "limited" | "build_1" | "build_2" | "build_3" | "build_4" | "build_5" | "scale" | "enterprise";
export type Network =
  | "visa" | "mastercard" | "american_express" | "discover" | "jcb" | "diners_club" | "unionpay" | "maestro" | "elo"
  | "mir" | "hiper" | "hipercard" | "verve" | "rupay";
export type Funding = "credit" | "debit" | "prepaid" | "virtual" | "unknown";

/** Something that a rule has found: a stable code, the clause behind it, its figures, a sentence for a person. */
export interface Finding<Code extends string, Cited extends Clause | null, Params = Record<string, never>> {
  code: Code;
  clause: Cited;
  params: Params;
  message: string;
}

/** A field that may be left out; `null` is the same as leaving it out. */
type Optional<T> = { [Name in keyof T]?: T[Name] | null | undefined };

// Questions and answers

/** Every question by name: when it is asked, with which input, and what it answers. */
export interface Questions {
  recharge_preview: { terms: UnderPolicy; input: RechargePreviewInput; answer: RechargePreview };
  tier_progress: { terms: UnderPolicy; input: TierProgressInput; answer: TierProgress };
  access: { terms: UnderPolicy; input: AccessInput; answer: Access };
  card_number: { terms: UnderPolicy; input: CardNumberInput; answer: CardNumber };
  card_check: { terms: UnderPolicyNow; input: CardCheckInput; answer: CardCheck };
  policy_check: { terms: Anyhow; input: PolicyCheckInput; answer: PolicyCheck };
  policy_diff: { terms: Anyhow; input: PolicyDiffInput; answer: PolicyDiff };
  decide: { terms: UnderPolicyNow; input: DecideInput; answer: Decide };
  account: { terms: UnderPolicyNow; input: AccountInput; answer: AccountState };
  decline_diagnosis: { terms: UnderPolicyNow; input: DeclineDiagnosisInput; answer: DeclineDiagnosis };
  charges: { terms: UnderPolicyNow; input: ChargesInput; answer: Charges };
  forecast: { terms: UnderPolicyNow; input: ForecastInput; answer: Forecast };
}

/** The name of a question. */
export type Query = keyof Questions;

/** The id of a shipped policy, or a policy document. */
export type OnePolicy = "prepaid" | "credit-limit" | PolicyDocument;
/** One policy, whenever it is; or several, each from its first day on. */
export type PolicyChoice = OnePolicy | OnePolicy[];

/** Under a policy, or under the one in force at a time. */
export type UnderPolicy =
  | ({ policy: PolicyChoice } & Optional<{ now: Timestamp }>)
  | ({ now: Timestamp } & Optional<{ policy: never }>);
/** At a time, and under a policy or the one in force then. */
export type UnderPolicyNow = { now: Timestamp } & Optional<{ policy: PolicyChoice }>;
/** Whatever the time and the policy. */
export type Anyhow = Optional<{ policy: PolicyChoice; now: Timestamp }>;

/** A question with what it needs. */
export type EvaluateRequest<Q extends Query = Query> = {
  [Name in Q]: { id?: Json | undefined; query: Name; input: Questions[Name]["input"] } & Questions[Name]["terms"];
}[Q];

/** An answer or an error, with the `id` of the request. */
export type EvaluateResponse<Q extends Query = Query> =
  | { [Name in Q]: { id: Json; answer: Questions[Name]["answer"]; error?: never } }[Q]
  | { id: Json; error: EvaluateError; answer?: never };

/** Why a request has no answer: in a field of it (`path`), or as a whole (`line`, which is 1 for an object). */
export type EvaluateError =
  | { code: ErrorCode; clause: Clause | null; path: string; message: string }
  | { code: LineErrorCode; clause: null; line: number; message: string };

export type MoneyCode =
  | "money.not_a_string" | "money.malformed" | "money.too_precise" | "money.out_of_range" | "money.negative";
export type TimeCode = "time.malformed" | "time.out_of_range";
export type ErrorCode =
  | "request.unknown_field" | "request.duplicate_field" | "request.missing_field" | "request.wrong_type"
  | "request.unknown_value" | "request.text_too_long" | "request.out_of_range"
  | "request.unknown_policy" | "request.no_policy_in_force"
  | PolicyProblem["code"] | "policy.malformed"
  | MoneyCode | TimeCode
  | "purchase.below_minimum" | "account.free_exceeds_balance" | "account.settled_exceeds_spend"
  | "history.unknown_field" | "history.missing_field" | "history.wrong_type" | "history.unknown_value"
  | "history.text_too_long" | "history.out_of_range" | "history.unknown_version"
  | ImpossibleEvent["code"] | "command.before_history" | "command.too_far" | "command.out_of_range"
  | "answer.unwritable";
export type LineErrorCode = "request.malformed" | "request.too_long" | "request.too_many" | "request.not_utf8";

// recharge_preview

export type RechargePreviewInput = { balance: Money; threshold: Money } & Optional<{
  amount: Money;
  pending: Money;
  lifetime_spend: Money;
  /** How many first steps are listed: 0 to 1000, otherwise 10. */
  list: number;
  credit_limit: Money;
  card: "none" | "recurring" | "not_recurring" | "unknown";
}>;

export interface RechargePreview {
  triggers: boolean;
  purchases: number;
  total: Money;
  balance_after: Money;
  lifetime_spend_after: Money;
  tier_after: Tier;
  steps: RechargeStep[];
  omitted: number;
  last: RechargeStep | null;
  warnings: RechargeWarning[];
}

export interface RechargeStep {
  number: number;
  amount: Money;
  balance_after: Money;
  lifetime_spend_after: Money;
  tier_after: Tier;
}

export interface BuysNow {
  purchases: number;
  amount: Money;
  total: Money;
  threshold: Money;
  gap: Money;
  pending: Money;
}

export type RechargeWarning =
  | Finding<"recharge.buys_now", "AR-4", BuysNow>
  | Finding<"recharge.at_threshold_waits", "AR-2", { threshold: Money }>
  | Finding<"recharge.at_threshold_buys", "AR-2", { threshold: Money }>
  | Finding<"recharge.pending_counted", "AR-7", { pending: Money; purchases_without: number }>
  | Finding<"recharge.too_late", "AR-8", { threshold: Money; credit_limit: Money }>
  | Finding<"recharge.no_card", "AR-6">
  | Finding<"recharge.card_not_recurring", "AR-6">
  | Finding<"recharge.card_recurring_unknown", "AR-6">;

// tier_progress

export interface TierProgressInput {
  lifetime_spend: Money;
}

export interface TierProgress {
  tier: Tier;
  limits: { llm: number; embeddings: number; rerank: number } | null;
  next: { tier: Tier; at: Money; remaining: Money; purchase: Money; share: Share } | null;
  models: string[];
  models_next: string[];
}

// access

export interface AccessInput {
  account: Account;
  request: AccessRequest;
}

export type Account = { balance: Money; lifetime_spend: Money } & Optional<{
  free_credits: Money;
  past_due: Money;
  balance_limit: Money;
  contract: { plan: "scale" | "enterprise"; credit_limit: Money };
  tier_settled_spend: Money;
  pending: Money;
}>;

export type AccessRequest = Optional<{ model: string; under_way: boolean }> &
  (
    | ({ kind: "api_call" } & Optional<{ cost: Money }>)
    | { kind: "dedicated_endpoint" | "fine_tuning" | "evaluation"; cost: Money }
  );

export interface Access {
  allowed: boolean;
  status: 200 | 401 | 402 | 403;
  tier: Tier;
  spendable: Money;
  reasons: AccessReason[];
  limit: { in_force: Money; own: Money | null; ceiling: Money; assumed: boolean };
  overrun: Money;
  paid_from: { free: Money; purchased: Money; owed: Money } | null;
  model_limit: number | null;
  notices: AccessNotice[];
}

export interface ModelTier {
  model: string;
  tier: Tier;
  needed: Tier;
}

export type AccessReason = { remedies: Remedy[]; retryable: boolean } & (
  | Finding<"access.no_purchase", "AC-2", { minimum: Money; lifetime_spend: Money; free_credits: Money; pending: Money }>
  | Finding<"access.past_due", "AC-8", { past_due: Money }>
  | Finding<"access.limit_reached", "AC-1", { balance: Money; credit_limit: Money; pending: Money }>
  | Finding<"access.cost_not_covered", "CR-2", { cost: Money; spendable: Money; short: Money; pending: Money }>
  | Finding<"access.tier_too_low", "TI-5", ModelTier & { remaining: Money | null; pending: Money }>
  | Finding<"access.tier_settling", "TI-8", ModelTier & { seconds: number }>
);

export type Remedy =
  | { kind: "purchase" | "pay_invoice" | "raise_limit"; amount: Money; seconds: null }
  | { kind: "wait"; amount: null; seconds: number }
  | { kind: "approve"; amount: null; seconds: null }
  | { kind: "contact_support"; amount: null; seconds: null }
  | { kind: "contact_sales"; amount: null; seconds: null };

export type AccessNotice =
  | Finding<"access.positive_balance", "AC-5", { free_credits: Money; purchased_credits: Money; tier: Tier }>
  | Finding<"access.limit_above_ceiling", "AC-6", { balance_limit: Money; ceiling: Money }>
  | Finding<"access.limit_assumed", "AC-6", { ceiling: Money; tier: Tier }>
  | Finding<"access.by_contract", "AC-7", { tier: Tier; credit_limit: Money }>
  | Finding<"access.overrun", "AC-9", { overrun: Money; credit_limit: Money }>
  | Finding<"access.under_way", "AC-9", { balance: Money; credit_limit: Money }>
  | Finding<"access.tier_follows", "TI-8", { tier: Tier; entitled: Tier; seconds: number }>;

// card_number, card_check

export interface CardNumberInput {
  /** As typed. */
  number: string;
}

export interface CardNumber {
  formatted: string;
  networks: Network[];
  state: "incomplete" | "valid" | "invalid";
  /** `null` while undecided. */
  accepted: boolean | null;
  security_code_length: number | null;
  problems: CardProblem[];
}

export type CardCheckInput = { number: string; expiry: string; security_code: string } & Optional<{
  name: string;
  funding: Funding;
  recurring: boolean;
  address: Address;
  address_match: boolean;
  linked: { same_card: boolean; address: Address };
}>;

export type Address = Optional<{
  line1: string;
  line2: string;
  city: string;
  region: string;
  postal_code: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}>;

export interface CardCheck {
  network: Network | null;
  last4: string | null;
  /** `null` while only the issuer can say more. */
  accepted: boolean | null;
  problems: (CardProblem & { field: CardField })[];
}

export type AddressField = "line1" | "line2" | "city" | "region" | "postal_code";
export type CardField = "name" | "number" | "expiry" | "security_code" | AddressField | "country" | "address";

export type CardProblem =
  | Finding<"card.number_missing", "PM-5">
  | Finding<"card.number_incomplete", "PM-5", { digits: number }>
  | Finding<"card.number_unfinished", "PM-5", { digits: number }>
  | Finding<"card.number_mistyped", "PM-5">
  | Finding<"card.number_too_long", "PM-5", { digits: number; longest: number }>
  | Finding<"card.unexpected_character", "PM-5", { character: string }>
  | Finding<"card.network_unknown", "PM-1">
  | Finding<"card.network_refused", "PM-1", { network: Network }>
  | Finding<"card.networks_refused", "PM-1">
  | Finding<"card.expiry_missing", "PM-5">
  | Finding<"card.expiry_incomplete", "PM-5">
  | Finding<"card.expiry_malformed", "PM-5">
  | Finding<"card.expired", "PM-5", { month: number; year: number }>
  | Finding<"card.security_code_missing", "PM-5">
  | Finding<"card.security_code_incomplete", "PM-5", { length: number }>
  | Finding<"card.security_code_too_long", "PM-5", { length: number }>
  | Finding<"card.prepaid", "PM-2">
  | Finding<"card.virtual", "PM-3">
  | Finding<"card.funding_refused", "PM-1", { funding: Funding }>
  | Finding<"card.not_recurring", "PM-4">
  | Finding<"card.address_incomplete", "PM-6", { part: AddressField; label: string }>
  | Finding<"card.country_unknown", "PM-6">
  | Finding<"card.postal_code_malformed", "PM-6", { country: string; example: string | null }>
  | Finding<"card.address_mismatch", "PM-6">
  | Finding<"card.address_locked", "PM-8">
  | Finding<"card.number_in_address", "PM-6", { part: AddressField | "name" }>;

// The account: decide, account, decline_diagnosis, charges, forecast

export type PaymentOf =
  | { kind: "purchase" | "invoice"; id: string }
  /** The id is the token of the card; without one it is the card that waits. */
  | ({ kind: "hold" } & Optional<{ id: string }>);
export type Service = "serverless" | "fine_tuning" | "evaluation";
export type Hosting = "dedicated_endpoint" | "fine_tuned_model";
export type Plan = "scale" | "enterprise";
export type PurchaseStage = "bank_approval" | "bank_action" | "invoice" | "balance" | "completed" | "declined";
export type InvoiceState = "covered" | "due" | "charging" | "past_due" | "paid";
export type Hindrance =
  | "paused" | "no_card" | "hold_unapproved" | "card_expired" | "card_not_recurring" | "below_minimum";

/** A card as the processor knows it: never its number, never its code. */
export type ProcessorCard = {
  token: string;
  /** The same for the same card, however often it is entered. */
  fingerprint: string;
  network: Network;
  last4: string;
  /** A month: `"2027-12"`. */
  expiry: string;
  funding: Funding;
  /** Whether the bank has to authorise every transaction. */
  authorises_each: boolean;
} & Optional<{
  recurring: boolean;
  address: Address;
  address_match: boolean;
  security_code_match: boolean;
  tax_id: string;
}>;

/** What is asked of an account. */
export type Command =
  | ({ kind: "link_card"; card: ProcessorCard } & Optional<{ hold: boolean }>)
  | ({ kind: "set_auto_recharge"; threshold: Money } & Optional<{ amount: Money; purchases: number }>)
  | { kind: "clear_auto_recharge" }
  | ({ kind: "set_balance_limit" } & Optional<{ limit: Money }>)
  | ({ kind: "buy_credits"; key: string; amount: Money } & Optional<{ another: boolean }>)
  | { kind: "bank_approves" | "bank_requires_action"; payment: PaymentOf }
  | { kind: "bank_declines"; payment: PaymentOf; code: string }
  | { kind: "invoice_generated" | "balance_updated"; purchase: string }
  | { kind: "tier_settled" }
  | ({ kind: "record_usage"; service: Service; cost: Money } & Optional<{
      model: string;
      tokens: number;
      under_way: boolean;
    }>)
  | { kind: "grant_free_credits"; grant: string; amount: Money }
  | ({ kind: "start_deployment"; deployment: string; hosting: Hosting; per_minute: Money } & Optional<{
      model: string;
      hardware: string;
    }>)
  | { kind: "record_request" | "stop_deployment"; deployment: string }
  | { kind: "pay_invoice"; invoice: string }
  | { kind: "sign_contract"; plan: Plan; credit_limit: Money }
  | { kind: "end_contract" }
  | { kind: "advance" };

/** Who made something happen. */
export type Actor = "customer" | "service" | "processor" | "operator" | "clock";

/** What a payment does to the tier that follows the spend (TI-8). */
export type TierEffect = "settled" | "begins" | "continues";

/** One line of a history: when, and what. It states what was decided: folding it needs no policy. */
export type AccountEvent = { v: 2; at: Timestamp } & (
  | { kind: "card_hold_placed"; card: ProcessorCard }
  | { kind: "card_linked"; card: ProcessorCard; by: Actor }
  | { kind: "card_hold_declined"; code: string }
  | { kind: "auto_recharge_set"; amount: Money; threshold: Money }
  | { kind: "auto_recharge_cleared" }
  | { kind: "auto_recharge_started"; amount: Money; purchases: number }
  | { kind: "auto_recharge_paused"; purchase: string }
  | { kind: "auto_recharge_withheld"; reason: Hindrance }
  | ({ kind: "balance_limit_set" } & Optional<{ limit: Money }>)
  | ({ kind: "purchase_started"; purchase: string; amount: Money } & Optional<{ run: number }>)
  | { kind: "bank_approved"; purchase: string }
  | { kind: "bank_action_required"; payment: PaymentOf }
  | { kind: "bank_declined"; purchase: string; code: string }
  | { kind: "purchase_invoiced"; purchase: string }
  | ({ kind: "balance_updated"; purchase: string; tier: TierEffect } & Optional<{ expires: Timestamp }>)
  | { kind: "tier_settled"; spend: Money }
  | ({ kind: "usage_recorded"; service: Service; tokens: number; cost: Money; under_way: boolean; free: Money; purchased: Money } & Optional<{
      model: string;
    }>)
  | ({ kind: "free_credits_granted"; grant: string; amount: Money } & Optional<{ expires: Timestamp }>)
  | { kind: "credits_expired"; amount: Money }
  | ({ kind: "deployment_started"; deployment: string; hosting: Hosting; per_minute: Money } & Optional<{
      model: string;
      hardware: string;
    }>)
  | { kind: "request_recorded" | "deployment_stopped"; deployment: string }
  | { kind: "deployment_charged"; deployment: string; minutes: number; cost: Money; free: Money; purchased: Money }
  | { kind: "invoice_drawn"; invoice: string; total: Money; covered: Money; due: Money; charge_on: Timestamp }
  | { kind: "invoice_charge_started"; invoice: string; by: Actor }
  | { kind: "invoice_paid"; invoice: string; tier: TierEffect }
  | { kind: "invoice_declined"; invoice: string; code: string }
  | ({ kind: "invoice_past_due"; invoice: string } & Optional<{ code: string }>)
  | { kind: "contract_signed"; plan: Plan; credit_limit: Money }
  | { kind: "contract_ended" }
);

/** What form 1 of a history said less of: it is brought up to form 2 with the policies of the request. */
export type AccountEventV1 = { v: 1; at: Timestamp } & (
  | { kind: "card_linked"; card: ProcessorCard }
  | { kind: "balance_updated"; purchase: string }
  | ({ kind: "usage_recorded"; service: Service; tokens: number; cost: Money; under_way: boolean } & Optional<{
      model: string;
    }>)
  | { kind: "free_credits_granted"; grant: string; amount: Money }
  | { kind: "deployment_charged"; deployment: string; minutes: number; cost: Money }
  | { kind: "invoice_drawn"; invoice: string; total: Money; covered: Money; due: Money }
  | { kind: "invoice_charge_started" | "invoice_paid"; invoice: string }
);

type AtForm1<Line> = Line extends { v: 2 } ? Omit<Line, "v"> & { v: 1 } : never;

/** A line of a history as it is read: the present form, or form 1. */
export type StoredEvent =
  | AccountEvent
  | AccountEventV1
  | AtForm1<Exclude<AccountEvent, { kind: AccountEventV1["kind"] }>>;

export interface DecideInput {
  events: StoredEvent[];
  command: Command;
}

export interface Decide {
  /** What now happens; nothing where the command was carried out before, or is refused. */
  events: AccountEvent[];
  rejections: Rejection[];
  notices: AccountNotice[];
}

/** Why a command is refused. */
export type Rejection = { field: CardField | null; remedies: Remedy[]; retryable: boolean } & (
  | AccountRule
  | TaxIdProblem
  | CardProblem
  | Omit<AccessReason, "remedies" | "retryable">
  | Finding<"recharge.no_card" | "recharge.card_not_recurring", "AR-6">
  | Finding<"purchase.below_minimum", "CR-3", { minimum: Money }>
);

export type AccountInput = { events: StoredEvent[] } & Optional<{
  /** For the message to support. */
  email: string;
}>;

export interface LinkedCard {
  network: Network;
  last4: string;
  expiry: string;
}

export interface Usage {
  total: Money;
  carried_in: Money;
  covered_by_free: Money;
  covered_by_purchased: Money;
  services: { service: Service; model: string | null; times: number; tokens: number; cost: Money }[];
  deployments: { deployment: string; minutes: number; cost: Money }[];
}

export interface DeploymentState {
  deployment: string;
  hosting: Hosting;
  model: string | null;
  hardware: string | null;
  per_minute: Money;
  per_hour: Money;
  started: Timestamp;
  stopped: Timestamp | null;
  last_request: Timestamp | null;
  minutes: number;
  cost_since_last_request: Money;
}

/** The whole state of an account. */
export interface AccountState {
  events: number;
  opened: Timestamp | null;
  balance: Money;
  free_credits: Money;
  purchased_credits: Money;
  pending: Money;
  lots: { kind: "free" | "purchased"; added: Timestamp; expires: Timestamp | null; amount: Money; left: Money }[];
  lifetime_spend: Money;
  tier: Tier;
  tier_entitled: Tier;
  tier_settling: { since: Timestamp; seconds_left: number; overdue: boolean } | null;
  card: LinkedCard | null;
  card_waiting: LinkedCard | null;
  address: Required<{ [Part in AddressField | "country"]: string }> | null;
  tax_id: string | null;
  auto_recharge: {
    amount: Money;
    threshold: Money;
    paused_by: string | null;
    withheld: Hindrance | null;
    run: { number: number; amount: Money; purchases: number; started: number; completed: number } | null;
  } | null;
  limit: Access["limit"];
  purchases: {
    purchase: string;
    amount: Money;
    run: number | null;
    stage: PurchaseStage;
    started: Timestamp;
    action_required: Timestamp | null;
    approved: Timestamp | null;
    invoiced: Timestamp | null;
    completed: Timestamp | null;
    declined: Timestamp | null;
    code: string | null;
    seconds: number | null;
    late: boolean;
    overdue: boolean;
  }[];
  usage: Usage;
  invoices: {
    invoice: string;
    drawn: Timestamp;
    state: InvoiceState;
    usage: Usage;
    covered: Money;
    due: Money;
    charge_on: Timestamp;
    charging: Timestamp | null;
    action_required: Timestamp | null;
    declined: Timestamp | null;
    past_due: Timestamp | null;
    code: string | null;
    paid: Timestamp | null;
  }[];
  past_due: Money;
  deployments: DeploymentState[];
  contract: { plan: Plan; credit_limit: Money } | null;
  access: Pick<Access, "allowed" | "status" | "spendable" | "reasons">;
  totals: {
    granted: Money;
    bought: Money;
    used: Money;
    hosted: Money;
    invoiced: Money;
    paid: Money;
    expired: Money;
  };
  notices: AccountNotice[];
  /** A message to support, where something has taken longer than is normal. */
  support: string | null;
}

export type ForecastInput = {
  events: StoredEvent[];
  /** What usage costs a day, apart from deployments. */
  usage_per_day: Money;
  /** 1 to 366. */
  days: number;
} & Optional<{
  /** Whether deployments keep running; otherwise they are taken to be stopped now. */
  running: boolean;
}>;

export interface ForecastSums {
  usage: Money;
  deployments: Money;
  purchases: number;
  recharged: Money;
  charged: Money;
}

export interface Forecast {
  entries: {
    at: Timestamp;
    kind: "recharge" | "month_end" | "charge" | "past_due" | "expiry" | "suspended" | "recovered";
    amount: Money | null;
    purchases: number | null;
    invoice: string | null;
    total: Money | null;
    reason: AccessReason["code"] | null;
    balance: Money;
  }[];
  totals: ForecastSums;
  months: ({ month: DateText } & ForecastSums)[];
  /** The balance now, at each midnight in UTC, and at the end. */
  balances: { at: Timestamp; balance: Money }[];
  access_stops: Timestamp | null;
  /** What would keep access to the end, all of it done now. */
  prevents: Remedy[];
  outlook: ForecastOutlook[];
}

export type ForecastOutlook =
  | Finding<"forecast.access_stops", "AC-1", { at: Timestamp; past_due: Money | null; purchase: Money | null }>
  | Finding<"forecast.access_stopped", "AC-1", { past_due: Money | null; purchase: Money | null }>
  | Finding<"forecast.lasts", "AC-1", { days: number; balance: Money }>
  | Finding<"forecast.recharges", "AR-3", { purchases: number; total: Money; first: Timestamp }>
  | Finding<"forecast.charge_to_come", "IN-3", { amount: Money; at: Timestamp }>
  | Finding<"forecast.deployments", "UC-4", { deployments: Money }>;

export type DeclineDiagnosisInput = { events: StoredEvent[] } & Optional<{
  /** The processor's decline code. */
  code: string;
}>;

export interface DeclineDiagnosis {
  meaning: DeclineMeaning;
  known: DeclineKnown[];
  checklist: ({ check: DeclineCheck; likely: boolean } & DeclineAdvice)[];
}

export type DeclineCheck =
  | "funds" | "address_complete" | "address_match" | "expiry" | "activated" | "security_code" | "card_type"
  | "recurring" | "hold" | "processing" | "frozen" | "spending_limit" | "security_prompt" | "details_reentered";

export interface ChargesInput {
  events: StoredEvent[];
  since: Timestamp;
}

export interface Charges {
  balance: Money;
  usage: Money;
  deployments: Money;
  purchases: Money;
  running: (DeploymentState & { cost: Money; share: Share | null })[];
  per_hour: Money;
  /** If nothing else is used and nothing is bought; null where it lasts for 366 days. */
  runs_out: Timestamp | null;
  notices: ChargeNotice[];
}

export type AccountRule =
  | Finding<"command.before_history" | "command.out_of_range" | "command.no_amount", null>
  | Finding<"command.no_policy", "CR-6">
  | Finding<"command.too_far", null, { events: number }>
  | Finding<"card.address_missing", "PM-6">
  | Finding<"card.security_code_mismatch" | "card.number_as_token", "PM-5">
  | Finding<"card.no_hold" | "payment.hold_unapproved", "PM-10">
  | Finding<"payment.no_card", "PM-7">
  | Finding<"payment.card_expired", "PM-5", { month: number; year: number }>
  | Finding<"purchase.another_pending", "PP-4", { pending: Money }>
  | Finding<"purchase.key_reused", "PP-4", { amount: Money }>
  | Finding<"purchase.key_reserved", "AR-5">
  | Finding<"purchase.unknown", "PP-1">
  | Finding<"purchase.wrong_stage", "PP-1", { stage: PurchaseStage }>
  | Finding<"recharge.preview_outdated", "AR-4", { previewed: number; purchases: number }>
  | Finding<"limit.above_ceiling", "AC-6", { limit: Money; ceiling: Money }>
  | Finding<"credits.grant_reused", "CR-5", { amount: Money }>
  | Finding<"deployment.exists" | "deployment.unknown" | "deployment.stopped", "UC-1">
  | Finding<"deployment.too_many", "UC-1", { most: number }>
  | Finding<"invoice.unknown", "IN-1">
  | Finding<"invoice.nothing_due", "IN-2">
  | Finding<"invoice.already_paid" | "invoice.not_being_charged", "IN-3">
  | Finding<"invoice.being_charged", "IN-3", { due: Money }>
  | Finding<"contract.none", "AC-7">;

export type AccountNotice =
  | Finding<"card.while_processing", "PD-3", { pending: Money }>
  | Finding<"invoice.past_due", "CR-9", { due: Money; since: Timestamp }>
  | Finding<"invoice.later_credits", "CR-9", { bought: Money; due: Money; drawn: Timestamp }>
  | Finding<"invoice.bank_action", "PM-11", { due: Money; since: Timestamp }>
  | Finding<"invoice.charge_overdue", "PP-3", { due: Money; seconds: number }>
  | Finding<"invoice.due", "IN-3", { due: Money; charge_on: Timestamp }>
  | Finding<"invoice.not_chargeable", "IN-3", {
      due: Money; charge_on: Timestamp; reason: "no_card" | "hold_unapproved" | "card_expired";
    }>
  | Finding<"purchase.overdue", "PP-3", { amount: Money; seconds: number }>
  | Finding<"purchase.bank_action", "PM-11", { amount: Money; seconds: number }>
  | Finding<"purchase.pending", "PP-2", { amount: Money; seconds: number; normal_seconds: number }>
  | Finding<"tier.overdue", "TI-8", { tier: Tier; entitled: Tier; since: Timestamp }>
  | Finding<"tier.settling", "TI-8", { tier: Tier; entitled: Tier; seconds: number }>
  | Finding<"card.hold_waiting", "PM-10">
  | Finding<"card.has_expired", "PM-5", { month: number; year: number }>
  | Finding<"card.authorises_each", "PM-11", { charge_day: number }>
  | Finding<"recharge.paused", "AR-5">
  | Finding<"recharge.withheld", "AR-6", { reason: Hindrance }>
  | Finding<"recharge.running", "AR-5", { completed: number; purchases: number; amount: Money }>
  | Finding<"credits.expiry_announced", "CR-6", { months: number; from: Timestamp }>
  | Finding<"credits.expire", "CR-6", { amount: Money; at: Timestamp }>;

export type ImpossibleEvent =
  | Finding<"history.before_last" | "history.out_of_range", null>
  | Finding<"history.no_policy", "CR-6">
  | Finding<"history.month_open" | "history.invoice_month" | "history.invoice_unknown", "IN-1">
  | Finding<"history.purchase_exists", "PP-4">
  | Finding<"history.purchase_unknown", "PP-1">
  | Finding<"history.purchase_stage", "PP-1", { stage: PurchaseStage }>
  | Finding<"history.run_unknown", "AR-3">
  | Finding<"history.recharge_off", "AR-1">
  | Finding<"history.no_hold", "PM-10">
  | Finding<"history.spend_unknown", "TI-8", { lifetime_spend: Money }>
  | Finding<"history.grant_exists", "CR-5">
  | Finding<"history.other_expiry", "CR-6", { expiring: Money }>
  | Finding<"history.other_drawdown", "CR-10", { free: Money; purchased: Money }>
  | Finding<"history.deployment_exists" | "history.deployment_not_running", "UC-1">
  | Finding<"history.other_minutes", "UC-1", { minutes: number; cost: Money }>
  | Finding<"history.minutes_uncharged", "UC-1", { minutes: number }>
  | Finding<"history.other_invoice", "IN-1", { total: Money; covered: Money; due: Money }>
  | Finding<"history.invoice_state", "IN-3", { state: InvoiceState }>
  | Finding<"history.no_contract", "AC-7">;

export type ChargeNotice =
  | Finding<"charges.idle_deployments", "UC-4", { running: number; per_hour: Money; since_last_request: Money }>
  | Finding<"charges.runs_out", "UC-4", { per_hour: Money; at: Timestamp }>
  | Finding<"charges.nothing_runs", "UC-4", { usage: Money; deployments: Money }>;

export type DeclineKnown =
  | Finding<"decline.known_no_card" | "decline.known_address_mismatch"
     | "decline.known_security_code_mismatch" | "decline.known_not_recurring"
     | "decline.known_hold_unapproved" | "decline.known_approval_asked", "PD-2">
  | Finding<"decline.known_address_incomplete", "PD-2", { label: string }>
  | Finding<"decline.known_expired", "PD-2", { month: number; year: number }>
  | Finding<"decline.known_network_refused", "PD-2", { network: Network }>
  | Finding<"decline.known_funding_refused", "PD-2", { funding: Funding }>
  | Finding<"decline.known_network_and_funding_refused", "PD-2", { network: Network; funding: Funding }>
  | Finding<"decline.known_processing" | "decline.known_processing_long", "PD-2", { seconds: number; normal_seconds: number }>
  | Finding<"decline.known_details_reentered", "PD-3">;

export type DeclineAdvice =
  | Finding<"decline.check_funds" | "decline.check_address_complete" | "decline.check_address_match"
     | "decline.check_expiry" | "decline.check_activated" | "decline.check_security_code"
     | "decline.check_card_type" | "decline.check_recurring" | "decline.check_hold" | "decline.check_frozen"
     | "decline.check_spending_limit" | "decline.check_security_prompt" | "decline.check_details_reentered", "PD-1">
  | Finding<"decline.check_processing", "PD-1", { normal_seconds: number }>;

export type DeclineMeaning =
  | Finding<"decline.means_funds" | "decline.means_number_wrong" | "decline.means_expiry_wrong"
     | "decline.means_security_code_wrong" | "decline.means_address_wrong" | "decline.means_expired"
     | "decline.means_card_invalid" | "decline.means_not_allowed" | "decline.means_recurring_stopped"
     | "decline.means_not_confirmed" | "decline.means_blocked" | "decline.means_limit_reached"
     | "decline.means_try_again" | "decline.means_duplicate" | "decline.means_security_check"
     | "decline.means_no_reason" | "decline.means_test_mode" | "decline.means_unknown", "PD-2">
  | Finding<"decline.means_method_unsupported" | "decline.means_purchase_unsupported", "PM-12">;

export type TaxIdProblem =
  | Finding<"tax_id.before_address" | "tax_id.missing" | "tax_id.holds_card_number", "PM-9">
  | Finding<"tax_id.non_standard", "PM-9", { country: string | null; example: string | null }>;

// policy_check, policy_diff

export interface PolicyCheckInput {
  /** A document, or what is meant to be one. */
  policy: PolicyDocument | Json;
}

export interface PolicyCheck {
  problems: (PolicyProblem & { path: string })[];
}

export interface PolicyDiffInput {
  from: OnePolicy;
  to: OnePolicy;
}

export interface PolicyDiff {
  changes: { path: string; from: Json; to: Json; clause: Clause | null }[];
}

export type PolicyProblem =
  | Finding<"policy.unknown_field" | "policy.duplicate_field" | "policy.missing_field", null>
  | Finding<"policy.wrong_type", null, { expected: string }>
  | Finding<"policy.unknown_value", null, { allowed: string }>
  | Finding<"policy.text_too_long", null, { bytes: number }>
  | Finding<"policy.out_of_range", null, { lowest: number; highest: number }>
  | Finding<"policy.unknown_source" | "policy.no_source", null>
  | Finding<"policy.wrong_clause", null, { expected: Clause }>
  | Finding<"policy.wrong_unit", null, { expected: string | null }>
  | Finding<"policy.announced_late" | "policy.expiry_unannounced", "CR-6">
  | Finding<"policy.minimum_out_of_range", "CR-3", { lowest: Money; highest: Money }>
  | Finding<"policy.default_below_minimum", "AR-1", { minimum: Money }>
  | Finding<"policy.payment_times", "PP-2", { settles_within_seconds: number }>
  | Finding<"policy.first_tier" | "policy.tiers_not_ascending", "TI-1">
  | Finding<"policy.contract_tier", "AC-7">
  | Finding<"policy.credit_limit_falls", "AC-6">
  | Finding<"policy.duplicate_model" | "policy.unknown_tier", "TI-5">
  | Finding<"policy.networks", "PM-1">
  | Finding<"policy.visa_lengths", "PM-5">
  | Finding<MoneyCode | TimeCode, null>;

/** A parameter of a policy with its unit, its clause and its sources. */
export type Parameter<Value, Unit extends string | null, Cited extends Clause> = {
  value: Value;
  clause: Cited;
  /** Ids of the document's sources; none only where the value is assumed. */
  source: string[];
} & (Unit extends null ? Optional<{ unit: never }> : { unit: Unit }) &
  Optional<{ assumed: boolean; note: string }>;

export type PolicyDocument = Optional<{ $schema: string }> & {
  id: string;
  title: string;
  sources: { id: string; title: string }[];
  announced: Parameter<DateText | null, null, "CR-6">;
  effective: Parameter<DateText, null, "CR-6">;
  checked: DateText;
  billing: Parameter<"in_advance" | "month_end", null, "IN-1">;
  credits: {
    minimum_purchase: Parameter<Money, "usd", "CR-3">;
    burn_order: Parameter<"free_first" | "purchased_first", null, "CR-10">;
    expires_after: Parameter<number | null, "months", "CR-6">;
  };
  access: {
    minimum_spend: Parameter<Money, "usd", "AC-2">;
    past_due_suspends: Parameter<boolean, null, "AC-8">;
    tier_settles_within: Parameter<number, "seconds", "TI-8">;
  };
  payments: {
    typical_within: Parameter<number, "seconds", "PP-2">;
    settles_within: Parameter<number, "seconds", "PP-3">;
  };
  invoices: { charge_day: Parameter<number, "day_of_month", "IN-3"> };
  deployments: { covered_ahead: Parameter<number, "minutes", "CR-2"> };
  auto_recharge: {
    default_amount: Parameter<Money, "usd", "AR-1">;
    trigger: Parameter<"below" | "at_or_below", null, "AR-2">;
  };
  cards: {
    networks: Parameter<Network[], null, "PM-1">;
    refused_funding: Parameter<Funding[], null, "PM-2">;
    recurring_required: Parameter<boolean, null, "PM-4">;
    visa_lengths: Parameter<(13 | 16 | 19)[], "digits", "PM-5">;
  };
  tiers: TierTerms[];
  models: Model[];
};

export type TierTerms = {
  id: Exclude<Tier, "scale" | "enterprise">;
  at: Parameter<Money, "usd", "TI-1">;
  credit_limit: Parameter<Money, "usd", "AC-6">;
} & (
  | {
      llm: Parameter<number, "requests_per_minute", "TI-3">;
      embeddings: Parameter<number, "requests_per_minute", "TI-3">;
      rerank: Parameter<number, null, "TI-3">;
    }
  | Optional<{ llm: never; embeddings: never; rerank: never }>
);

export type Model = { id: string; title: string; from: Parameter<Tier, null, "TI-5"> } & Optional<{
  rate_limit: Parameter<number, "requests_per_minute", "TI-6">;
}>;

// Functions. None of them throws; whatever is wrong with a request is the `error` of its answer.

/** Answers a request. The `id` of the answer is the very value that came. */
export function evaluate<Q extends Query>(request: EvaluateRequest<Q>): EvaluateResponse<Q>;

/** Answers a request that is written as one line of JSON, with one line of JSON. */
export function evaluateJson(line: string): string;

/** Answers many lines of JSON at once, one answer a line, in order. The fastest way to ask many questions. */
export function evaluateMany(lines: string): string;
