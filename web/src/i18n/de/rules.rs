//! The rules, each in one sentence. The English ones are in `billing::clause`.

use billing::clause::Clause;

#[allow(clippy::too_many_lines, reason = "one for each rule")]
pub(super) fn summary(clause: Clause) -> &'static str {
    match clause {
        Clause::Cr1 => "Ein Guthaben von $1.00 bezahlt einen US-Dollar jedes Dienstes, sobald es gekauft ist.",
        Clause::Cr2 => {
            "Ein Endpunkt, ein Fine-Tuning- oder ein Evaluierungsauftrag startet nur, wenn das Verfügbare seine Kosten deckt."
        }
        Clause::Cr3 => "Ein Kauf beträgt mindestens $5.00; darüber ist jeder Betrag möglich.",
        Clause::Cr4 => "Es gibt keine kostenlose Probe: Der Zugang setzt Käufe von $5.00 voraus.",
        Clause::Cr5 => {
            "Gratisguthaben und gekauftes Guthaben werden getrennt gezählt; Gratisguthaben erhöht nie eine Stufe."
        }
        Clause::Cr6 => "Guthaben verfällt nicht; ein Regelwerk, das dies ändert, wird angekündigt, bevor es gilt.",
        Clause::Cr7 => "Der Kontostand sinkt in dem Moment, in dem Dienste genutzt werden.",
        Clause::Cr8 => "Guthaben, das in einem Monat gekauft wird, senkt die Rechnung dieses Monats.",
        Clause::Cr9 => {
            "Guthaben, das nach einer Rechnung gekauft wird, bezahlt weder diese Rechnung noch Überfälliges."
        }
        Clause::Cr10 => "Welches Guthaben zuerst verbraucht wird, bestimmt das Regelwerk: das Gratisguthaben.",
        Clause::Ar1 => "Die automatische Aufladung hat einen Betrag und eine Schwelle; sind beide leer, ist sie aus.",
        Clause::Ar2 => "Die automatische Aufladung beginnt, wenn der Kontostand unter die Schwelle fällt.",
        Clause::Ar3 => "Die automatische Aufladung kauft ihren Betrag immer wieder, bis die Schwelle erreicht ist.",
        Clause::Ar4 => "Eine Schwelle über dem Kontostand kauft sofort, vielleicht mehrmals, und sagt das vorher.",
        Clause::Ar5 => {
            "Jeder Schritt der automatischen Aufladung ist ein eigener Kauf; ein abgelehnter beendet den Lauf und hält sie an."
        }
        Clause::Ar6 => {
            "Die automatische Aufladung braucht eine hinterlegte Karte, die wiederkehrende Zahlungen unterstützt."
        }
        Clause::Ar7 => "Ein Kauf, der noch aussteht, zählt schon zur Schwelle.",
        Clause::Ar8 => "Vor einer Einstellung, die nicht wirken kann, bevor der Zugang endet, wird gewarnt.",
        Clause::Ar9 => "Eine Vorschau macht für einen Kauf so viel Arbeit wie für eine Milliarde.",
        Clause::Pm1 => "Visa, Mastercard und American Express werden angenommen, als Kredit- oder Debitkarte.",
        Clause::Pm2 => "Die Karte gehört zu einem Bankkonto: Prepaid-Karten werden abgelehnt.",
        Clause::Pm3 => "Virtuelle Karten werden abgelehnt.",
        Clause::Pm4 => "Die Karte unterstützt wiederkehrende Zahlungen.",
        Clause::Pm5 => {
            "Nummer, Ablaufdatum und Sicherheitscode passen zum Netz der Karte, und sie ist nicht abgelaufen."
        }
        Clause::Pm6 => "Die Rechnungsadresse ist vollständig und dieselbe wie bei der Bank.",
        Clause::Pm7 => "Es ist eine Karte hinterlegt; sie kann ersetzt, aber nicht entfernt werden.",
        Clause::Pm8 => "Die Rechnungsadresse kann sich nicht ändern, solange die Karte dieselbe bleibt.",
        Clause::Pm9 => {
            "Die Steuernummer wird nach der Adresse eingegeben; ungewöhnliche Angaben zum Unternehmen gehen über den Support."
        }
        Clause::Pm10 => {
            "Beim Hinterlegen einer Karte kann eine Vormerkung über $0 erscheinen, die man bei der Bank freigibt."
        }
        Clause::Pm11 => "In manchen Gebieten gibt die Bank jede Zahlung frei; der Link dafür kommt per E-Mail.",
        Clause::Pm12 => "Was die bekannten Ablehnungen des Zahlungsdienstes bedeuten.",
        Clause::Pd1 => "Eine Ablehnung wird anhand der vollständigen Liste der Gründe geprüft.",
        Clause::Pd2 => "Was das Konto schon zeigt, kommt zuerst; der Rest ist eine Liste zum Prüfen.",
        Clause::Pd3 => "Die Karte wird nicht neu eingegeben, während ein Kauf in Bearbeitung ist.",
        Clause::Pp1 => {
            "Eine Zahlung wird von der Bank freigegeben, dann berechnet, dann dem Kontostand gutgeschrieben."
        }
        Clause::Pp2 => "Eine Zahlung dauert meist bis zu 60 Sekunden; danach wird sie als ausstehend gezeigt.",
        Clause::Pp3 => "Bis zu 15 Minuten sind normal; danach hilft der Support.",
        Clause::Pp4 => "Jede weitere Zahlung ist ein eigener Kauf, auch während einer aussteht.",
        Clause::Ti1 => "Die Stufe folgt aus dem, was über die ganze Zeit ausgegeben wurde.",
        Clause::Ti2 => "Ausgaben sind gekauftes Guthaben und bezahlte Monatsrechnungen; Gratisguthaben zählt nicht.",
        Clause::Ti3 => "Jede Stufe hat ihre eigenen Anfragelimits.",
        Clause::Ti4 => "Der Fortschritt nennt die nächste Stufe, was fehlt und den kleinsten Kauf, der sie erreicht.",
        Clause::Ti5 => "Manche Modelle sind ab einer Stufe offen.",
        Clause::Ti6 => "Ein Modell kann ein eigenes Anfragelimit oder eine eigene Einschränkung haben.",
        Clause::Ti7 => "Die Einschränkung einer Stufe gilt unabhängig von Kontostand und Limits.",
        Clause::Ti8 => {
            "Nach einem Kauf kann es bis zu 15 Minuten dauern, bis die Stufe folgt; das Guthaben ist sicher."
        }
        Clause::Ac1 => "Nutzung ist erlaubt, solange der Kontostand über dem negativen Kreditrahmen liegt.",
        Clause::Ac2 => "Unter $5.00 an Käufen gibt es keinen Zugang, gleich wie viel Gratisguthaben da ist.",
        Clause::Ac3 => "Eine Entscheidung nennt jeden Grund, und zu jedem, was ihn aufhebt.",
        Clause::Ac4 => {
            "Noch kein Zugang antwortet mit 401, eine zu niedrige Stufe mit 403, ein gesperrter Kontostand mit 402."
        }
        Clause::Ac5 => {
            "Eine Ablehnung trotz eines Kontostands über null trennt Gratisguthaben von gekauftem und nennt die Stufe."
        }
        Clause::Ac6 => {
            "Das Limit lässt sich bis zur Obergrenze der Stufe setzen; mit $0 wird nur ausgegeben, was gekauft wurde."
        }
        Clause::Ac7 => "Für einen Scale- oder Enterprise-Vertrag gelten seine eigenen Bedingungen.",
        Clause::Ac8 => "Eine überfällige Rechnung sperrt den Zugang.",
        Clause::Ac9 => {
            "Während ein Kauf aussteht, kann eine Ablehnung wegen des Kontostands noch einmal versucht werden; was schon lief, ist zu bezahlen."
        }
        Clause::In1 => "Die Rechnung des Monats wird am Monatsende (UTC) aus der Nutzung und dem Kontostand gestellt.",
        Clause::In2 => "Auch eine Rechnung über $0 wird gestellt: Sie hält genutzte Tokens und Modelle fest.",
        Clause::In3 => {
            "Was fällig ist, wird am 3. von der hinterlegten Karte abgebucht; gelingt das nicht, ist es überfällig."
        }
        Clause::In4 => "Rechnungen und laufende Nutzung stehen im Abrechnungsverlauf, auch als PDF.",
        Clause::In5 => "Angaben zum Unternehmen auf Rechnungen gehen über den Support.",
        Clause::In6 => "Guthabenkäufe werden sofort abgebucht und berechnet, getrennt von der Nutzung.",
        Clause::Uc1 => {
            "Das Hosting eines Fine-Tuning-Modells kostet pro Minute, bis es gestoppt wird, genutzt oder nicht."
        }
        Clause::Uc2 => {
            "Ein dedizierter Endpunkt kostet nach seiner Hardware, solange er aktiv ist, genutzt oder nicht."
        }
        Clause::Uc3 => "Serverlose Nutzung kostet nach Tokens und Modell.",
        Clause::Uc4 => {
            "Kosten ohne Anfragen werden mit den laufenden Deployments erklärt und damit, wie man sie stoppt."
        }
        Clause::Uc5 => "Kosten von Deployments, Nutzung und Guthabenkäufe werden getrennt gezeigt.",
    }
}
