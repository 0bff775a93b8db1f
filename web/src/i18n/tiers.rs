//! The page of tiers and limits.

use super::texts;

texts! { Tiers;
    yours: "Your tier", "Ihre Stufe";
    more_reaches(missing, amount, tier): "{missing} more: buying {amount} reaches {tier}.", "Noch {missing}: Mit einem Kauf von {amount} ist {tier} erreicht.";
    pending_reaches(tier, pending): "{tier} follows with the {pending} that is pending.", "{tier} folgt mit den ausstehenden {pending}.";
    top: "This is the highest tier that spend reaches. Beyond it there are Scale and Enterprise contracts.", "Das ist die höchste Stufe, die sich durch Ausgaben erreichen lässt. Darüber gibt es Scale- und Enterprise-Verträge.";
    counts: "Counts what was bought and paid over the account’s life; free credits do not.", "Es zählt, was über die ganze Zeit gekauft und bezahlt wurde; Gratisguthaben zählt nicht.";
    buy(amount): "Buy {amount}", "{amount} kaufen";
    contract(plan): "The {plan} contract overrides the tiers: it sets the limits, and every model is judged by its terms.", "Der {plan}-Vertrag geht den Stufen vor: Er setzt die Limits, und jedes Modell richtet sich nach ihm.";
    all: "All tiers", "Alle Stufen";
    overridden: "They do not hold while there is a contract.", "Sie gelten nicht, solange es einen Vertrag gibt.";
    tier: "Tier", "Stufe";
    from: "Spend from", "Ausgaben ab";
    llm: "LLM requests a minute", "LLM-Anfragen pro Minute";
    embeddings: "Embedding requests a minute", "Embedding-Anfragen pro Minute";
    rerank: "Re-rank", "Re-Rank";
    way: "From here", "Von hier";
    you_are_here: "You are here", "Hier stehen Sie";
    reached: "reached", "erreicht";
    paid_for: "paid for, follows", "bezahlt, folgt";
    pending_follows: "follows with what is pending", "folgt mit dem, was aussteht";
    no_access: "no access", "kein Zugang";
    assumed(amount): "{amount}, assumed", "{amount}, angenommen";
    rerank_unit: "For re-rank no unit is published.", "Für Re-Rank ist keine Einheit veröffentlicht.";
    models: "Models", "Modelle";
    open_now: "Open now", "Jetzt offen";
    open_then: "Open in this tier", "Offen in diesem Tier";
    none_open: "None yet.", "Noch keine.";
    opens_from(tier): "Open from {tier} on", "Offen ab {tier}";
    other_models: "A model that is not listed has no restriction of its own.", "Für Modelle, die hier nicht stehen, gilt keine eigene Einschränkung.";
    own_rate(model, count): "{model}, {count} requests a minute", "{model}, {count} Anfragen pro Minute";
    stopped: "Whatever the tier, access is stopped now:", "Unabhängig von der Stufe ist der Zugang gerade gesperrt:";
    limit: "Balance limit", "Limit";
    stops_at(amount): "Usage stops when the balance reaches {amount}.", "Die Nutzung endet, wenn der Kontostand {amount} erreicht.";
    own_limit: "Your own limit", "Ihr eigenes Limit";
    no_own_limit: "none", "keines";
    ceiling: "The most that you may set", "Höchstens einstellbar";
    how_far: "How far below zero the balance may go", "Wie weit der Kontostand unter null gehen darf";
    zero_means: "$0.00 never spends more than was bought.", "$0.00 gibt nie mehr aus, als gekauft wurde.";
    set_limit: "Set the limit", "Limit setzen";
    clear_limit: "Clear your own limit", "Eigenes Limit aufheben";
    stops_now(balance): "This stops access now: the balance is {balance}.", "Das sperrt den Zugang sofort: Der Kontostand beträgt {balance}.";
    limit_stops(amount): "Your own limit is {amount}, and access is stopped.", "Ihr eigenes Limit ist {amount}, und der Zugang ist gesperrt.";
    limit_is_set(amount): "Your own limit is {amount}.", "Ihr eigenes Limit ist {amount}.";
    limit_is_cleared(amount): "Your own limit is cleared; {amount} holds.", "Ihr eigenes Limit ist aufgehoben; es gilt {amount}.";
}
