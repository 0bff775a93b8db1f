//! A session over a store that works and one that fails on demand: every command ends in a definite outcome.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "that is how a test fails")]

mod double;

use account_session::{AccountSession, Change, Decision, DispatchError, LoadError, NotStored, ReplaceError};
use billing::ledger::{Account, Command, Event, EventKind, InvalidEvent, Rejection, decide, replay, restore};
use billing::money::{Charge, Money};
use billing::policy::{Policies, Policy};
use billing::rules::access::Plan;
use billing::time::Timestamp;
use double::{Append, Faulty};
use event_store::{EventStore, Memory, StoreError, Subscription, lines};
use futures_lite::future::{block_on, poll_once, zip};
use std::pin::pin;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

static PREPAID: LazyLock<Policies> = LazyLock::new(|| Policies::always(Policy::shipped("prepaid").unwrap()));
static BOTH: LazyLock<Policies> =
    LazyLock::new(|| Policies::dated(["credit-limit", "prepaid"].map(|id| Policy::shipped(id).unwrap())));

/// What the tests keep of a rejection: its code.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Code(&'static str);

impl<'a> From<&'a Rejection<'a>> for Code {
    fn from(rejection: &'a Rejection<'a>) -> Code {
        Code(rejection.finding().code())
    }
}

type Outcome = Result<Decision, DispatchError<Code>>;

fn policies() -> Policies {
    PREPAID.clone()
}

fn at(minute: u64) -> Timestamp {
    Timestamp::parse("2025-12-05T10:00:00Z").unwrap().plus_seconds(60 * minute).unwrap()
}

fn grant(name: &str) -> Command {
    Command::GrantFreeCredits { grant: name.into(), amount: Money::parse("5").unwrap() }
}

fn sign() -> Command {
    Command::SignContract { plan: Plan::Enterprise, credit_limit: Money::parse("100").unwrap() }
}

/// What a new account makes of commands, as the lines that another holder would write.
fn written(commands: &[Command]) -> Vec<String> {
    written_after(&[], commands)
}

/// The same, after a history.
fn written_after(before: &[Event], commands: &[Command]) -> Vec<String> {
    let mut account = replay(before).unwrap();
    let mut events = Vec::new();
    for command in commands {
        let now = account.last().unwrap_or(at(1));
        let decided = decide(&PREPAID, &account, now, command).unwrap();
        events.extend(decided.events);
        account = decided.account;
    }
    lines::write(&events).unwrap()
}

fn load<S: EventStore>(store: &Arc<S>) -> AccountSession<S> {
    block_on(AccountSession::load(Arc::clone(store), "a", policies())).unwrap()
}

fn dispatch<S: EventStore>(session: &AccountSession<S>, command: Command) -> Outcome {
    block_on(session.dispatch(at(1), command))
}

/// The events that lines hold, in their present form.
fn present(stored: &[String]) -> Vec<Event> {
    restore(&PREPAID, lines::read(stored).unwrap()).unwrap().0
}

fn stored(store: &impl EventStore) -> Vec<Event> {
    present(&block_on(store.lines("a")).unwrap())
}

/// The names of the grants of a history, in order.
fn grants(events: &[Event]) -> Vec<String> {
    let name = |event: &Event| match &event.kind {
        EventKind::FreeCreditsGranted { grant, .. } => Some(grant.to_string()),
        _ => None,
    };
    events.iter().filter_map(name).collect()
}

/// Keeps what a session tells.
fn listen<S: EventStore>(session: &AccountSession<S>) -> (Arc<Mutex<Vec<Change>>>, Subscription) {
    let told: Arc<Mutex<Vec<Change>>> = Arc::default();
    let listening = Arc::clone(&told);
    let subscription = session.subscribe(move |change| listening.lock().unwrap().push(change.clone()));
    (told, subscription)
}

