//! The month ahead, in Add credits.

use super::texts;

texts! { ForecastPanel;
    title: "The month ahead", "Der kommende Monat";
    at_rate(amount, days): "If usage goes on at about {amount} a day, as over the last {days}, and what runs keeps running.", "Wenn die Nutzung mit etwa {amount} am Tag weitergeht, wie in den letzten {days}, und weiterläuft, was läuft.";
    only_running: "If what runs keeps running.", "Wenn weiterläuft, was läuft.";
    nothing_used: "Nothing is used at present, so the balance stays as it is.", "Derzeit wird nichts genutzt; der Kontostand bleibt, wie er ist.";
    suspended: "suspended", "gesperrt";
    threshold(amount): "Threshold {amount}", "Schwelle {amount}";
    day: "Day of the forecast", "Tag der Vorschau";
    now: "Now", "Jetzt";
    at_start(day, balance): "{day}: {balance}", "{day}: {balance}";
    end(day): "{day}, the end", "{day}, das Ende";
    buys(times): "auto-recharge buys {times}", "die automatische Aufladung kauft {times}";
    month_ends(amount): "the month ends, {amount} is due", "der Monat endet, {amount} ist fällig";
    charged(amount): "{amount} is charged to the card", "{amount} wird von der Karte abgebucht";
    past_due(amount): "{amount} becomes past due", "{amount} wird überfällig";
    expire(amount): "{amount} of credits expire", "{amount} Guthaben verfallen";
    stops: "access stops", "der Zugang wird gesperrt";
    is_stopped: "access is stopped", "der Zugang ist gesperrt";
    opens: "access opens again", "der Zugang öffnet sich wieder";
    table: "Each day as a table", "Jeder Tag als Tabelle";
    column_day: "Day, from 00:00 UTC", "Tag, ab 00:00 UTC";
    column_balance: "Balance", "Kontostand";
    column_what: "What comes", "Was kommt";
    months: "By month", "Nach Monat";
    month: "Month", "Monat";
    used: "Used", "Genutzt";
    bought: "Bought", "Gekauft";
    charged_column: "Invoices charged", "Rechnungen abgebucht";
}
