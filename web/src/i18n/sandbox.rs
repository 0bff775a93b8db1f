//! The sandbox: the example accounts, its clock, and what it does in the place of services and sales.

use super::texts;

texts! { Sandbox;
    sandbox: "Sandbox", "Sandbox";
    example_account: "Example account", "Beispielkonto";
    new: "New account", "Neues Konto";
    free_credits_only: "Free credits only", "Nur Gratisguthaben";
    build_tier_2: "Build Tier 2", "Build Tier 2";
    near_the_limit: "Near the −$100 limit", "Nahe der Grenze von −$100";
    past_due: "Past due", "Überfällige Rechnung";
    enterprise: "Enterprise contract", "Enterprise-Vertrag";
    idle_endpoint: "Idle endpoint, auto-recharge", "Ungenutzter Endpunkt, automatische Aufladung";

    controls: "Policy, usage and history", "Regelwerk, Nutzung und Verlauf";
    clock: "Sandbox clock", "Uhr der Sandbox";
    a_minute: "+1 minute", "+1 Minute";
    an_hour: "+1 hour", "+1 Stunde";
    month_end: "To the end of the month", "Zum Monatsende";
    charge_day: "To the 3rd", "Zum 3.";
    stopped: "So much happens in that time that the clock stopped on the way. Move it again.", "In dieser Zeit geschieht so viel, dass die Uhr unterwegs stehen geblieben ist. Stellen Sie sie noch einmal weiter.";

    policy: "Policy", "Regelwerk";
    as_dated: "As dated: ", "Nach Datum: ";
    from_first_day: "each from its first day", "jedes ab seinem ersten Tag";

    cost_of_usage: "Cost of usage", "Kosten der Nutzung";
    serverless: "Serverless requests", "Serverlose Anfragen";
    service: "Service", "Dienst";
    use_credits: "Use credits", "Guthaben nutzen";
    usage_recorded: "The usage is recorded.", "Die Nutzung ist erfasst.";

    free_credits: "Free credits", "Gratisguthaben";
    grant: "Grant free credits", "Gratisguthaben gewähren";
    granted: "The free credits are there.", "Das Gratisguthaben ist da.";

    cost_of_a_minute: "Cost of a minute", "Kosten einer Minute";
    start_deployment: "Start a deployment", "Deployment starten";
    deployment_runs: "The deployment runs.", "Das Deployment läuft.";
    stop_last: "Stop the last one", "Das letzte stoppen";
    deployment_stopped: "The deployment is stopped.", "Das Deployment ist gestoppt.";

    contract_limit: "Contract credit limit", "Kreditrahmen des Vertrags";
    contract: "Contract", "Vertrag";
    sign: "Sign the contract", "Vertrag schließen";
    signed: "The contract is signed.", "Der Vertrag ist geschlossen.";
    end: "End the contract", "Vertrag beenden";
    ended: "The contract is ended.", "Der Vertrag ist beendet.";

    hold_tier: "Keep the tier from following", "Die Stufe nicht folgen lassen";
    settle_tier: "Settle the tier now", "Stufe jetzt angleichen";
    tier_settled: "The tier has followed the spend.", "Die Stufe ist den Ausgaben gefolgt.";

    export: "Export the history", "Verlauf exportieren";
    import: "Import a history", "Verlauf importieren";
    begin_again: "Begin this account again", "Dieses Konto neu beginnen";
    begins_again: "The account begins again.", "Das Konto beginnt von vorn.";
    imported: "The history is imported.", "Der Verlauf ist importiert.";
    line(number, why): "Line {number}: {why}", "Zeile {number}: {why}";
}