/// That nothing has happened, and the caller has the command and the reason.
fn assert_handed_back(outcome: Outcome, command: &Command, expected: &NotStored) {
    match outcome {
        Err(DispatchError::NotStored { command: back, why }) => {
            assert_eq!((&*back, &why), (command, expected));
        }
        other => panic!("{other:?}"),
    }
}

fn assert_same_as_stored<S: EventStore>(session: &AccountSession<S>, store: &impl EventStore) {
    let state = session.state();
    assert_eq!(state.events(), stored(store));
    assert_eq!(*state.account(), replay(state.events()).unwrap());
}

#[test]
fn a_command_answers_with_its_events_once_they_are_stored() {
    let store = Faulty::new();
    let session = load(&store);
    assert_eq!(session.state().account(), &Account::NEW);
    let decision = dispatch(&session, grant("one")).unwrap();
    assert_eq!(grants(&decision.events), ["one"]);
    assert_eq!(decision.events, stored(&*store));
    assert_eq!(decision.events.first().unwrap().at, at(1));
    assert_eq!(dispatch(&session, grant("one")).unwrap().events, [], "the same grant again is no second one");
    dispatch(&session, grant("two")).unwrap();
    assert_same_as_stored(&session, &*store);
    assert_same_as_stored(&load(&store), &*store);
}

#[test]
fn a_refusal_has_every_reason_and_stores_nothing() {
    let store = Faulty::new();
    let session = load(&store);
    let buy = Command::BuyCredits { key: "k".into(), amount: Charge::parse("1.00").unwrap(), another: None };
    match dispatch(&session, buy) {
        Err(DispatchError::Refused(reasons)) => {
            assert_eq!(reasons, [Code("purchase.below_minimum"), Code("payment.no_card")]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(stored(&*store), []);
    assert_eq!(session.state().account(), &Account::NEW);
}

#[test]
fn an_earlier_instant_than_the_last_event_is_taken_as_that_one() {
    let session = load(&Faulty::new());
    block_on(session.dispatch::<Code>(at(9), grant("later"))).unwrap();
    let decision = block_on(session.dispatch::<Code>(at(3), grant("earlier"))).unwrap();
    assert_eq!(decision.events.first().unwrap().at, at(9));
}

#[test]
fn an_overtaken_command_is_decided_again_on_the_newer_history() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([
        Append::IsOvertakenBy(written(&[grant("other")])),
        Append::IsOvertakenBy(written(&[grant("another")])),
    ]);
    let decision = dispatch(&session, grant("own")).unwrap();
    assert_eq!(grants(&decision.events), ["own"]);
    assert_eq!(grants(&stored(&*store)), ["other", "another", "own"]);
    assert_same_as_stored(&session, &*store);
}

#[test]
fn a_refusal_on_deciding_again_reaches_the_caller() {
    let store = Faulty::new();
    let session = load(&store);
    dispatch(&session, sign()).unwrap();
    let ended = written_after(&stored(&*store), &[Command::EndContract]);
    store.next_appends([Append::IsOvertakenBy(ended)]);
    let refused = dispatch(&session, Command::EndContract);
    assert_eq!(refused, Err(DispatchError::Refused(vec![Code("contract.none")])));
    assert_eq!(stored(&*store).len(), 2, "it was ended once");
    assert_same_as_stored(&session, &*store);
}

#[test]
fn an_answer_that_only_an_old_history_gives_is_not_given() {
    let store = Faulty::new();
    let session = load(&store);
    // Another holder signs a contract, and this session has not heard of it: there is one to end.
    block_on(store.another().append("a", 0, &written(&[sign()]))).unwrap();
    assert_eq!(dispatch(&session, Command::EndContract).unwrap().events.len(), 1);
    // Another holder sets a limit: that there is none to take away is an old answer.
    let limit = |limit: Option<&str>| Command::SetBalanceLimit { limit: limit.map(|text| Money::parse(text).unwrap()) };
    let set = written_after(&stored(&*store), &[limit(Some("0"))]);
    block_on(store.another().append("a", 2, &set)).unwrap();
    assert_eq!(dispatch(&session, limit(None)).unwrap().events.len(), 1);
    assert_same_as_stored(&session, &*store);
}

#[test]
fn time_that_passes_without_an_event_does_not_ask_the_store() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([Append::Fails(StoreError::Closed)]);
    assert_eq!(dispatch(&session, Command::Advance).unwrap().events, []);
    assert!(!store.is_used_up());
}

#[test]
fn where_the_read_fails_after_an_overtaken_append_the_command_is_handed_back() {
    let store = Faulty::new();
    let session = load(&store);
    for error in [StoreError::Closed, StoreError::Unavailable] {
        let length = stored(&*store).len();
        store.next_appends([Append::IsOvertakenBy(written(&[grant(&format!("other-{length}"))]))]);
        store.next_reads([Some(error.clone())]);
        assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &NotStored::Store(error));
        assert!(store.is_used_up());
        assert_eq!(grants(&stored(&*store)).len(), length + 1, "of the other alone");
    }
    let decision = dispatch(&session, grant("own")).unwrap();
    assert_eq!(grants(&decision.events), ["own"], "once the store answers, the same command is carried out");
    assert_same_as_stored(&session, &*store);
}

