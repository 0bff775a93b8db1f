//! What stands around every page, and the names of the pages.

use super::texts;

texts! { Shell;
    product: "Billing settings", "Abrechnung";
    example: "This is an example account: nothing is charged.", "Dies ist ein Beispielkonto: Es wird nichts abgebucht.";
    skip: "Skip to content", "Zum Inhalt springen";
    settings: "Settings", "Einstellungen";
    overview: "Overview", "Übersicht";
    payment_method: "Payment method", "Zahlungsmittel";
    tiers: "Tiers and limits", "Stufen und Limits";
    invoices: "Invoices", "Rechnungen";
    usage: "Usage", "Nutzung";
    help: "Help", "Hilfe";
    overview_entry: "Overview", "Über\u{ad}sicht";
    payment_entry: "Payment method", "Zahlungs\u{ad}mittel";
    invoices_entry: "Invoices", "Rech\u{ad}nungen";
    nowhere: "No such page", "Diese Seite gibt es nicht";
    nothing_here: "There is nothing at this address. ", "Unter dieser Adresse gibt es nichts. ";
    to_the_overview: "Go to the overview.", "Zur Übersicht.";
    title(page): "{page} · Billing settings", "{page} · Abrechnung";
    language: "Language", "Sprache";
    loading: "Loading.", "Wird geladen.";
    part_failed: "This part of the page could not be loaded. Is there a connection?", "Dieser Teil der Seite konnte nicht geladen werden. Besteht eine Verbindung?";
    crashed: "This page has stopped working. Nothing was charged.", "Diese Seite funktioniert nicht mehr. Es wurde nichts abgebucht.";
    load_again: "Load it again", "Neu laden";
    try_again: "Try again", "Noch einmal versuchen";
    hide: "Hide", "Ausblenden";
    unreachable: "This needs a part of the page that could not be loaded. Nothing was done. Is there a connection?", "Dafür fehlt ein Teil der Seite, der nicht geladen werden konnte. Es ist nichts geschehen. Besteht eine Verbindung?";
}
