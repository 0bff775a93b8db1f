//! Whatever is passed in, nothing is thrown and an error comes back.

use super::json;
use billing_wasm::{evaluate, evaluate_json, evaluate_many};
use js_sys::{JSON, Reflect, eval};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn javascript(code: &str) -> JsValue {
    eval(&format!("({code})")).unwrap()
}

#[track_caller]
fn refused(request: &str, code: &str) {
    let answer = evaluate(&javascript(request));
    let error = Reflect::get(&answer, &"error".into()).unwrap();
    let told = Reflect::get(&error, &"code".into()).unwrap().as_string();
    assert_eq!(told.as_deref(), Some(code), "{request}: {}", json(&answer));
}

#[wasm_bindgen_test]
fn what_is_no_object_is_malformed() {
    for request in [
        "undefined",
        "null",
        "true",
        "5",
        "NaN",
        "5n",
        "Symbol('s')",
        "() => 1",
        "''",
        "'x'.repeat(1 << 28)",
        "[]",
        "new Array(4294967295)",
        "new Map([['query', 'tier_progress']])",
        "new Set()",
        "new Date(0)",
        "/x/",
        "new Uint8Array(1 << 24)",
        "new String('x')",
        "Promise.resolve()",
        "globalThis.document ?? new WeakMap()",
    ] {
        refused(request, "request.malformed");
    }
    let answer = json(&evaluate(&JsValue::UNDEFINED));
    let expected = r#"{"id":null,"error":{"code":"request.malformed","clause":null,"line":1,"message":"A request is a JSON object."}}"#;
    assert_eq!(answer, expected);
}

#[wasm_bindgen_test]
fn what_throws_when_it_is_read_is_malformed() {
    for request in [
        "{ get query() { throw new Error('hostile'); } }",
        "{ query: 'tier_progress', get id() { throw null; } }",
        "{ query: 'access', input: { account: { get balance() { throw 1; } } } }",
        "{ policy: [{ get id() { throw 1; } }] }",
        "new Proxy({}, { ownKeys() { throw 1; } })",
        "new Proxy({ query: 1 }, { get() { throw 1; } })",
        "new Proxy({}, { getOwnPropertyDescriptor() { throw 1; }, ownKeys: () => ['id'] })",
        "{ input: new Proxy([1], { get() { throw 1; } }) }",
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
        "{ input: (() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; })() }",
        "{ get [Symbol.toStringTag]() { throw 1; } }",
    ] {
        refused(request, "request.malformed");
    }
}

#[wasm_bindgen_test]
fn a_value_that_json_lacks_is_named_by_its_place() {
    let tier =
        |spend: &str| format!("{{ policy: 'prepaid', query: 'tier_progress', input: {{ lifetime_spend: {spend} }} }}");
    for spend in ["5", "5n", "Symbol()", "() => '5'", "new Date(0)", "new String('5')", "new Map()", "NaN", "[]", "{}"]
    {
        refused(&tier(spend), "money.not_a_string");
    }
    refused(
        "{ policy: 'prepaid', query: 'tier_progress', input: new Map([['lifetime_spend', '5']]) }",
        "request.wrong_type",
    );
    refused("{ now: new Date(0), query: 'tier_progress', input: {} }", "request.wrong_type");
    for id in ["5n", "Symbol()", "() => 1"] {
        refused(
            &format!("{{ id: {id}, policy: 'prepaid', query: 'tier_progress', input: {{}} }}"),
            "request.malformed",
        );
    }
}

#[wasm_bindgen_test]
fn circles_depth_width_and_length_come_to_an_end() {
    let policy =
        |made: &str| format!("(() => {{ {made}; return {{ policy: value, query: 'card_number', input: {{}} }}; }})()");
    for made in [
        "const value = {}; value.value = value",
        "const value = []; value.push(value)",
        "let value = {}; for (let i = 0; i < 10000; i++) value = { value }",
        "let value = []; for (let i = 0; i < 10000; i++) value = [value]",
    ] {
        let answer = json(&evaluate(&javascript(&policy(made))));
        assert!(answer.contains(r#""code":"policy."#), "{made}: {answer}");
    }
    for made in [
        // Each level holds the next one twice: a trillion values.
        "let value = []; for (let i = 0; i < 40; i++) value = [value, value]",
        "let value = {}; for (let i = 0; i < 40; i++) value = { a: value, b: value }",
        "const value = []; value.push(value, value)",
        "const value = new Array(4294967295)",
        "const value = new Proxy([], { get: () => 4294967295 })",
        "const value = 'x'.repeat(1 << 28)",
        "const value = { ['x'.repeat(1 << 28)]: 1 }",
        "const value = Array(1 << 20).fill({})",
    ] {
        refused(&policy(made), "request.too_long");
    }
    refused(
        "(() => { const request = { policy: 'prepaid' }; request.request = request; return request; })()",
        "request.unknown_field",
    );
}

#[wasm_bindgen_test]
fn an_id_is_returned_as_the_very_value_that_came() {
    let request = javascript("{ query: 'policy_diff', input: { from: 'prepaid', to: 'prepaid' } }");
    let deep = javascript("(() => { let id = []; for (let i = 0; i < 10000; i++) id = [id]; return id; })()");
    for id in [deep, javascript("{ a: [1, null, 'x'] }"), 5.into(), 0.5.into(), true.into(), JsValue::NULL] {
        Reflect::set(&request, &"id".into(), &id).unwrap();
        let answer = evaluate(&request);
        assert!(js_sys::Object::is(&Reflect::get(&answer, &"id".into()).unwrap(), &id));
    }
    Reflect::set(&request, &"id".into(), &JsValue::UNDEFINED).unwrap();
    assert_eq!(json(&evaluate(&request)), r#"{"id":null,"answer":{"changes":[]}}"#);
}

#[wasm_bindgen_test]
fn what_is_no_text_is_malformed_as_a_line_and_what_is_too_long_is_not_copied() {
    for value in ["undefined", "null", "5", "5n", "Symbol()", "{}", "[]", "new String('{}')", "() => 1"] {
        let value = javascript(value);
        assert!(
            evaluate_json(&value)
                .starts_with(r#"{"id":null,"error":{"code":"request.malformed","clause":null,"line":1,"#)
        );
        assert!(evaluate_many(&value).starts_with(r#"{"id":null,"error":{"code":"request.malformed","#));
        assert!(evaluate_many(&value).ends_with("}\n"));
    }
    let long = javascript("'x'.repeat(1 << 28)");
    assert!(evaluate_json(&long).contains(r#""code":"request.too_long""#));
    assert!(evaluate_many(&long).contains(r#""code":"request.too_many""#));
    assert!(evaluate_json(&javascript("'['.repeat(10000)")).contains(r#""code":"request.malformed""#));
    assert!(evaluate_json(&javascript(r"'\ud800'")).contains(r#""code":"request.malformed""#));
}

#[wasm_bindgen_test]
fn bad_input_a_hundred_thousand_times_leaves_the_next_request_its_answer() {
    let hostile = javascript("{ query: 'access', get input() { throw new Error('hostile'); } }");
    for _ in 0..100_000 {
        assert!(evaluate(&hostile).is_object());
    }
    let request =
        JSON::parse(r#"{"id":1,"policy":"prepaid","query":"tier_progress","input":{"lifetime_spend":"5"}}"#).unwrap();
    assert!(json(&evaluate(&request)).starts_with(r#"{"id":1,"answer":{"tier":"build_1","#));
}