#[test]
fn where_the_newer_history_is_none_the_command_is_handed_back() {
    let store = Faulty::new();
    let session = load(&store);
    let impossible = lines::write(&[Event { at: at(0), kind: EventKind::ContractEnded }]).unwrap();
    store.next_appends([Append::IsOvertakenBy(impossible)]);
    let why = match dispatch(&session, grant("own")) {
        Err(DispatchError::NotStored { command, why }) => {
            assert_eq!(*command, grant("own"));
            why
        }
        other => panic!("{other:?}"),
    };
    let NotStored::Unreadable(error) = why else { panic!("{why:?}") };
    assert_eq!((error.index, error.why), (0, InvalidEvent::NoContract));
    assert_eq!(session.state().account(), &Account::NEW, "the account is shown as it was");
}

#[test]
fn where_the_newer_history_is_damaged_the_command_is_handed_back() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([Append::IsOvertakenBy(vec!["{".to_owned()])]);
    let why = NotStored::Store(StoreError::Damaged { index: 0, code: "history.malformed".into() });
    assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &why);
    assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &why);
    assert_eq!(block_on(store.lines("a")).unwrap(), ["{"]);
}

#[test]
fn a_store_that_is_full_hands_the_command_back_and_takes_it_later() {
    let store = Faulty::new();
    let session = load(&store);
    let (told, _subscription) = listen(&session);
    store.next_appends([Append::Fails(StoreError::Full), Append::Fails(StoreError::Full)]);
    for _ in 0..2 {
        assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &NotStored::Store(StoreError::Full));
        assert_eq!(session.state().account(), &Account::NEW);
    }
    assert_eq!(*told.lock().unwrap(), []);
    dispatch(&session, grant("own")).unwrap();
    assert_same_as_stored(&session, &*store);
}

#[test]
fn a_session_that_is_always_overtaken_gives_up_and_says_so() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends(vec![Append::ClaimsToBeOvertaken; 32]);
    assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &NotStored::Overtaken { attempts: 32 });
    assert!(store.is_used_up());
    dispatch(&session, grant("own")).unwrap();
}

#[test]
fn a_write_that_was_lost_from_sight_is_found_and_not_repeated() {
    for written in [true, false] {
        let store = Faulty::new();
        let session = load(&store);
        dispatch(&session, sign()).unwrap();
        store.next_appends([Append::IsLost { written }]);
        let decision = dispatch(&session, grant("own")).unwrap();
        assert_eq!(grants(&decision.events), ["own"]);
        assert_eq!(grants(&stored(&*store)), ["own"]);
        assert_same_as_stored(&session, &*store);
    }
}

