//! The payment method: the linked card, the form that links another, and a decline with its checklist.

use super::texts;

texts! { PaymentMethod;
    card_ends(network, last4, expiry): "{network} ending {last4}, expires {expiry}.", "{network} mit den Endziffern {last4}, gültig bis {expiry}.";
    no_card: "No card is linked.", "Es ist keine Karte hinterlegt.";
    link_a_card: "Link a card", "Karte hinterlegen";
    replace_the_card: "Replace the card", "Karte ersetzen";
    link_this_card: "Link this card", "Diese Karte hinterlegen";
    linked(card): "Linked: {card}", "Hinterlegt: {card}";
    linked_card: "Linked card", "Hinterlegte Karte";
    waits_for_hold: "Waits for its $0.00 hold: ", "Wartet auf die Vormerkung über $0.00: ";
    tax_id_is(tax_id): "Tax id {tax_id}", "Steuernummer {tax_id}";
    why_not_remove: "Why can’t I remove my card?", "Warum kann ich meine Karte nicht entfernen?";
    kept: "The number and the code go to the processor once, and are kept nowhere.", "Nummer und Code gehen einmal an den Zahlungsdienst und werden nirgends aufbewahrt.";

    card: "Card", "Karte";
    name: "Name on card (optional)", "Name auf der Karte (optional)";
    number: "Card number", "Kartennummer";
    network: "Card network", "Kartennetz";
    expiry: "Expiry date", "Ablaufdatum";
    month_and_year: "Month and year", "Monat und Jahr";
    security_code: "Security code", "Sicherheitscode";
    digits(count): "{count} digits", "{count} Ziffern";
    three_or_four_digits: "3 or 4 digits", "3 oder 4 Ziffern";
    billing_address: "Billing address", "Rechnungsadresse";
    country: "Country", "Land";
    line1: "Street and house number", "Straße und Hausnummer";
    line2: "Second address line", "Zweite Adresszeile";
    city: "City", "Ort";
    region: "Region", "Region";
    postal_code: "Postal code", "Postleitzahl";
    optional(name): "{name} (optional)", "{name} (optional)";
    example(example): "For example {example}", "Zum Beispiel {example}";
    tax_id: "Tax id", "Steuernummer";
    tax_id_hint: "Entered after the address; its form is the country’s.", "Wird nach der Adresse eingegeben; ihre Form hängt vom Land ab.";

    problem: "There is a problem", "Es gibt ein Problem";
    not_linked: "The card was not linked", "Die Karte wurde nicht hinterlegt";

    test_card: "Test card", "Testkarte";
    choose_one: "Choose one", "Bitte wählen";
    test_card_hint: "It fills the form. No other card is taken here, and nothing is charged.", "Sie füllt das Formular aus. Eine andere Karte wird hier nicht angenommen, und nichts wird abgebucht.";

    card_declined: "The card was declined", "Die Karte wurde abgelehnt";
    purchase_declined(amount): "The purchase of {amount} was declined", "Der Kauf von {amount} wurde abgelehnt";
    charge_declined(amount): "The charge of {amount} was declined", "Die Abbuchung von {amount} wurde abgelehnt";
    hold_declined(amount): "The hold of {amount} was declined", "Die Vormerkung über {amount} wurde abgelehnt";
    likely: "Likely", "Wahrscheinlich";
    nothing_else: "Nothing else is known to cause a decline.", "Weitere Gründe für eine Ablehnung sind nicht bekannt.";
    what_to_check: "What to check", "Was Sie prüfen können";
    what_else: "What else to check", "Was Sie noch prüfen können";
}
