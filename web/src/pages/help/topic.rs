//! The questions that help answers, each with its address.

use crate::i18n::help as texts;

macro_rules! topics {
    ($($topic:ident $id:literal $question:ident $words:ident;)*) => {
        /// A question.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Topic {
            $($topic),*
        }

        impl Topic {
            /// Every question, in the order of the list.
            pub(crate) const ALL: &'static [Topic] = &[$(Topic::$topic),*];

            /// What its address ends with.
            pub(crate) fn id(self) -> &'static str {
                match self { $(Topic::$topic => $id),* }
            }

            /// The question itself.
            pub(crate) fn question(self) -> &'static str {
                match self { $(Topic::$topic => texts::$question()),* }
            }

            /// Other words for what it asks.
            pub(super) fn words(self) -> &'static str {
                match self { $(Topic::$topic => texts::$words()),* }
            }
        }
    };
}

topics! {
    Declined "payment-declined" declined declined_words;
    NoAccess "credits-but-no-access" no_access no_access_words;
    PurchaseMissing "purchase-not-in-balance" purchase_missing purchase_missing_words;
    TierSame "tier-did-not-change" tier_same tier_same_words;
    Charged "charged-without-calls" charged charged_words;
    RechargeSilent "auto-recharge-did-not-buy" recharge_silent recharge_silent_words;
    RechargeMany "auto-recharge-bought-several-times" recharge_many recharge_many_words;
    InvoiceByCredits "pay-invoice-with-credits" invoice_by_credits invoice_by_credits_words;
    NextBill "lower-next-bill" next_bill next_bill_words;
    CardRefused "card-not-accepted" card_refused card_refused_words;
    RemoveCard "remove-card" remove_card remove_card_words;
    Address "change-address-or-tax-id" address address_words;
    Details "company-details-on-invoices" details details_words;
    Hold "zero-hold-from-bank" hold hold_words;
    BankAsks "bank-asks-every-time" bank_asks bank_asks_words;
    Model "model-needs-higher-tier" model model_words;
    BelowZero "balance-below-zero" below_zero below_zero_words;
    Start "cannot-start-endpoint-or-job" start start_words;
    ZeroInvoice "zero-invoice" zero_invoice zero_invoice_words;
    Expire "do-credits-expire" expire expire_words;
    Trial "free-trial" trial trial_words;
    Track "where-is-my-usage" track track_words;
    Receipts "where-are-my-purchases" receipts receipts_words;
}

impl Topic {
    pub(crate) fn with_id(id: &str) -> Option<Topic> {
        Topic::ALL.iter().copied().find(|topic| topic.id() == id)
    }
}
