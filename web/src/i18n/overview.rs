//! The overview: balance, what is under way, what costs money, the tier, and what an account may use.

use super::texts;

texts! { Overview;
    needs_attention: "Needs your attention", "Das braucht Ihre Aufmerksamkeit";
    look_at_recharge: "Look at auto-recharge", "Automatische Aufladung ansehen";

    balance: "Balance", "Kontostand";
    can_be_spent: "Can be spent now", "Jetzt verfügbar";
    can_be_spent_then: "Can be spent once access opens", "Verfügbar, sobald der Zugang offen ist";
    usage_stops_at: "Usage stops at a balance of", "Die Nutzung endet bei einem Kontostand von";
    pending: "Pending, not yet in the balance", "Ausstehend, noch nicht im Kontostand";
    access_is_open: "Access is open", "Der Zugang ist offen";
    access_is_stopped: "Access is stopped", "Der Zugang ist gesperrt";
    purchased_credits: "Purchased credits", "Gekauftes Guthaben";
    free_credits: "Free credits", "Gratisguthaben";

    charges: "Charges this month", "Kosten in diesem Monat";
    usage: "Usage", "Nutzung";
    deployments: "Deployments", "Deployments";
    credits_bought: "Credits bought", "Guthaben gekauft";
    stop(name): "Stop {name}", "{name} stoppen";
    costs(per_hour, since_last_request): "{per_hour} an hour; {since_last_request} since the last request", "{per_hour} pro Stunde; {since_last_request} seit der letzten Anfrage";

    unpaid_invoices: "Unpaid invoices", "Unbezahlte Rechnungen";
    usage_in(month): "Usage in {month}", "Nutzung im {month}";
    being_charged(amount): "{amount} is being charged to the linked card.", "{amount} werden gerade von der hinterlegten Karte abgebucht.";

    recharge: "Auto-recharge", "Automatische Aufladung";
    buys_below(amount, threshold): "Buys {amount} whenever the balance falls below {threshold}.", "Kauft {amount}, sobald der Kontostand unter {threshold} fällt.";
    buys_at(amount, threshold): "Buys {amount} whenever the balance falls to {threshold} or below.", "Kauft {amount}, sobald der Kontostand auf {threshold} oder darunter fällt.";
    change_recharge: "Change auto-recharge", "Automatische Aufladung ändern";
    turn_off_recharge: "Turn off auto-recharge", "Automatische Aufladung ausschalten";
    set_up_recharge: "Set up auto-recharge", "Automatische Aufladung einrichten";
    recharge_is_off: "Off. Nothing is bought by itself.", "Aus. Nichts wird von selbst gekauft.";

    by_contract: "The contract sets the limits, and every model is judged by its terms.", "Der Vertrag setzt die Limits, und jedes Modell richtet sich nach seinen Bedingungen.";
    next: "next", "als Nächstes";
    not_reached: "not reached", "nicht erreicht";
    tiers_by_spend(spend): "Tiers by spend; {spend} so far", "Stufen nach Ausgaben; bisher {spend}";
    from: "From", "Ab";
    state: "State", "Stand";
    tiers_as_a_table: "The ladder as a table", "Die Leiter als Tabelle";
    rate_limits: "Rate limits", "Anfragelimits";
    kind: "Kind", "Art";
    now: "Now", "Jetzt";
    none: "none", "keine";
    image_models: "Image models", "Bildmodelle";
    open_now: "In this tier: ", "In diesem Tier: ";
    none_yet: "none yet", "noch keine";
    adds(tier): "{tier} adds: ", "Mit {tier} kommen hinzu: ";

    under_way: "Under way", "In Arbeit";
    bank_approval: "Bank approval", "Freigabe der Bank";
    invoice: "Invoice", "Rechnung";
    waits_for_you: "waits for you", "wartet auf Sie";
    waits_for_the_bank: "waits for the bank", "wartet auf die Bank";
    being_generated: "being generated", "wird erstellt";
    being_updated: "being updated", "wird aktualisiert";
    to_come: "to come", "steht noch aus";
    recharge_of(amount): "Auto-recharge: {amount}", "Automatische Aufladung: {amount}";
    purchase_of(amount): "Purchase of {amount}", "Kauf von {amount}";
    complete: "Complete.", "Abgeschlossen.";
    longer_than_normal(so_far): "{so_far} so far: longer than is normal.", "Bisher {so_far}: länger als normal.";
    within_normal(so_far, normal, left): "{so_far} so far. Up to {normal} is normal: {left} to go.", "Bisher {so_far}. Bis zu {normal} sind normal: noch {left}.";
    within_typical(so_far, typical, left): "{so_far} so far. Usually done within {typical} seconds: {left} to go.", "Bisher {so_far}. Meist dauert es bis zu {typical} Sekunden: noch {left}.";

    what_may_be_used: "What may this account use?", "Was darf dieses Konto nutzen?";
    allowed: "Allowed.", "Erlaubt.";
    refused(status): "Refused with status {status}.", "Abgelehnt mit Status {status}.";
    paid_with(free, purchased, owed): "Paid with {free} of free and {purchased} of purchased credits; {owed} is billed.", "Bezahlt mit {free} Gratisguthaben und {purchased} gekauftem Guthaben; {owed} kommen auf die Rechnung.";
    model_limit(count): "This model allows {count} requests a minute.", "Dieses Modell erlaubt {count} Anfragen pro Minute.";
    request: "Request", "Anfrage";
    api_request: "API request", "API-Anfrage";
    dedicated_endpoint: "Dedicated endpoint", "Dedizierter Endpunkt";
    fine_tuning_job: "Fine-tuning job", "Fine-Tuning-Auftrag";
    evaluation_job: "Evaluation job", "Evaluierungsauftrag";
    was_under_way: "It was already under way when the limit was reached", "Sie lief schon, als die Grenze erreicht wurde";
    model: "Model", "Modell";
    any_model: "Any without a restriction of its own", "Beliebig, ohne eigene Einschränkung";
    cost_to_start: "Cost to start it", "Kosten für den Start";

    completed(amount): "The purchase of {amount} is complete.", "Der Kauf von {amount} ist abgeschlossen.";
    paid(amount): "{amount} is paid.", "{amount} sind bezahlt.";
    paid_and_open(amount): "{amount} is paid. Access is open.", "{amount} sind bezahlt. Der Zugang ist offen.";
    tier_holds(tier): "{tier} holds now. Query /v1/models again, or sign in again.", "{tier} gilt jetzt. Fragen Sie /v1/models erneut ab, oder melden Sie sich neu an.";
}
