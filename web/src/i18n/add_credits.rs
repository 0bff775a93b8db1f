//! The dialog for credits: the fields, what they do, and the question before anything is bought.

use super::texts;

texts! { AddCredits;
    add_credits: "Add credits", "Guthaben aufladen";
    close: "Close", "Schließen";
    back: "Back", "Zurück";

    buy_now: "Buy now", "Jetzt kaufen";
    amount_to_buy: "Amount to buy now", "Betrag, der jetzt gekauft wird";
    amounts_to_choose: "Amounts to choose", "Beträge zur Auswahl";
    smallest: "smallest", "kleinster";
    reaches(tier): "reaches {tier}", "erreicht {tier}";
    optional: "Optional. With both fields empty it is off.", "Optional. Sind beide Felder leer, ist sie aus.";
    amount_of_each: "Amount of each purchase", "Betrag je Kauf";
    threshold_field: "When the balance falls below", "Wenn der Kontostand fällt unter";

    what_happens: "What happens", "Was geschieht";
    today: "today", "heute";
    after_buying: "after buying", "nach dem Kauf";
    balance_when(when): "Balance {when}", "Kontostand {when}";
    lifetime_spend_when(when): "Lifetime spend {when}", "Ausgaben insgesamt {when}";
    tier_when(when): "Tier {when}", "Stufe {when}";
    balance_after_recharge: "Balance after auto-recharge", "Kontostand nach der Aufladung";
    tier_after_recharge: "Tier after auto-recharge", "Stufe nach der Aufladung";
    balance_it_would_reach: "Balance it would reach", "Kontostand, den sie erreichen würde";
    tier_it_would_reach: "Tier it would reach", "Stufe, die sie erreichen würde";
    nothing_is_bought: "Nothing is bought now: the balance is not below the threshold.", "Jetzt wird nichts gekauft: Der Kontostand liegt nicht unter der Schwelle.";
    heard_after_buying(balance, tier): "After buying, the balance is {balance} and the tier is {tier}.", "Nach dem Kauf beträgt der Kontostand {balance}, und die Stufe ist {tier}.";
    heard_recharge(balance): "Auto-recharge then takes the balance to {balance}.", "Die automatische Aufladung bringt den Kontostand dann auf {balance}.";
    heard_nothing: "Auto-recharge buys nothing now.", "Die automatische Aufladung kauft jetzt nichts.";
    threshold(amount): "Threshold {amount}", "Schwelle {amount}";
    more(count): "… {count} more", "… {count} weitere";
    number: "Number", "Nummer";
    amount: "Amount", "Betrag";
    balance_after: "Balance after", "Kontostand danach";
    tier_after: "Tier after", "Stufe danach";
    purchases_as_a_table: "The purchases as a table", "Die Käufe als Tabelle";
    each_purchase: "Each purchase that follows at once", "Jeder Kauf, der sofort folgt";

    buy_credits: "Buy credits", "Guthaben kaufen";
    save_recharge: "Save auto-recharge", "Automatische Aufladung speichern";
    save_and_buy(run): "Save and buy {run} now", "Speichern und jetzt {run} kaufen";
    buy(amount): "Buy {amount}", "{amount} kaufen";
    buy_and_turn_off(amount): "Buy {amount} and turn off auto-recharge", "{amount} kaufen und automatische Aufladung ausschalten";
    buy_and_save(amount): "Buy {amount} and save auto-recharge", "{amount} kaufen und automatische Aufladung speichern";
    buy_save_and_buy(amount, run): "Buy {amount}, save and buy {run} now", "{amount} kaufen, speichern und jetzt {run} kaufen";
    buy_another(amount): "Buy another {amount}", "Noch einmal {amount} kaufen";
    bought(amount): "Bought {amount}; it is under way.", "{amount} gekauft; der Kauf läuft.";
    recharge_is_off: "Auto-recharge is off.", "Die automatische Aufladung ist aus.";
    recharge_is_saved: "Auto-recharge is saved.", "Die automatische Aufladung ist gespeichert.";
    recharge_buys(run): "Auto-recharge is saved and buys {run}.", "Die automatische Aufladung ist gespeichert und kauft {run}.";

    once: "once", "einmal";
    times(count): "{count} times", "{count}-mal";
    question(each, times, total): "Buy {each} {times} now, {total} in all?", "Jetzt {times} {each} kaufen, zusammen {total}?";
    question_of_both(first, each, times, total): "Buy {first} and then {each} {times} now, {total} in all?", "Jetzt {first} und danach {times} {each} kaufen, zusammen {total}?";
    recharge_begins: "Auto-recharge buys", "Die automatische Aufladung kauft";
    purchase_then_recharge(amount): "First {amount} is bought. Then auto-recharge buys", "Zuerst werden {amount} gekauft. Danach kauft die automatische Aufladung";
    facts(begin, each, times, network, last4, total, balance): "{begin} {each} {times}. Each is a purchase of its own on {network} ending {last4}; together they cost {total}, and the balance is then {balance}.", "{begin} {times} {each}. Jeder Kauf wird für sich von {network} mit den Endziffern {last4} abgebucht; zusammen kosten sie {total}, und der Kontostand beträgt dann {balance}.";
    question_of_one(amount): "Buy {amount} now?", "Jetzt {amount} kaufen?";
    facts_of_one(amount, network, last4, balance): "{amount} is charged once to {network} ending {last4}. The balance is then {balance}.", "{amount} werden einmal von {network} mit den Endziffern {last4} abgebucht. Der Kontostand beträgt dann {balance}.";
    confirm(total): "Confirm and buy for {total}", "Bestätigen und für {total} kaufen";
}
