//! What parts of several pages say: how a finding is meant, refusals with their way out, and the bank's questions.

use super::texts;

texts! { Shared;
    note: "Note: ", "Hinweis: ";
    fine: "Fine: ", "In Ordnung: ";
    attention: "Attention: ", "Achtung: ";
    refused: "Refused: ", "Abgelehnt: ";
    rule: "Rule ", "Regel ";

    not_done: "This was not done", "Das wurde nicht ausgeführt";
    can_succeed: "The same request can then succeed as it is.", "Dieselbe Anfrage kann dann unverändert gelingen.";
    to_payment_method: "Go to the payment method", "Zum Zahlungsmittel";
    buy(amount): "Buy {amount}", "{amount} kaufen";
    raise_limit(limit): "Raise the limit to {limit}", "Limit auf {limit} erhöhen";
    pay(amount): "Pay {amount} by card", "{amount} per Karte zahlen";
    pay_question(amount): "Pay {amount} now?", "Jetzt {amount} zahlen?";
    pay_facts(amount, network, last4): "{amount} is charged once to {network} ending {last4}.", "{amount} werden einmal von {network} mit den Endziffern {last4} abgebucht.";
    pay_confirm(amount): "Confirm and pay {amount}", "Bestätigen und {amount} zahlen";
    is_charged(amount, network, last4): "{amount} is being charged to {network} ending {last4}.", "{amount} werden gerade von {network} mit den Endziffern {last4} abgebucht.";
    stop_question(name): "Stop {name}?", "{name} stoppen?";
    stop_facts(per_hour): "It costs {per_hour} an hour. Stopped, it costs nothing more and answers nothing; to use it again, start it anew.", "Es kostet {per_hour} pro Stunde. Gestoppt kostet es nichts mehr und antwortet nicht; um es wieder zu nutzen, starten Sie es neu.";
    stop_confirm(name): "Confirm and stop {name}", "Bestätigen und {name} stoppen";
    is_stopped(name, per_hour): "{name} is stopped; that saves {per_hour} an hour.", "{name} ist gestoppt; das spart {per_hour} pro Stunde.";
    off_question: "Turn off auto-recharge?", "Automatische Aufladung ausschalten?";
    off_facts(floor): "Nothing is bought by itself any more: usage stops when the balance reaches {floor}.", "Dann wird nichts mehr von selbst gekauft: Die Nutzung endet, wenn der Kontostand {floor} erreicht.";
    off_confirm: "Confirm and turn it off", "Bestätigen und ausschalten";
    is_off: "Auto-recharge is off.", "Die automatische Aufladung ist aus.";
    pending_goes_on(amount): "The {amount} that is pending goes on.", "Der ausstehende Kauf über {amount} läuft weiter.";
    limit_question(amount): "Set the limit to {amount}?", "Limit auf {amount} setzen?";
    limit_confirm(amount): "Confirm and set {amount}", "Bestätigen und {amount} setzen";
    pay_in_words(amount): "Pay {amount} by card.", "Zahlen Sie {amount} per Karte.";
    wait(time): "Wait up to {time}.", "Warten Sie bis zu {time}.";
    approve_first: "Approve the payment that is under way at your bank.", "Geben Sie die laufende Zahlung bei Ihrer Bank frei.";
    contact_support: "It takes longer than is normal: write to support. The help has the message ready.", "Es dauert länger als üblich: Schreiben Sie dem Support. Die Hilfe hält die Nachricht bereit.";
    contact_sales: "Ask sales for other terms.", "Fragen Sie den Vertrieb nach anderen Bedingungen.";

    for_support: "For support", "Für den Support, auf Englisch";
    copy_text: "Copy the text", "Text kopieren";
    copied: "Copied.", "Kopiert.";
    tier_settles(left): "The tier: {left} to go.", "Die Stufe: noch {left}.";
    tier_steps: "Then query /v1/models again, or sign in again.", "Fragen Sie dann /v1/models erneut ab, oder melden Sie sich neu an.";

    sandbox: "Sandbox", "Sandbox";
    approve_in_app: "Approve in your bank’s app", "In der App Ihrer Bank freigeben";
    bank_holds: "Your bank holds $0.00 to check the card.", "Ihre Bank merkt $0.00 vor, um die Karte zu prüfen.";
    bank_asks_about_credits(amount): "Your bank asks about {amount} for credits.", "Ihre Bank fragt nach {amount} für Guthaben.";
    bank_asks_about_invoice(amount, invoice): "Your bank asks about {amount} for the invoice {invoice}.", "Ihre Bank fragt nach {amount} für die Rechnung {invoice}.";
    bank_has_your_answer: "The bank has your answer.", "Die Bank hat Ihre Antwort.";
    approve: "Approve", "Freigeben";
    refuse: "Refuse", "Ablehnen";
}
