//! What each finding says, by its code, as a template over its figures. The English sentences are in `billing::message`.

/// The template for a code.
pub(super) fn template(code: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(of, _)| *of == code).map(|(_, template)| *template)
}

/// Every code that has a sentence.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(code, _)| *code)
}

static TEMPLATES: &[(&str, &str)] = &[
    // Amounts.
    ("money.malformed", "Schreiben Sie einen Betrag nur in Ziffern, zum Beispiel 25.00."),
    (
        "money.too_precise",
        "Dieser Betrag hat zu viele Nachkommastellen: Eine Abbuchung hat höchstens 2, Nutzung höchstens 12.",
    ),
    ("money.out_of_range", "Dieser Betrag ist zu groß: Möglich sind höchstens 1,000,000,000,000,000 Dollar."),
    ("money.negative", "Dieser Betrag darf nicht unter null liegen."),
    ("purchase.below_minimum", "Der kleinste Kauf beträgt {minimum}."),
    // Auto-recharge.
    (
        "recharge.threshold_missing",
        "Geben Sie an, bei welchem Kontostand die automatische Aufladung kaufen soll, oder leeren Sie beide Felder, um sie auszuschalten.",
    ),
    (
        "recharge.buys_now",
        "[purchases=1?Das kauft jetzt {amount}|Das kauft jetzt {purchases}-mal {amount}, zusammen {total}], [gap>0?weil die Schwelle {gap} über Ihrem Kontostand[pending>0? samt Ausstehendem] liegt|weil Ihr Kontostand an der Schwelle von {threshold} liegt].",
    ),
    (
        "recharge.at_threshold_waits",
        "Ihr Kontostand beträgt genau {threshold}. Die automatische Aufladung kauft erst darunter, deshalb wird jetzt nichts gekauft.",
    ),
    (
        "recharge.at_threshold_buys",
        "Ihr Kontostand beträgt genau {threshold}. Die automatische Aufladung kauft schon an der Schwelle, nicht erst darunter.",
    ),
    (
        "recharge.pending_counted",
        "{pending} stehen noch aus und zählen schon mit. Ohne sie wären es [purchases_without=1?1 Kauf|{purchases_without} Käufe].",
    ),
    (
        "recharge.too_late",
        "Eine Schwelle von {threshold} kann den Zugang nicht offen halten: Er endet bei einem Kontostand von {credit_limit:floor}, bevor die automatische Aufladung gekauft hat. Wählen Sie eine höhere Schwelle.",
    ),
    (
        "recharge.no_card",
        "Es ist keine Karte hinterlegt, deshalb kann die automatische Aufladung nicht kaufen. Hinterlegen Sie zuerst eine Karte.",
    ),
    (
        "recharge.card_not_recurring",
        "Die hinterlegte Karte unterstützt keine wiederkehrenden Zahlungen, deshalb kann die automatische Aufladung nicht kaufen. Hinterlegen Sie eine andere Karte.",
    ),
    (
        "recharge.card_recurring_unknown",
        "Ob die hinterlegte Karte wiederkehrende Zahlungen unterstützt, zeigt sich erst bei der Abbuchung.",
    ),
    (
        "recharge.paused",
        "Die automatische Aufladung ist angehalten: Ein Kauf wurde abgelehnt. Speichern Sie die Einstellung noch einmal, oder hinterlegen Sie eine andere Karte.",
    ),
    ("recharge.withheld", "Die automatische Aufladung hätte kaufen sollen und hat es nicht getan: {reason:word}."),
    ("recharge.running", "Die automatische Aufladung hat {completed} von {purchases} Käufen zu {amount} getätigt."),
    (
        "recharge.preview_outdated",
        "Das würde jetzt [purchases=1?einmal|{purchases}-mal] kaufen, nicht [previewed=1?einmal|{previewed}-mal] wie gezeigt. Sehen Sie sich die Vorschau noch einmal an.",
    ),
    // The account and its access.
    (
        "account.free_exceeds_balance",
        "Gratisguthaben ist Teil eines Kontostands über null; es kann nicht mehr sein als der Kontostand von {balance}.",
    ),
    (
        "account.settled_exceeds_spend",
        "Es können nicht mehr Ausgaben zur Stufe geworden sein als die {lifetime_spend}, die ausgegeben wurden.",
    ),
    (
        "access.no_purchase",
        "Der Zugang setzt Käufe von {minimum} voraus; bisher [lifetime_spend>0?sind es {lifetime_spend}|gibt es keine][free_credits>0?, und {free_credits} Gratisguthaben zählen nicht][pending>0?; ein Kauf von {pending} steht aus].",
    ),
    (
        "access.past_due",
        "{past_due} sind überfällig. Der Zugang bleibt gesperrt, bis sie bezahlt sind; Guthaben bezahlt sie nicht.",
    ),
    (
        "access.limit_reached",
        "[credit_limit>0?Der Kontostand von {balance} hat seine Grenze von {credit_limit:floor} erreicht|[balance<0?Der Kontostand von {balance} liegt unter null|Der Kontostand von {balance} ist aufgebraucht]][pending>0?; ein Kauf von {pending} steht aus].",
    ),
    (
        "access.cost_not_covered",
        "Das kostet {cost}, und {spendable} sind verfügbar: Es fehlen {short}[pending>0?; ein Kauf von {pending} steht aus].",
    ),
    (
        "access.tier_too_low",
        "{model} ist ab {needed:tier} offen, unabhängig vom Kontostand; dieses Konto steht auf {tier:tier}[remaining?, {remaining} an Ausgaben darunter][pending>0?; ein Kauf von {pending} steht aus].",
    ),
    (
        "access.tier_settling",
        "{model} öffnet sich mit {needed:tier}; das ist bezahlt und nach spätestens {seconds:wait} eingerichtet. Bis dahin steht dieses Konto auf {tier:tier}. Das Guthaben ist sicher.",
    ),
    (
        "access.positive_balance",
        "Der Kontostand enthält {free_credits} Gratisguthaben und {purchased_credits} gekauftes Guthaben; die Stufe ist {tier:tier}.",
    ),
    (
        "access.limit_above_ceiling",
        "Das Limit von {balance_limit} liegt über dem Höchsten, das dieses Konto setzen darf; es zählt als {ceiling}.",
    ),
    (
        "access.limit_assumed",
        "{tier:tier} hat ein eigenes Limit. Für dieses Konto ist keines angegeben, deshalb werden {ceiling} angenommen.",
    ),
    ("access.by_contract", "Es gilt der Vertrag {tier:tier} mit einem Kreditrahmen von {credit_limit}."),
    (
        "access.overrun",
        "Der Kontostand liegt {overrun} unter seiner Grenze von {credit_limit:floor}. Was genutzt wurde, ist zu bezahlen, und neue Nutzung wartet, bis der Kontostand über der Grenze liegt.",
    ),
    (
        "access.under_way",
        "Das lief schon, als der Kontostand seine Grenze von {credit_limit:floor} erreichte; es wird ausgeführt und ist zu bezahlen. Der Kontostand beträgt {balance}.",
    ),
    (
        "access.tier_follows",
        "{entitled:tier} ist bezahlt und folgt innerhalb von {seconds:wait}; bis dahin gilt {tier:tier}. Das Guthaben ist sicher.",
    ),
    (
        "tier.overdue",
        "{entitled:tier} wurde am {since:instant} bezahlt und müsste da sein, doch es gilt noch {tier:tier}. Laden Sie die Seite neu, fragen Sie die Modelle neu ab, melden Sie sich neu an; wenden Sie sich dann an den Support.",
    ),
    (
        "tier.settling",
        "{entitled:tier} ist bezahlt und folgt innerhalb von {seconds:whole_minutes}; bis dahin gilt {tier:tier}. Das Guthaben ist sicher.",
    ),
    // The card, while it is typed and when its issuer has spoken.
    ("card.number_missing", "Geben Sie die Kartennummer ein."),
    (
        "card.number_incomplete",
        "[digits=1?Die Kartennummer hat mehr als diese eine Ziffer.|Die Kartennummer hat mehr als diese {digits} Ziffern.]",
    ),
    (
        "card.number_unfinished",
        "Diese {digits} Ziffern sind noch keine Kartennummer: Eine kann vertippt sein, oder es fehlen welche.",
    ),
    ("card.number_mistyped", "Eine Ziffer der Kartennummer ist vertippt. Vergleichen Sie sie mit der Karte."),
    (
        "card.number_too_long",
        "Die Kartennummer hat höchstens {longest} Ziffern; [digits>19?es sind mehr als 19|es sind {digits}].",
    ),
    ("card.unexpected_character", "„{character}“ gehört nicht hierher; geben Sie Ziffern ein."),
    ("card.network_unknown", "Keine Kartennummer beginnt so. Vergleichen Sie sie mit der Karte."),
    ("card.networks_refused", "Karten, deren Nummer so beginnt, werden nicht angenommen."),
    (
        "card.network_refused",
        "Karten von {network:network} werden nicht angenommen. Verwenden Sie eine Karte eines anderen Netzes.",
    ),
    ("card.expiry_missing", "Geben Sie das Ablaufdatum ein."),
    ("card.expiry_incomplete", "Geben Sie Monat und Jahr ein, zum Beispiel 09/27."),
    ("card.expiry_malformed", "Das ist kein Monat mit Jahr, wie zum Beispiel 09/27."),
    ("card.expired", "Diese Karte ist Ende {month:month}/{year:plain} abgelaufen."),
    ("card.security_code_missing", "Geben Sie den Sicherheitscode ein."),
    ("card.security_code_incomplete", "Der Sicherheitscode hat {length} Ziffern."),
    ("card.security_code_too_long", "Der Sicherheitscode hat nur {length} Ziffern."),
    (
        "card.prepaid",
        "Prepaid-Karten werden nicht angenommen. Verwenden Sie eine Karte, die zu einem Bankkonto gehört.",
    ),
    ("card.virtual", "Virtuelle Karten werden nicht angenommen. Verwenden Sie die Karte eines Bankkontos."),
    ("card.funding_refused", "Karten dieser Art ({funding:word}) werden nicht angenommen."),
    (
        "card.not_recurring",
        "Diese Karte unterstützt keine wiederkehrenden Zahlungen. Verwenden Sie eine andere, oder bitten Sie Ihre Bank, sie zu erlauben.",
    ),
    ("card.address_incomplete", "Diese Angabe fehlt noch: {label:word}."),
    ("card.country_unknown", "Wählen Sie ein Land."),
    (
        "card.postal_code_malformed",
        "Im gewählten Land sieht diese Angabe anders aus: {country:postal_code}[example?, zum Beispiel {example}].",
    ),
    (
        "card.address_mismatch",
        "Bei der Bank gehört zu dieser Karte eine andere Adresse. Geben Sie sie so ein, wie sie auf der Kartenabrechnung steht.",
    ),
    (
        "card.address_locked",
        "Die Rechnungsadresse kann sich nicht ändern, solange die Karte dieselbe bleibt. Behalten Sie die Adresse, oder hinterlegen Sie eine andere Karte.",
    ),
    ("card.number_in_address", "In diesem Feld steht eine Kartennummer: {part:word}. Entfernen Sie sie."),
    ("card.address_missing", "Eine Karte wird mit ihrer Rechnungsadresse hinterlegt. Geben Sie die Adresse ein."),
    (
        "card.security_code_mismatch",
        "Die Bank sagt, dass der Sicherheitscode ein anderer ist. Vergleichen Sie ihn mit der Karte.",
    ),
    ("card.number_as_token", "Das enthält eine Kartennummer. Übergeben Sie stattdessen, was für die Karte steht."),
    ("card.no_hold", "Es wartet keine Karte auf die Freigabe einer Vormerkung."),
    (
        "card.while_processing",
        "{pending} werden gerade noch gekauft. Die Karte neu einzugeben beschleunigt nichts; noch einmal zu kaufen kauft doppelt.",
    ),
    (
        "card.hold_waiting",
        "Ihre Bank merkt $0.00 vor, um die neue Karte zu prüfen. Geben Sie das in der App der Bank frei; dann ist die Karte hinterlegt.",
    ),
    (
        "card.has_expired",
        "Die hinterlegte Karte ist Ende {month:month}/{year:plain} abgelaufen. Hinterlegen Sie eine andere Karte.",
    ),
    (
        "card.authorises_each",
        "Ihre Bank muss jede Zahlung freigeben. Achten Sie auf die E-Mail mit ihrem Link, vor allem am {charge_day}.",
    ),
    // The tax id.
    (
        "tax_id.before_address",
        "Die Form einer Steuernummer hängt vom Land ab. Geben Sie zuerst die Rechnungsadresse ein.",
    ),
    ("tax_id.missing", "Geben Sie die Steuernummer ein, oder speichern Sie ohne."),
    (
        "tax_id.non_standard",
        "[example?In diesem Land sieht die Nummer anders aus ({country:tax_id}), zum Beispiel {example}. Vergleichen Sie sie mit Ihrer Anmeldung; eine Steuernummer in anderer Form kann nur der Support eintragen.|Für dieses Land ist keine übliche Form einer Steuernummer bekannt, deshalb muss der Support Ihre eintragen. Wenden Sie sich an den Support.]",
    ),
    ("tax_id.holds_card_number", "Im Feld für die Steuernummer steht eine Kartennummer. Entfernen Sie sie."),
    // Payments and invoices.
    ("payment.no_card", "Es ist keine Karte hinterlegt. Hinterlegen Sie zuerst eine Karte."),
    (
        "payment.card_expired",
        "Die hinterlegte Karte ist Ende {month:month}/{year:plain} abgelaufen. Hinterlegen Sie eine andere Karte.",
    ),
    (
        "payment.hold_unapproved",
        "Die Karte wartet auf ihre Vormerkung über $0.00. Geben Sie diese zuerst in der App Ihrer Bank frei.",
    ),
    (
        "purchase.another_pending",
        "{pending} werden gerade noch gekauft. Ein weiterer Kauf wird zusätzlich abgebucht; warten Sie, oder sagen Sie, dass Sie beide wollen.",
    ),
    (
        "purchase.key_reused",
        "Dieser Kauf wurde schon getätigt, für {amount}. Geben Sie einem neuen einen anderen Schlüssel.",
    ),
    (
        "purchase.key_reserved",
        "Schlüssel, die so beginnen, gehören der automatischen Aufladung. Wählen Sie einen anderen Schlüssel.",
    ),
    ("purchase.unknown", "Es gibt keinen Kauf mit diesem Schlüssel."),
    ("purchase.wrong_stage", "Dieser Kauf {stage:word}."),
    (
        "purchase.overdue",
        "Der Kauf von {amount} dauert schon {seconds:taken}, länger als normal. Wenden Sie sich an den Support; kaufen Sie nicht noch einmal.",
    ),
    (
        "purchase.bank_action",
        "Ihre Bank wartet darauf, dass Sie {amount} freigeben. Folgen Sie dem Link in Ihrer E-Mail.",
    ),
    (
        "purchase.pending",
        "Der Kauf von {amount} läuft nach {seconds:taken} noch. Bis zu {normal_seconds:wait} sind normal; kaufen Sie nicht noch einmal.",
    ),
    (
        "invoice.past_due",
        "{due} sind seit dem {since:day} überfällig. Guthaben bezahlt keine frühere Rechnung: Zahlen Sie sie per Karte.",
    ),
    (
        "invoice.later_credits",
        "Die seit dem {drawn:day} gekauften {bought} bezahlen die Nutzung von da an. Die {due} wurden vorher berechnet, also bezahlt dieses Guthaben sie nicht.",
    ),
    (
        "invoice.bank_action",
        "Ihre Bank wartet seit dem {since:instant} darauf, dass Sie {due} freigeben. Folgen Sie dem Link in Ihrer E-Mail, sonst kann der Dienst enden.",
    ),
    (
        "invoice.charge_overdue",
        "Die Abbuchung von {due} dauert schon {seconds:taken}, länger als normal. Wenden Sie sich an den Support.",
    ),
    ("invoice.due", "{due} werden am {charge_on:day} von der hinterlegten Karte abgebucht."),
    (
        "invoice.not_chargeable",
        "{due} sind am {charge_on:day} fällig und können nicht abgebucht werden: [reason=card_expired?Die hinterlegte Karte ist dann nicht mehr gültig. Hinterlegen Sie eine andere Karte|{reason:word}].",
    ),
    ("invoice.unknown", "Es gibt keine Rechnung dieses Namens."),
    ("invoice.nothing_due", "Guthaben hat diese Rechnung gedeckt: Es ist nichts fällig."),
    ("invoice.already_paid", "Diese Rechnung ist bezahlt."),
    (
        "invoice.being_charged",
        "{due} werden für diese Rechnung gerade von der Karte abgebucht. Warten Sie auf die Bank.",
    ),
    ("invoice.not_being_charged", "Für diese Rechnung läuft keine Abbuchung."),
    (
        "credits.expiry_announced",
        "Guthaben, das ab dem {from:day} gekauft wird, verfällt [months=1?einen Monat|{months} Monate] nach dem Kauf. Für das, was Sie haben, ändert sich nichts.",
    ),
    ("credits.expire", "{amount} Guthaben verfallen am {at:day}."),
    (
        "credits.grant_reused",
        "Diese Gutschrift gab es schon, über {amount}. Geben Sie einer neuen einen anderen Namen.",
    ),
    // What is asked of an account.
    ("command.before_history", "Das liegt vor dem Letzten, was mit dem Konto geschehen ist."),
    ("command.no_policy", "Damals galt kein Regelwerk."),
    (
        "command.too_far",
        "Mehr als {events} Dinge würden auf einmal geschehen. Stellen Sie die Zeit in kleineren Schritten weiter.",
    ),
    ("command.out_of_range", "Die Summen dieses Kontos würden zu groß, um genau zu sein."),
    ("command.no_amount", "Es braucht einen Betrag über $0.00."),
    ("limit.above_ceiling", "Ein Limit von {limit} liegt über den {ceiling}, die dieses Konto setzen darf."),
    ("deployment.exists", "Es gibt schon ein Deployment dieses Namens. Wählen Sie einen anderen Namen."),
    ("deployment.unknown", "Es gibt kein Deployment dieses Namens."),
    ("deployment.stopped", "Dieses Deployment wurde gestoppt. Starten Sie ein neues unter einem anderen Namen."),
    ("deployment.too_many", "Es laufen {most} Deployments, mehr sind nicht möglich. Stoppen Sie zuerst eines."),
    ("contract.none", "Es gibt keinen Vertrag, der enden könnte."),
    // What runs and what it costs.
    (
        "charges.idle_deployments",
        "[running=1?1 Deployment läuft|{running} Deployments laufen] ohne Anfragen, für {per_hour} pro Stunde. Seit der letzten Anfrage hat das {since_last_request} gekostet; stoppen Sie, was Sie nicht brauchen.",
    ),
    (
        "charges.runs_out",
        "Was läuft, kostet {per_hour} pro Stunde: Ohne einen Kauf reicht das Guthaben bis zum {at:instant}.",
    ),
    (
        "charges.nothing_runs",
        "Es läuft nichts, was von selbst Geld kostet. Anfragen und Aufträge kosten {usage}.[deployments>0? Deployments, die inzwischen gestoppt sind, haben {deployments} gekostet.]",
    ),
    (
        "forecast.access_stops",
        "Der Zugang endet am {at:instant}, wenn es so weitergeht.[past_due? Offen bleibt er, wenn Sie jetzt die überfälligen {past_due} zahlen[purchase? und {purchase} kaufen].|[purchase? Ein Kauf von {purchase} jetzt hält ihn offen.]]",
    ),
    (
        "forecast.access_stopped",
        "Der Zugang ist gesperrt.[past_due? Er öffnet sich und bleibt offen, wenn Sie jetzt die überfälligen {past_due} zahlen[purchase? und {purchase} kaufen].|[purchase? Ein Kauf von {purchase} jetzt öffnet ihn und hält ihn offen.]]",
    ),
    (
        "forecast.lasts",
        "Der Zugang bleibt [days=1?den Tag|die {days} Tage] über offen; der Kontostand beträgt dann {balance}.",
    ),
    (
        "forecast.recharges",
        "Die automatische Aufladung tätigt [purchases=1?1 Kauf|{purchases} Käufe], zusammen {total}, den ersten am {first:day}.",
    ),
    ("forecast.charge_to_come", "{amount} werden am {at:day} von der Karte abgebucht."),
    ("forecast.deployments", "Davon kosten Deployments {deployments}, ob sie genutzt werden oder nicht."),
    // A declined payment: what it means.
    (
        "decline.means_funds",
        "Das Konto hinter der Karte deckt diese Zahlung nicht. Zahlen Sie darauf ein, oder verwenden Sie eine andere Karte.",
    ),
    (
        "decline.means_number_wrong",
        "Die Bank kennt keine Karte mit dieser Nummer. Vergleichen Sie sie mit der Karte, und geben Sie sie neu ein.",
    ),
    (
        "decline.means_expiry_wrong",
        "Das Ablaufdatum ist nicht das der Karte. Vergleichen Sie es mit der Karte, und geben Sie es neu ein.",
    ),
    (
        "decline.means_security_code_wrong",
        "Der Sicherheitscode ist nicht der der Karte. Vergleichen Sie ihn mit der Karte, und geben Sie ihn neu ein.",
    ),
    (
        "decline.means_address_wrong",
        "Bei der Bank steht eine andere Rechnungsadresse. Geben Sie sie samt Postleitzahl so ein, wie sie auf der Kartenabrechnung steht.",
    ),
    (
        "decline.means_expired",
        "Die Bank sagt, dass die Karte abgelaufen ist. Hinterlegen Sie die Karte, die sie ersetzt hat.",
    ),
    (
        "decline.means_card_invalid",
        "Die Bank nimmt von dieser Karte keine Zahlungen mehr an; eine andere kann sie ersetzt haben. Hinterlegen Sie die neuere Karte, oder fragen Sie die Bank.",
    ),
    (
        "decline.means_method_unsupported",
        "Diese Zahlungsart wird nicht unterstützt: Sie ist keine Kredit- oder Debitkarte eines Bankkontos. Verwenden Sie eine solche Karte.",
    ),
    (
        "decline.means_purchase_unsupported",
        "Die Karte kann einen solchen Kauf nicht tätigen, wie Prepaid-Karten, virtuelle Karten und solche ohne wiederkehrende Zahlungen. Verwenden Sie eine Kredit- oder Debitkarte eines Bankkontos.",
    ),
    (
        "decline.means_not_allowed",
        "Die Bank erlaubt diese Zahlung mit dieser Karte nicht. Bitten Sie die Bank, sie zu erlauben, oder verwenden Sie eine andere Karte.",
    ),
    (
        "decline.means_recurring_stopped",
        "Die Bank lässt von dieser Karte nicht mehr wiederkehrend abbuchen. Bitten Sie die Bank, es zu erlauben, oder hinterlegen Sie eine andere Karte.",
    ),
    (
        "decline.means_not_confirmed",
        "Die Bank will diese Zahlung bestätigt haben, und das ist nicht geschehen. Zahlen Sie noch einmal, und bestätigen Sie, wenn die Bank danach fragt.",
    ),
    (
        "decline.means_blocked",
        "Die Bank hat die Karte gesperrt. Fragen Sie die Bank, oder verwenden Sie eine andere Karte.",
    ),
    (
        "decline.means_limit_reached",
        "Diese Zahlung geht über ein Limit der Karte hinaus. Bitten Sie die Bank, es zu erhöhen, zahlen Sie weniger, oder verwenden Sie eine andere Karte.",
    ),
    (
        "decline.means_try_again",
        "Die Bank war nicht zu erreichen oder konnte nicht antworten; die Karte kann in Ordnung sein. Versuchen Sie es in einigen Minuten noch einmal, und fragen Sie die Bank, wenn es so bleibt.",
    ),
    (
        "decline.means_duplicate",
        "Derselbe Betrag wurde kurz zuvor von dieser Karte abgebucht. Suchen Sie diese Zahlung im Abrechnungsverlauf, bevor Sie noch einmal zahlen.",
    ),
    (
        "decline.means_security_check",
        "Eine Sicherheitsprüfung hat diese Zahlung aufgehalten und sagt nicht mehr. Geben Sie alles genau so ein, wie es bei der Bank steht, oder verwenden Sie eine andere Karte; der Support kann weiterhelfen.",
    ),
    (
        "decline.means_no_reason",
        "Die Bank nennt hier keinen Grund, vielleicht aber Ihnen. Fragen Sie sie, oder gehen Sie die Liste durch.",
    ),
    (
        "decline.means_test_mode",
        "Testkarten und echte Zahlungen passen nicht zusammen, deshalb wurde nichts abgebucht. Verwenden Sie für echte Zahlungen eine echte Karte und eine Testkarte nur im Test.",
    ),
    (
        "decline.means_unknown",
        "Der Grund, der zurückkam, ist hier nicht bekannt. Gehen Sie die Liste durch, und fragen Sie die Bank, wenn nichts passt.",
    ),
    // A declined payment: what is known already.
    (
        "decline.known_no_card",
        "Es ist keine Karte hinterlegt, deshalb kann nichts abgebucht werden. Hinterlegen Sie eine Karte.",
    ),
    (
        "decline.known_address_incomplete",
        "In der Rechnungsadresse fehlt eine Angabe ({label:word}), und ohne sie lehnen Banken ab. Ergänzen Sie sie.",
    ),
    (
        "decline.known_address_mismatch",
        "Bei der Bank gehört zu dieser Karte eine andere Rechnungsadresse, und ein Unterschied genügt für eine Ablehnung. Geben Sie sie samt Postleitzahl so ein, wie sie auf der Kartenabrechnung steht.",
    ),
    (
        "decline.known_expired",
        "Die Karte ist Ende {month:month}/{year:plain} abgelaufen und kann seitdem nicht zahlen. Hinterlegen Sie die Karte, die sie ersetzt hat.",
    ),
    (
        "decline.known_security_code_mismatch",
        "Der Sicherheitscode ist nicht der, den die Bank für diese Karte hat. Geben Sie die Karte mit ihrem Code neu ein.",
    ),
    (
        "decline.known_network_refused",
        "Karten von {network:network} werden nicht angenommen. Hinterlegen Sie eine Karte eines anderen Netzes.",
    ),
    (
        "decline.known_funding_refused",
        "Karten dieser Art ({funding:word}) werden nicht angenommen. Hinterlegen Sie eine Kredit- oder Debitkarte, die zu einem Bankkonto gehört.",
    ),
    (
        "decline.known_network_and_funding_refused",
        "Karten von {network:network} werden nicht angenommen, und auch keine Karte dieser Art ({funding:word}). Hinterlegen Sie eine Kredit- oder Debitkarte eines anderen Netzes, die zu einem Bankkonto gehört.",
    ),
    (
        "decline.known_not_recurring",
        "Die Karte unterstützt keine wiederkehrenden Zahlungen, die hier nötig sind. Bitten Sie Ihre Bank, sie zu erlauben, oder hinterlegen Sie eine andere Karte.",
    ),
    (
        "decline.known_hold_unapproved",
        "Eine Vormerkung über $0.00 wartet auf Ihre Freigabe: Die Bank prüft die Karte, bevor sie zahlt. Geben Sie sie in der App der Bank frei.",
    ),
    (
        "decline.known_processing",
        "Eine Zahlung ist seit {seconds:elapsed} in Bearbeitung; bis zu {normal_seconds:wait} sind normal. Warten Sie darauf: Die Karte neu einzugeben kann doppelt kaufen.",
    ),
    (
        "decline.known_processing_long",
        "Eine Zahlung ist nach {seconds:elapsed} noch in Bearbeitung; bis zu {normal_seconds:wait} sind normal. Wenden Sie sich an den Support, bevor Sie noch einmal zahlen.",
    ),
    (
        "decline.known_approval_asked",
        "Die Bank wartet darauf, dass Sie eine Zahlung freigeben; bis dahin bleibt sie offen. Nutzen Sie den Link aus der E-Mail oder die App der Bank.",
    ),
    (
        "decline.known_details_reentered",
        "Die Karte wurde neu eingegeben, während eine Zahlung in Bearbeitung war; dadurch kann doppelt gekauft worden sein. Sehen Sie im Abrechnungsverlauf nach, bevor Sie noch einmal zahlen.",
    ),
    // A declined payment: what is left to check.
    (
        "decline.check_funds",
        "Deckt das Konto hinter der Karte die Zahlung? Zahlen Sie darauf ein, oder verwenden Sie eine andere Karte.",
    ),
    (
        "decline.check_address_complete",
        "Hat die Rechnungsadresse eine Straße, einen Ort und was das Land sonst verlangt? Ergänzen Sie, was fehlt.",
    ),
    (
        "decline.check_address_match",
        "Steht bei der Bank dieselbe Rechnungsadresse, bis hin zur Postleitzahl? Geben Sie sie so ein, wie sie auf der Kartenabrechnung steht.",
    ),
    ("decline.check_expiry", "Ist der letzte Monat der Karte vorbei? Hinterlegen Sie die Karte, die sie ersetzt hat."),
    (
        "decline.check_activated",
        "Ist die Karte neu? Aktivieren Sie sie bei Ihrer Bank, und zahlen Sie dann noch einmal.",
    ),
    (
        "decline.check_security_code",
        "Ist der Sicherheitscode der auf der Karte? Lesen Sie ihn von der Karte ab, und geben Sie ihn neu ein.",
    ),
    (
        "decline.check_card_type",
        "Ist die Karte eine Prepaid-Karte, virtuell oder ohne Bankkonto? Verwenden Sie eine Kredit- oder Debitkarte eines Bankkontos.",
    ),
    (
        "decline.check_recurring",
        "Erlaubt die Bank mit dieser Karte wiederkehrende Zahlungen? Bitten Sie sie darum, oder verwenden Sie eine Karte, die sie hat.",
    ),
    (
        "decline.check_hold",
        "Zeigt die Bank eine Vormerkung über $0.00? Sie prüft die Karte: Geben Sie sie in der App der Bank frei, dann folgt die Zahlung.",
    ),
    (
        "decline.check_processing",
        "Ist eine frühere Zahlung noch in Bearbeitung? Das dauert bis zu {normal_seconds:wait}: Warten Sie so lange, bevor Sie noch einmal zahlen.",
    ),
    (
        "decline.check_frozen",
        "Ist die Karte eingefroren oder gesperrt? Geben Sie sie in der App der Bank frei, oder bitten Sie die Bank darum.",
    ),
    (
        "decline.check_spending_limit",
        "Hat die Karte ein Limit für eine Zahlung, einen Tag oder einen Monat? Erhöhen Sie es bei der Bank, oder zahlen Sie weniger auf einmal.",
    ),
    (
        "decline.check_security_prompt",
        "Hat die Bank Sie gebeten, die Zahlung zu bestätigen, in ihrer App, per Nachricht oder Link? Bestätigen Sie, und zahlen Sie dann noch einmal.",
    ),
    (
        "decline.check_details_reentered",
        "Wurde die Karte neu eingegeben, bevor eine Zahlung fertig war? Suchen Sie die Zahlung im Abrechnungsverlauf, bevor Sie noch einmal zahlen.",
    ),
    // Why a history cannot be.
    ("history.before_last", "Dieses Ereignis liegt vor dem, dem es folgt."),
    ("history.no_policy", "Zur Zeit dieses Ereignisses galt kein Regelwerk."),
    ("history.out_of_range", "Mit diesem Ereignis würden die Summen zu groß, um genau zu sein."),
    ("history.month_open", "Vor diesem Ereignis musste der Monat früherer Nutzung abgeschlossen werden."),
    ("history.purchase_exists", "Ein Kauf mit diesem Schlüssel wurde schon begonnen."),
    ("history.purchase_unknown", "Es wurde kein Kauf mit diesem Schlüssel begonnen."),
    ("history.purchase_stage", "Für den Kauf gilt hier: Er {stage:word}."),
    ("history.run_unknown", "Kein Lauf der automatischen Aufladung tätigt hier diesen Kauf."),
    ("history.recharge_off", "Die automatische Aufladung ist hier aus."),
    ("history.no_hold", "Hier wartet keine Karte auf diese Vormerkung."),
    ("history.spend_unknown", "Hier wurden {lifetime_spend} ausgegeben."),
    ("history.grant_exists", "Eine Gutschrift dieses Namens gab es schon."),
    ("history.other_expiry", "Hier verfallen {expiring} Guthaben."),
    (
        "history.other_drawdown",
        "Hier stehen {free} kostenloses und {purchased} gekauftes Guthaben bereit, und geschuldet wird erst, wenn beides aufgebraucht ist.",
    ),
    ("history.deployment_exists", "Ein Deployment dieses Namens wurde schon gestartet."),
    ("history.deployment_not_running", "Hier läuft kein Deployment dieses Namens."),
    ("history.other_minutes", "Hier sind {minutes} Minuten zu berechnen, für {cost}."),
    ("history.minutes_uncharged", "Vor diesem Ereignis mussten {minutes} Minuten eines Deployments berechnet werden."),
    ("history.invoice_month", "Hier ist kein Monat dieses Namens abzuschließen."),
    ("history.other_invoice", "Hier kommt der Monat auf {total}; davon sind {covered} gedeckt und {due} fällig."),
    ("history.invoice_unknown", "Es wurde keine Rechnung dieses Namens gestellt."),
    ("history.invoice_state", "Hier ist die Rechnung {state:word}."),
    ("history.no_contract", "Hier gibt es keinen Vertrag."),
    // A policy document.
    ("policy.unknown_source", "Das Dokument nennt keine Quelle mit dieser Kennung."),
    ("policy.wrong_clause", "Dieser Parameter gehört zur Regel {expected}."),
    ("policy.wrong_unit", "[expected?Dieser Parameter zählt in „{expected}“.|Dieser Parameter hat keine Einheit.]"),
    ("policy.no_source", "Nennen Sie eine Quelle, oder sagen Sie, dass der Wert angenommen ist."),
    ("policy.announced_late", "Ein Regelwerk wird spätestens an seinem ersten Tag angekündigt."),
    (
        "policy.expiry_unannounced",
        "Guthaben darf nur unter einem Regelwerk verfallen, das vor seinem ersten Tag angekündigt wurde.",
    ),
    ("policy.minimum_out_of_range", "Der kleinste Kauf muss zwischen {lowest} und {highest} liegen."),
    ("policy.default_below_minimum", "Der Vorgabewert muss mindestens der kleinste Kauf sein, {minimum}."),
    (
        "policy.payment_times",
        "Eine Zahlung muss als spät gelten, bevor sie abgeschlossen sein muss, nach {settles_within_seconds:plain} Sekunden.",
    ),
    ("policy.first_tier", "Die erste Stufe muss die begrenzte sein, bei 0.00."),
    ("policy.tiers_not_ascending", "Jede Stufe muss höher sein als die vorige und über ihr beginnen."),
    ("policy.contract_tier", "Scale und Enterprise sind Verträge; keine Ausgaben erreichen sie."),
    (
        "policy.credit_limit_falls",
        "Eine höhere Stufe darf keinen kleineren Kreditrahmen haben: Ein Kauf könnte sonst den Zugang beenden.",
    ),
    ("policy.duplicate_model", "Ein anderes Modell hat diese Kennung."),
    ("policy.unknown_tier", "Das Dokument hat keine solche Stufe."),
    ("policy.networks", "Nennen Sie mindestens ein Netz, und jedes nur einmal."),
    (
        "policy.visa_lengths",
        "Visa-Nummern haben 13, 16 oder 19 Ziffern; nennen Sie mindestens eine Länge, und jede nur einmal.",
    ),
];