#[test]
fn what_nobody_can_know_is_said_and_found_out_before_anything_else() {
    for written in [true, false] {
        let store = Faulty::new();
        let session = load(&store);
        store.next_appends([Append::IsLost { written }]);
        store.next_reads([Some(StoreError::Closed), Some(StoreError::Closed)]);
        let unknown = NotStored::Unknown(LoadError::Store(StoreError::Closed));
        assert_handed_back(dispatch(&session, grant("own")), &grant("own"), &unknown);
        let why = NotStored::Store(StoreError::Closed);
        assert_handed_back(dispatch(&session, grant("next")), &grant("next"), &why);
        let again = dispatch(&session, grant("own")).unwrap();
        assert_eq!(again.events.is_empty(), written);
        assert_eq!(grants(&stored(&*store)), ["own"]);
        assert_same_as_stored(&session, &*store);
    }
}

#[test]
fn commands_that_come_during_a_write_are_stored_together_in_order() {
    let store = Faulty::new();
    let session = load(&store);
    // The first hangs before it is written, and its caller goes; three wait behind it.
    store.next_appends([Append::Hangs { written: false }]);
    let mut first = Box::pin(session.dispatch::<Code>(at(1), grant("gone")));
    let mut one = pin!(session.dispatch::<Code>(at(1), grant("one")));
    let mut refused = pin!(session.dispatch::<Code>(at(1), Command::EndContract));
    let mut two = pin!(session.dispatch::<Code>(at(1), grant("two")));
    block_on(async {
        assert!(poll_once(&mut first).await.is_none());
        assert!(poll_once(&mut one).await.is_none());
        assert!(poll_once(&mut refused).await.is_none());
        assert!(poll_once(&mut two).await.is_none());
        drop(first);
        let ((one, refused), two) = zip(zip(one, refused), two).await;
        assert_eq!(grants(&one.unwrap().events), ["one"]);
        assert_eq!(refused, Err(DispatchError::Refused(vec![Code("contract.none")])));
        assert_eq!(grants(&two.unwrap().events), ["two"]);
    });
    assert_eq!(store.log(), [2], "one append for both");
    assert_eq!(grants(&stored(&*store)), ["one", "two"]);
    assert_same_as_stored(&session, &*store);
}

#[test]
fn commands_that_are_not_stored_together_are_each_handed_back() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([Append::Hangs { written: false }, Append::Fails(StoreError::Full)]);
    let mut first = Box::pin(session.dispatch::<Code>(at(1), grant("gone")));
    let mut one = pin!(session.dispatch::<Code>(at(1), grant("one")));
    let mut two = pin!(session.dispatch::<Code>(at(1), sign()));
    block_on(async {
        assert!(poll_once(&mut first).await.is_none());
        assert!(poll_once(&mut one).await.is_none());
        assert!(poll_once(&mut two).await.is_none());
        drop(first);
        let (one, two) = zip(one, two).await;
        assert_handed_back(one, &grant("one"), &NotStored::Store(StoreError::Full));
        assert_handed_back(two, &sign(), &NotStored::Store(StoreError::Full));
    });
    assert_eq!(stored(&*store), []);
}

#[test]
fn a_caller_that_goes_during_a_write_leaves_a_session_that_knows_how_it_ended() {
    for written in [true, false] {
        let store = Faulty::new();
        let session = load(&store);
        let (told, _subscription) = listen(&session);
        store.next_appends([Append::Hangs { written }]);
        assert!(block_on(poll_once(session.dispatch::<Code>(at(1), grant("gone")))).is_none());
        assert_eq!(session.state().events(), [], "it is not shown before it is known");
        let decision = dispatch(&session, grant("next")).unwrap();
        assert_eq!(grants(&decision.events), ["next"]);
        let expected: &[&str] = if written { &["gone", "next"] } else { &["next"] };
        assert_eq!(grants(&stored(&*store)), expected);
        assert_same_as_stored(&session, &*store);
        let from = usize::from(written);
        let changes = [Change::Reloaded, Change::Appended { from }];
        assert_eq!(*told.lock().unwrap(), changes.get(1 - from..).unwrap());
    }
}

