//! The command `billing`, run as a person runs it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn billing(arguments: &[&str], input: Vec<u8>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_billing"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

#[test]
fn it_answers_every_vector_byte_for_byte() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".jsonl").filter(|stem| !stem.ends_with(".answers")) else { continue };
        let output = billing(&["evaluate"], fs::read(&path).unwrap());
        assert!(output.status.success(), "{stem}");
        let expected = fs::read(folder.join(format!("{stem}.answers.jsonl"))).unwrap();
        assert!(output.stdout == expected, "{stem}: the answers differ");
        files += 1;
    }
    assert!(files >= 8, "{files} files of vectors");
}

#[test]
fn it_goes_on_after_whatever_a_line_holds() {
    let mut input = vec![b'['; 10 << 20];
    input.extend_from_slice(b"\n\xff\xfe\n\n");
    input.extend_from_slice(br#"{"id":4,"policy":"prepaid","query":"tier_progress","input":{"lifetime_spend":"5"}}"#);
    let output = billing(&["evaluate"], input);
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<&str> = answers.lines().collect();
    assert!(answers[0].contains(r#""code":"request.too_long","clause":null,"line":1,"#), "{}", answers[0]);
    assert!(answers[1].contains(r#""code":"request.not_utf8","clause":null,"line":2,"#), "{}", answers[1]);
    assert!(answers[2].contains(r#""code":"request.malformed","clause":null,"line":3,"#), "{}", answers[2]);
    assert!(answers[3].starts_with(r#"{"id":4,"answer":{"tier":"build_1""#), "{}", answers[3]);
    assert_eq!(answers.len(), 4);
}

/// A program that asks, reads the answer and asks again is not kept waiting for a full buffer.
#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_billing"))
        .arg("evaluate")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        writeln!(questions, r#"{{"id":{id},"query":"policy_diff","input":{{"from":"prepaid","to":"prepaid"}}}}"#)
            .unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert_eq!(answer, format!("{{\"id\":{id},\"answer\":{{\"changes\":[]}}}}\n"));
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_says_how_it_is_used() {
    let help = billing(&["--help"], Vec::new());
    assert!(help.status.success());
    assert!(String::from_utf8(help.stdout).unwrap().contains("billing evaluate < requests.jsonl"));
    let wrong = billing(&["evalute"], Vec::new());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("billing evaluate"));
}

#[test]
fn it_stops_quietly_when_nobody_reads_on() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_billing"))
        .arg("evaluate")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut questions = child.stdin.take().unwrap();
    let _ = questions.write_all(&b"{}\n".repeat(20_000));
    drop(questions);
    assert!(child.wait().unwrap().success());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!(complaint, "");
}

/// The worked example of the README is what the command really answers.
#[test]
fn the_example_of_the_readme_is_true() {
    let readme = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, example) = readme.split_once("$ echo '").unwrap();
    let (request, rest) = example.split_once('\'').unwrap();
    let answer = rest.lines().find(|line| line.starts_with("{\"id\":")).unwrap();
    let output = billing(&["evaluate"], request.as_bytes().to_vec());
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), answer);
}
