//! The countries by the names that the browser has for them, in the page's language and its order.

use crate::app::browser;
use crate::ui::choice::Named;
use billing::payment_method::country::Country;
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Every country by name, in alphabetical order. A browser that has no names shows the codes.
pub(crate) fn by_name() -> Vec<Named> {
    let language = Array::of1(&JsValue::from_str(&browser::page_language()));
    let names = display_names(&language);
    let name = |code: &'static str| {
        let (object, of) = names.as_ref()?;
        of.call1(object, &JsValue::from_str(code)).ok()?.as_string()
    };
    let countries = Country::all().map(|country| {
        let code = country.code();
        Array::of2(&JsValue::from_str(&name(code).unwrap_or_else(|| code.to_owned())), &JsValue::from_str(code))
    });
    let countries: Array = countries.collect();
    let compare = Intl::Collator::new(&language, &Object::new()).compare();
    // The browser's own sort: one in the page's code would weigh as much as all of this file.
    let sorted = countries.sort_by(&mut |one, other| {
        let name = |pair: JsValue| Array::from(&pair).get(0);
        let order = compare.call2(&JsValue::UNDEFINED, &name(one), &name(other)).ok().and_then(|order| order.as_f64());
        order.map_or(0, |order| i32::from(order > 0.0).saturating_sub(i32::from(order < 0.0)))
    });
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    sorted.iter().map(|pair| Array::from(&pair)).map(|pair| (text(pair.get(1)), text(pair.get(0)))).collect()
}

/// `new Intl.DisplayNames(language, { type: "region" })`, and its method `of`.
fn display_names(language: &Array) -> Option<(JsValue, Function)> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let constructor: Function = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str("region")).ok()?;
    let names = Reflect::construct(&constructor, &Array::of2(language, &options)).ok()?;
    let of = Reflect::get(&names, &JsValue::from_str("of")).ok()?.dyn_into().ok()?;
    Some((names, of))
}

/// The country that the browser's language names, else the United States.
pub(crate) fn default_country() -> &'static str {
    country_of(&browser::language())
}

/// The region in a language tag such as `de-AT` or `zh-Hant-TW`.
fn country_of(language: &str) -> &'static str {
    let regions = language.split('-').skip(1).filter_map(Country::from_code);
    regions.map(Country::code).next().unwrap_or("US")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_of_a_language_is_its_country() {
        for (language, expected) in
            [("de-AT", "AT"), ("zh-Hant-TW", "TW"), ("en", "US"), ("es-419", "US"), ("de", "US"), ("", "US")]
        {
            assert_eq!(country_of(language), expected, "{language}");
        }
    }
}