#[test]
fn those_who_wait_for_a_caller_that_has_gone_get_their_outcome() {
    // The one that writes has the work of another with it, and is dropped after the write: the other hears that it is done.
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([Append::Hangs { written: false }, Append::Hangs { written: true }]);
    block_on(async {
        let mut first = Box::pin(session.dispatch::<Code>(at(1), grant("first")));
        let mut writer = Box::pin(session.dispatch::<Code>(at(1), grant("writer")));
        let mut waits = Box::pin(session.dispatch::<Code>(at(1), grant("waits")));
        assert!(poll_once(&mut first).await.is_none());
        assert!(poll_once(&mut writer).await.is_none());
        assert!(poll_once(&mut waits).await.is_none());
        drop(first);
        assert!(poll_once(&mut writer).await.is_none());
        drop(writer);
        assert_eq!(grants(&waits.await.unwrap().events), ["waits"]);
    });
    assert_eq!(grants(&stored(&*store)), ["writer", "waits"]);
    assert_eq!(store.log(), [2], "it was not written a second time");
    assert_same_as_stored(&session, &*store);
}

#[test]
fn several_commands_are_decided_on_each_other_and_stored_at_once() {
    let store = Faulty::new();
    let session = load(&store);
    store.next_appends([Append::IsOvertakenBy(written(&[grant("other")]))]);
    let answer = block_on(session.transact(|draft| {
        let before = draft.events().count();
        draft.dispatch(at(1), &sign()).unwrap();
        assert!(draft.account().contract().is_some());
        assert_eq!(draft.events().count(), before + 1);
        assert_eq!(draft.events().next_back().unwrap().kind.name(), "contract_signed");
        draft.dispatch(at(2), &Command::EndContract).unwrap();
        draft.dispatch(at(3), &Command::EndContract).unwrap_err().len() + before
    }));
    assert_eq!(answer, Ok(2), "the answer of the second time: one event before, one reason");
    assert_eq!(store.log(), [2]);
    assert_same_as_stored(&session, &*store);
}

#[test]
fn subscribers_hear_of_what_is_stored_and_see_it() {
    let store = Faulty::new();
    let session = load(&store);
    let seen: Arc<Mutex<Vec<(Change, usize)>>> = Arc::default();
    let subscription = session.subscribe({
        let (session, seen) = (session.clone(), Arc::clone(&seen));
        move |change| seen.lock().unwrap().push((change.clone(), session.state().events().len()))
    });
    let (other, _other) = listen(&session);
    dispatch(&session, grant("one")).unwrap();
    dispatch(&session, grant("one")).unwrap();
    dispatch(&session, Command::EndContract).unwrap_err();
    store.next_appends([Append::IsOvertakenBy(written(&[grant("other")]))]);
    dispatch(&session, grant("two")).unwrap();
    let expected = [(Change::Appended { from: 0 }, 1), (Change::Reloaded, 2), (Change::Appended { from: 2 }, 3)];
    assert_eq!(*seen.lock().unwrap(), expected);
    drop(subscription);
    dispatch(&session, grant("three")).unwrap();
    assert_eq!(seen.lock().unwrap().len(), 3);
    assert_eq!(other.lock().unwrap().len(), 4);
}

