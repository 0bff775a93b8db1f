//! The page of all questions, and the page of one.

use super::Topic;
use super::answer::{Answer, Step, rules};
use super::search::fitting;
use crate::app::browser::input_of;
use crate::app::routes::{Page, Route, link, page_heading};
use crate::features::bank_prompt::bank_panel;
use crate::features::decline_diagnosis::diagnosis;
use crate::features::refusals::{pay_button, refusal_cards};
use crate::features::support::support;
use crate::i18n::amounts::charge;
use crate::i18n::help as texts;
use crate::pages::usage::{running, why};
use crate::session::state::{DialogMode, State, state};
use crate::ui::announce::announce;
use crate::ui::button::{Weight, button};
use crate::ui::element::{El, el};
use crate::ui::figures::section;
use crate::ui::form_state::form_state;
use crate::ui::message::finding;
use crate::ui::reactive::{derived, follow, follow_some};
use leptos::prelude::*;

const FIELD: &str = "help-search";
const ACCOUNT: &str = "answer-heading";

pub(crate) fn list() -> AnyView {
    let state = state();
    let route: Route = expect_context();
    let typed = form_state("help-search", String::new);
    let found = Memo::new(move |_| typed.with(|typed| fitting(typed)));
    let applying = Memo::new(move |_| {
        let applies = |topic: &Topic| {
            state.session.with(|session| Answer::to(*topic, session).is_some_and(|answer| answer.applies))
        };
        Topic::ALL.iter().copied().filter(applies).collect::<Vec<Topic>>()
    });
    let said = derived(move || match found.read().len() {
        0 => texts::no_question().to_owned(),
        1 => texts::one_question().to_owned(),
        count => texts::questions(&count.to_string()),
    });
    let input = El::new(
        "input",
        &[
            ("type", "search"),
            ("id", FIELD),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("aria-describedby", "help-hint"),
        ],
    )
    .value(typed.into())
    .on("input", move |event| typed.set(input_of(&event).map(|input| input.value()).unwrap_or_default()))
    .holding(Vec::new());
    let field = el!("div", "class" = "field";
        el!("label", "for" = FIELD; texts::asked()),
        el!("p", "class" = "hint", "id" = "help-hint"; texts::hint()),
        input,
    );
    // The enter key opens the question that fits best.
    let open = move |event: web_sys::Event| {
        event.prevent_default();
        let first = found.with_untracked(|found| found.first().copied());
        if let Some(first) = first.filter(|_| typed.with_untracked(|typed| !typed.trim().is_empty())) {
            route.go(Page::Answer(first));
        }
    };
    let search = El::new("form", &[("role", "search"), ("class", "search")]).on("submit", open).holding(vec![field]);
    let questions = follow(move || questions(&found.read(), &applying.read(), typed));
    el!("div", "class" = "page";
        page_heading(),
        section("questions-heading", "card", texts::all(), vec![
            search,
            el!("p", "class" = "calm", "aria-hidden" = "true"; said),
            announce(said),
            questions,
        ]),
    )
}

/// The questions that fit; those first that the account is in now.
fn questions(found: &[Topic], applying: &[Topic], typed: RwSignal<String>) -> AnyView {
    if found.is_empty() {
        let all = button(texts::show_all().to_owned(), Weight::Plain, move || {
            typed.set(String::new());
            crate::app::browser::focus(FIELD);
        });
        return el!("p"; all);
    }
    let entry = |topic: &Topic| {
        let badge = applying.contains(topic).then(|| el!("span", "class" = "badge here"; texts::applies()));
        el!("li"; link(Page::Answer(*topic), vec![topic.question().into_any()]), badge)
    };
    let (first, others): (Vec<&Topic>, Vec<&Topic>) = found.iter().partition(|topic| applying.contains(topic));
    el!("ul", "class" = "questions"; first.into_iter().chain(others).map(entry).collect::<Vec<AnyView>>())
}

pub(crate) fn answer(topic: Topic) -> AnyView {
    let state = state();
    let answer = Memo::new(move |_| state.session.with(|session| Answer::to(topic, session)).unwrap_or_default());
    let steps = Memo::new(move |_| answer.read().steps.clone());
    let declined = Memo::new(move |_| answer.read().declined.clone());
    let refused = Memo::new(move |_| answer.read().refused.clone());
    let for_support = Memo::new(move |_| answer.read().support.clone());
    let (runs, asks) = (Memo::new(move |_| answer.read().runs), Memo::new(move |_| answer.read().asks));
    let messages = move || {
        answer.read().messages.iter().map(|(message, tone)| finding(message.clone(), *tone)).collect_view().into_any()
    };
    let cards = move || {
        let refused = refused.get();
        (!refused.is_empty()).then(|| refusal_cards(state, refused, Weight::Primary))
    };
    let next = move || {
        let steps: Vec<AnyView> = steps.get().into_iter().map(|step| step_view(state, step)).collect();
        (!steps.is_empty())
            .then(|| el!("div", "class" = "steps"; el!("h3"; texts::next_step()), el!("p", "class" = "row"; steps)))
    };
    let account = vec![
        follow_some(move || asks.get().then(|| bank_panel(state))),
        follow_some(cards),
        follow_some(move || declined.get().map(|declined| diagnosis(state, declined, "help"))),
        el!("div", "class" = "stack messages"; follow(messages)),
        follow_some(move || runs.get().then(|| running::list(state, ACCOUNT))),
        follow_some(move || for_support.get().map(support)),
        follow_some(next),
    ];
    let rules: Vec<AnyView> = rules(topic).iter().copied().map(why::sentence_of).collect();
    el!("div", "class" = "page";
        el!("p", "class" = "back"; link(Page::Help, vec![texts::all().into_any()])),
        page_heading(),
        section(ACCOUNT, "card", texts::account(), account),
        section("rules-heading", "card", texts::rules(), vec![el!("ul", "class" = "rules"; rules)]),
    )
}

fn step_view(state: State, step: Step) -> AnyView {
    let to = |page, name: &str| link(page, vec![name.to_owned().into_any()]);
    let open =
        |label: String, dialog_mode, weight| button(label, weight, move || state.dialog_mode.set(Some(dialog_mode)));
    match step {
        Step::Buy(None) => open(texts::add_credits().to_owned(), DialogMode::Buy(None), Weight::Primary),
        Step::Buy(Some(amount)) => open(texts::buy(&charge(amount)), DialogMode::Buy(Some(amount)), Weight::Primary),
        Step::BuyAgain(amount) => open(texts::buy_again(&charge(amount)), DialogMode::Buy(Some(amount)), Weight::Plain),
        Step::Pay(invoice, due) => pay_button(state, &invoice, due, Weight::Primary),
        Step::Recharge => open(texts::look_at_recharge().to_owned(), DialogMode::Recharge, Weight::Plain),
        Step::Card => to(Page::PaymentMethod, texts::to_card()),
        Step::Usage => to(Page::Usage, crate::i18n::usage::see_usage()),
        Step::Tiers => to(Page::Tiers, texts::to_tiers()),
        Step::Invoices => to(Page::Invoices, texts::to_invoices()),
        Step::Purchases => to(Page::Invoices, crate::i18n::invoices::see_purchases()),
        Step::Declined => to(Page::Answer(Topic::Declined), texts::to_declined()),
    }
}
