//! Days, months and lengths of time.

use super::texts;

texts! { Units;
    day(day, month): "{day} {month}", "{day}. {month}";
    january: "January", "Januar";
    february: "February", "Februar";
    march: "March", "März";
    april: "April", "April";
    may: "May", "Mai";
    june: "June", "Juni";
    july: "July", "Juli";
    august: "August", "August";
    september: "September", "September";
    october: "October", "Oktober";
    november: "November", "November";
    december: "December", "Dezember";
    one_minute: "1 minute", "1 Minute";
    minutes(count): "{count} minutes", "{count} Minuten";
    seconds(count): "{count} seconds", "{count} Sekunden";
}