#[test]
fn a_session_follows_other_holders_until_it_is_dropped() {
    let store = Faulty::new();
    let (session, other) = (load(&store), store.another());
    let (told, subscription) = listen(&session);
    let mut following = pin!(session.follow());
    block_on(async {
        assert!(poll_once(&mut following).await.is_none());
        dispatch(&session, grant("own")).unwrap();
        assert!(poll_once(&mut following).await.is_none());
        assert_eq!(*told.lock().unwrap(), [Change::Appended { from: 0 }], "not of itself");

        other.append("a", 1, &written(&[grant("one")])).await.unwrap();
        other.append("a", 2, &written(&[grant("two")])).await.unwrap();
        assert!(poll_once(&mut following).await.is_none());
        assert_eq!(grants(session.state().events()), ["own", "one", "two"]);
        assert_eq!(told.lock().unwrap().len(), 2, "once for both");

        // As long as before, and another one.
        other.replace("a", &written(&[grant("1"), grant("2"), grant("3")])).await.unwrap();
        assert!(poll_once(&mut following).await.is_none());
        assert_eq!(grants(session.state().events()), ["1", "2", "3"]);

        store.next_reads([Some(StoreError::Closed)]);
        other.replace("a", &[]).await.unwrap();
        assert!(poll_once(&mut following).await.is_none());
        let last = told.lock().unwrap().last().cloned();
        assert_eq!(last, Some(Change::NotLoaded(LoadError::Store(StoreError::Closed))));
        assert_eq!(grants(session.state().events()), ["1", "2", "3"], "what it knows is still shown");

        drop(subscription);
        drop(session);
        assert!(poll_once(&mut following).await.is_some(), "nobody is left to follow for");
    });
}

#[test]
fn a_beginning_is_stored_with_the_first_change() {
    let beginning = present(&written(&[grant("beginning")]));
    let begin =
        |store: &Arc<Faulty>| AccountSession::begin(Arc::clone(store), "a", policies(), beginning.clone()).unwrap();
    let store = Faulty::new();
    let session = begin(&store);
    assert_eq!(block_on(session.refresh()), Ok(()));
    assert_eq!(dispatch(&session, Command::EndContract), Err(DispatchError::Refused(vec![Code("contract.none")])));
    assert_eq!(stored(&*store), []);
    assert_eq!(session.state().events(), beginning, "a store that has nothing does not take it away");
    store.next_appends([Append::Fails(StoreError::Full)]);
    dispatch(&session, grant("own")).unwrap_err();
    let decision = dispatch(&session, grant("own")).unwrap();
    assert_eq!(grants(&decision.events), ["own"]);
    assert_eq!(grants(&stored(&*store)), ["beginning", "own"]);
    dispatch(&session, grant("next")).unwrap();
    assert_same_as_stored(&session, &*store);

    // What the store has counts more than a beginning that it does not have.
    let late = begin(&store);
    dispatch(&late, grant("late")).unwrap();
    assert_eq!(grants(&stored(&*store)), ["beginning", "own", "next", "late"]);
    assert_same_as_stored(&late, &*store);
}

#[test]
fn another_history_takes_its_place_as_a_whole_or_not_at_all() {
    let store = Faulty::new();
    let session = load(&store);
    dispatch(&session, grant("own")).unwrap();
    let (told, _subscription) = listen(&session);
    let impossible = vec![Event { at: at(0), kind: EventKind::ContractEnded }];
    assert!(matches!(block_on(session.replace(impossible)), Err(ReplaceError::Impossible(_))));
    let imported = present(&written(&[grant("imported"), sign()]));
    store.next_replacement_fails(StoreError::Full);
    assert_eq!(block_on(session.replace(imported.clone())), Err(ReplaceError::Store(StoreError::Full)));
    assert_eq!(*told.lock().unwrap(), []);
    assert_same_as_stored(&session, &*store);
    assert_eq!(grants(session.state().events()), ["own"]);

    assert_eq!(block_on(session.replace(imported.clone())), Ok(()));
    assert_eq!(*told.lock().unwrap(), [Change::Reloaded]);
    assert_eq!(stored(&*store), imported);
    dispatch(&session, Command::EndContract).unwrap();
    assert_same_as_stored(&session, &*store);
}

