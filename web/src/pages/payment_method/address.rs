//! PM-6: the billing address, with the parts that the country has and the names that it has for them.

use super::countries::by_name;
use super::details::CardField;
use super::form::{Form, id_of};
use crate::i18n::{self, payment_method as words};
use crate::ui::choice::choice_with;
use crate::ui::field::{described_by, field_error};
use billing::payment_method::address::Part;
use billing::payment_method::card::Field;
use billing::payment_method::country::Country;
use leptos::prelude::*;

/// What the address as a whole is called by what describes it.
const ADDRESS: &str = "address";

#[component]
pub(super) fn AddressFields(form: Form) -> impl IntoView {
    let country = Signal::derive(move || Country::from_code(form.progress.read().entries.get(Field::Country)));
    let error = form.error(Field::Address);
    let parts = Part::ALL.into_iter().map(|part| view! { <AddressField form country part /> }.into_any());
    view! {
        <fieldset aria-describedby=move || described_by(ADDRESS, false, error.read().is_some())>
            <legend>{words::billing_address()}</legend>
            {field_error(ADDRESS, error)}
            <CountryChoice form />
            {parts.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// A country is always chosen, so nothing can be wrong with this field.
#[component]
fn CountryChoice(form: Form) -> impl IntoView {
    let attributes = [("id", id_of(Field::Country)), ("autocomplete", "billing country")];
    let chosen = form.text(Field::Country);
    choice_with(
        &attributes,
        words::country(),
        by_name,
        move || chosen.get(),
        move |code| form.type_in(Field::Country, code),
    )
}

/// A part of the address, while the country has it.
#[component]
fn AddressField(form: Form, country: Signal<Option<Country>>, part: Part) -> impl IntoView {
    let (field, autocomplete) = match part {
        Part::Line1 => (Field::Line1, "billing address-line1"),
        Part::Line2 => (Field::Line2, "billing address-line2"),
        Part::City => (Field::City, "billing address-level2"),
        Part::Region => (Field::Region, "billing address-level1"),
        Part::PostalCode => (Field::PostalCode, "billing postal-code"),
    };
    let label = Signal::derive(move || label_of(country.get(), part));
    let hint = Signal::derive(move || {
        let example = country.get().filter(|_| part == Part::PostalCode).and_then(Country::postal_example)?;
        Some(words::example(example))
    });
    view! {
        <Show when=move || country.get().is_none_or(|country| country.uses(part))>
            <CardField form field label autocomplete hint />
        </Show>
    }
    .into_any()
}

fn label_of(country: Option<Country>, part: Part) -> String {
    let name = match (part, country) {
        (Part::Line1, _) => words::line1().to_owned(),
        (Part::Line2, _) => words::line2().to_owned(),
        (Part::City, Some(country)) => i18n::word(country.city_label().english()),
        (Part::City, None) => words::city().to_owned(),
        (Part::Region, Some(country)) => i18n::word(country.region_label().english()),
        (Part::Region, None) => words::region().to_owned(),
        (Part::PostalCode, Some(country)) => i18n::word(country.postal_label().english()),
        (Part::PostalCode, None) => words::postal_code().to_owned(),
    };
    let required = country.is_some_and(|country| country.requires(part));
    if required { name } else { words::optional(&name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pm_6_labels_follow_the_country() {
        let label = |code, part| label_of(Country::from_code(code), part);
        assert_eq!(label("US", Part::Region), "State");
        assert_eq!(label("US", Part::PostalCode), "ZIP code");
        assert_eq!(label("JP", Part::Region), "Prefecture");
        assert_eq!(label("GB", Part::City), "Post town");
        assert_eq!(label("DE", Part::Line2), "Second address line (optional)");
    }
}
