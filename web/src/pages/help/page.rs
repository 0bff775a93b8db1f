//! The page of all questions, and the page of one.

use super::Topic;
use super::answer::{Answer, Step, rules};
use super::search::fitting;
use crate::app::browser::{focus, input_of};
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
use crate::ui::figures::section;
use crate::ui::form_state::form_state;
use crate::ui::message::finding;
use leptos::prelude::*;
use web_sys::SubmitEvent;

const FIELD: &str = "help-search";
const ACCOUNT: &str = "answer-heading";

/// The page of all questions, with a search.
pub(crate) fn list() -> AnyView {
    let typed = form_state("help-search", String::new);
    let found = Memo::new(move |_| typed.with(|typed| fitting(typed)));
    let said = Signal::derive(move || match found.read().len() {
        0 => texts::no_question().to_owned(),
        1 => texts::one_question().to_owned(),
        count => texts::questions(&count.to_string()),
    });
    let content = view! {
        <SearchForm typed found />
        <p class="calm" aria-hidden="true">{move || said.get()}</p>
        {announce(said)}
        <Questions typed found />
    };
    view! {
        <div class="page">
            {page_heading()}
            {section("questions-heading", "card", texts::all(), vec![content.into_any()])}
        </div>
    }
    .into_any()
}

#[component]
fn SearchForm(typed: RwSignal<String>, found: Memo<Vec<Topic>>) -> impl IntoView {
    let route: Route = expect_context();
    // The enter key opens the question that fits best.
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        let first = found.with_untracked(|found| found.first().copied());
        if let Some(first) = first.filter(|_| typed.with_untracked(|typed| !typed.trim().is_empty())) {
            route.go(Page::Answer(first));
        }
    };
    view! {
        <form role="search" class="search" on:submit=open>
            <div class="field">
                <label for=FIELD>{texts::asked()}</label>
                <p class="hint" id="help-hint">{texts::hint()}</p>
                <input
                    type="search"
                    id=FIELD
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="help-hint"
                    prop:value=typed
                    on:input=move |event| typed.set(input_of(&event).map(|input| input.value()).unwrap_or_default())
                />
            </div>
        </form>
    }
    .into_any()
}

/// The questions that fit; those first that the account is in now.
#[component]
fn Questions(typed: RwSignal<String>, found: Memo<Vec<Topic>>) -> impl IntoView {
    let state = state();
    let applying = Memo::new(move |_| {
        let applies = |topic: &Topic| {
            state.session.with(|session| Answer::to(*topic, session).is_some_and(|answer| answer.applies))
        };
        Topic::ALL.iter().copied().filter(applies).collect::<Vec<Topic>>()
    });
    let questions = move || {
        let (found, applying) = (found.read(), applying.read());
        if found.is_empty() {
            return view! { <ShowAll typed /> }.into_any();
        }
        let (first, others): (Vec<Topic>, Vec<Topic>) = found.iter().partition(|topic| applying.contains(topic));
        let first = first.into_iter().map(|topic| view! { <Question topic applies=true /> }.into_any());
        let others = others.into_iter().map(|topic| view! { <Question topic applies=false /> }.into_any());
        view! { <ul class="questions">{first.chain(others).collect_view()}</ul> }.into_any()
    };
    view! { {move || questions()} }.into_any()
}

/// The way back where no question fits.
#[component]
fn ShowAll(typed: RwSignal<String>) -> impl IntoView {
    let show = move || {
        typed.set(String::new());
        focus(FIELD);
    };
    view! { <p>{button(texts::show_all().to_owned(), Weight::Plain, show)}</p> }.into_any()
}

#[component]
fn Question(topic: Topic, applies: bool) -> impl IntoView {
    view! {
        <li>
            {link(Page::Answer(topic), vec![topic.question().into_any()])}
            {applies.then(|| view! { <span class="badge here">{texts::applies()}</span> }.into_any())}
        </li>
    }
    .into_any()
}

/// The page of one question: what the account shows, and the rules behind it.
pub(crate) fn answer(topic: Topic) -> AnyView {
    let account = view! { <AccountAnswer topic /> }.into_any();
    let rules = rules(topic).iter().copied().map(why::sentence_of).collect_view();
    let rules = view! { <ul class="rules">{rules}</ul> }.into_any();
    view! {
        <div class="page">
            <p class="back">{link(Page::Help, vec![texts::all().into_any()])}</p>
            {page_heading()}
            {section(ACCOUNT, "card", texts::account(), vec![account])}
            {section("rules-heading", "card", texts::rules(), vec![rules])}
        </div>
    }
    .into_any()
}

/// What the account answers. Each part has a memo of its own, so a part that does not change keeps the focus.
#[component]
fn AccountAnswer(topic: Topic) -> impl IntoView {
    let state = state();
    let answer = Memo::new(move |_| state.session.with(|session| Answer::to(topic, session)).unwrap_or_default());
    let steps = Memo::new(move |_| answer.read().steps.clone());
    let declined = Memo::new(move |_| answer.read().declined.clone());
    let refused = Memo::new(move |_| answer.read().refused.clone());
    let for_support = Memo::new(move |_| answer.read().support.clone());
    let messages =
        move || answer.read().messages.iter().map(|(message, tone)| finding(message.clone(), *tone)).collect_view();
    let cards = move || {
        let refused = refused.get();
        (!refused.is_empty()).then(|| refusal_cards(state, refused, Weight::Primary))
    };
    view! {
        <Show when=move || answer.read().asks>{bank_panel(state)}</Show>
        {move || cards()}
        {move || declined.get().map(|declined| diagnosis(state, declined, "help"))}
        <div class="stack messages">{move || messages()}</div>
        <Show when=move || answer.read().runs>{running::list(state, ACCOUNT)}</Show>
        {move || for_support.get().map(support)}
        <NextSteps steps />
    }
    .into_any()
}

#[component]
fn NextSteps(steps: Memo<Vec<Step>>) -> impl IntoView {
    let state = state();
    let next = move || {
        let steps: Vec<AnyView> = steps.get().into_iter().map(|step| step_view(state, step)).collect();
        (!steps.is_empty()).then(|| {
            view! {
                <div class="steps">
                    <h3>{texts::next_step()}</h3>
                    <p class="row">{steps}</p>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || next()} }.into_any()
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