#[test]
fn a_history_of_an_earlier_form_is_read_and_goes_on() {
    let store = Memory::default();
    // Later lines live under a policy of which no shipped document knows.
    let file: Vec<String> =
        include_str!("../../../tests/histories/v1.jsonl").lines().take(40).map(ToOwned::to_owned).collect();
    block_on(store.append("a", 0, &file)).unwrap();
    let load = || block_on(AccountSession::load(Arc::new(store.another()), "a", BOTH.clone())).unwrap();
    let session = load();
    assert_eq!(session.state().events().len(), file.len());
    // The policies that decide from now on do not change what was read, nor what is read again.
    block_on(session.select_policies(PREPAID.clone()));
    let (told, _subscription) = listen(&session);
    assert_eq!(block_on(session.refresh()), Ok(()));
    assert_eq!(*told.lock().unwrap(), []);
    let last = session.state().account().last().unwrap();
    block_on(session.dispatch::<Code>(last, grant("next"))).unwrap();
    let lines = block_on(store.lines("a")).unwrap();
    assert_eq!(lines.get(..file.len()), Some(file.as_slice()), "what is stored stays as it is");
    assert_eq!(load().state().events(), session.state().events());
}

#[test]
fn a_damaged_history_can_be_replaced() {
    let store = Faulty::new();
    block_on(store.another().append("a", 0, &["{".to_owned()])).unwrap();
    let loaded = block_on(AccountSession::load(Arc::clone(&store), "a", policies()));
    let damaged = StoreError::Damaged { index: 0, code: "history.malformed".into() };
    assert_eq!(loaded.err(), Some(LoadError::Store(damaged)));
    let session = AccountSession::begin(Arc::clone(&store), "a", policies(), Vec::<Event>::new()).unwrap();
    dispatch(&session, grant("own")).unwrap_err();
    assert_eq!(block_on(session.replace(Vec::<Event>::new())), Ok(()));
    dispatch(&session, grant("own")).unwrap();
    assert_same_as_stored(&session, &*store);
}

#[test]
fn other_policies_show_and_decide_the_same_history() {
    let store = Faulty::new();
    let session = load(&store);
    dispatch(&session, grant("own")).unwrap();
    let (told, _subscription) = listen(&session);
    let events = session.state().events().to_vec();
    block_on(session.select_policies(BOTH.clone()));
    assert_eq!(*session.state().policies(), *BOTH);
    assert_eq!(session.state().events(), events);
    assert_eq!(*told.lock().unwrap(), [Change::Reloaded]);
    // Nothing is in force before the first day of the oldest.
    let early = Timestamp::parse("2020-01-01T00:00:00Z").unwrap();
    let fresh = block_on(AccountSession::load(Arc::clone(&store), "b", BOTH.clone())).unwrap();
    let refused = block_on(fresh.dispatch::<Code>(early, grant("early")));
    assert_eq!(refused, Err(DispatchError::Refused(vec![Code("command.no_policy")])));
    dispatch(&session, grant("two")).unwrap();
    assert_eq!(grants(&stored(&*store)), ["own", "two"]);
}

#[test]
fn sessions_on_several_threads_lose_and_double_nothing() {
    let memory = Memory::default();
    let threads: Vec<_> = (0..3)
        .map(|thread| {
            // Two of the threads share a session; the third has its own.
            let session = load(&Arc::new(memory.another()));
            let shared = session.clone();
            let work = move |session: AccountSession<Memory>, name: String| {
                for number in 0..20 {
                    dispatch(&session, grant(&format!("{name}-{number}"))).unwrap();
                }
            };
            let one = thread::spawn(move || work(session, format!("{thread}-one")));
            let other = thread::spawn(move || work(shared, format!("{thread}-other")));
            [one, other]
        })
        .collect();
    for thread in threads.into_iter().flatten() {
        thread.join().unwrap();
    }
    let mut names = grants(&stored(&memory));
    assert_eq!(names.len(), 120);
    for thread in 0..3 {
        for name in ["one", "other"] {
            let prefix = format!("{thread}-{name}-");
            let own: Vec<&String> = names.iter().filter(|name| name.starts_with(&prefix)).collect();
            assert!(own.iter().enumerate().all(|(number, name)| **name == format!("{prefix}{number}")), "{own:?}");
        }
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 120);
}

