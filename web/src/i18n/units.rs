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
    short_day(day, month): "{day} {month}", "{day}. {month}";
    jan: "Jan", "Jan.";
    feb: "Feb", "Feb.";
    mar: "Mar", "März";
    apr: "Apr", "Apr.";
    in_may: "May", "Mai";
    jun: "Jun", "Juni";
    jul: "Jul", "Juli";
    aug: "Aug", "Aug.";
    sep: "Sep", "Sep.";
    oct: "Oct", "Okt.";
    nov: "Nov", "Nov.";
    dec: "Dec", "Dez.";
    decimal_sign: ".", ",";
    one_minute: "1 minute", "1 Minute";
    minutes(count): "{count} minutes", "{count} Minuten";
    seconds(count): "{count} seconds", "{count} Sekunden";
}