/// A stream of numbers that is the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// What is known of a grant after its dispatch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Stored,
    NotStored,
    /// The caller has gone, or was told that nobody knows.
    Unknown,
}

/// Whatever fails, in whatever order: what was said to be stored is there once, what was handed back is not there, and the
/// session shows what the store has.
#[test]
fn whatever_fails_every_outcome_is_true() {
    let [mut told, mut handed_back, mut unknown] = [0, 0, 0];
    for seed in 0..1000 {
        let (mut dice, store) = (Dice(seed), Faulty::new());
        let session = load(&store);
        let mut known: Vec<(String, Known)> = Vec::new();
        for round in 0..8 {
            for number in 0..dice.roll(4) {
                store.next_appends([match dice.roll(8) {
                    0 => Append::Fails(StoreError::Full),
                    1 | 2 => Append::IsOvertakenBy(written(&[grant(&format!("other-{round}-{number}"))])),
                    3 => Append::IsLost { written: dice.roll(2) == 0 },
                    4 | 5 => Append::Hangs { written: dice.roll(2) == 0 },
                    6 => Append::ClaimsToBeOvertaken,
                    _ => Append::Works,
                }]);
                store.next_reads([(dice.roll(3) == 0).then_some(StoreError::Closed)]);
            }
            let names: Vec<String> = (0..=dice.roll(3)).map(|number| format!("{round}-{number}")).collect();
            let mut futures: Vec<_> =
                names.iter().map(|name| Some(Box::pin(session.dispatch::<Code>(at(1), grant(name))))).collect();
            let mut outcomes: Vec<Option<Known>> = vec![None; names.len()];
            // Everybody is polled in turn; whoever hangs is dropped after a while, as by a client that goes.
            for _ in 0..6 {
                for (future, outcome) in futures.iter_mut().zip(&mut outcomes) {
                    let Some(under_way) = future else { continue };
                    if let Some(ended) = block_on(poll_once(under_way)) {
                        *outcome = Some(match ended {
                            Ok(_) => Known::Stored,
                            Err(DispatchError::NotStored { why: NotStored::Unknown(_), .. }) => Known::Unknown,
                            Err(DispatchError::NotStored { .. }) => Known::NotStored,
                            Err(DispatchError::Refused(reasons)) => panic!("{reasons:?}"),
                        });
                        *future = None;
                    } else if dice.roll(3) == 0 {
                        *outcome = Some(Known::Unknown);
                        *future = None;
                    }
                }
            }
            store.heal();
            for (name, (future, outcome)) in names.into_iter().zip(futures.into_iter().zip(outcomes)) {
                drop(future);
                known.push((name, outcome.unwrap_or(Known::Unknown)));
            }
        }
        dispatch(&session, grant("last")).unwrap();
        assert_same_as_stored(&session, &*store);
        let names = grants(&stored(&*store));
        for (name, known) in &known {
            let count = names.iter().filter(|stored| *stored == name).count();
            match known {
                Known::Stored => assert_eq!(count, 1, "seed {seed}: {name} was said to be stored"),
                Known::NotStored => assert_eq!(count, 0, "seed {seed}: {name} was handed back"),
                Known::Unknown => assert!(count <= 1, "seed {seed}: {name} is there twice"),
            }
        }
        let count = |kind: Known| known.iter().filter(|(_, known)| *known == kind).count();
        told += count(Known::Stored);
        handed_back += count(Known::NotStored);
        unknown += count(Known::Unknown);
    }
    assert!(told > 1000 && handed_back > 1000 && unknown > 1000, "{told} {handed_back} {unknown}");
}
