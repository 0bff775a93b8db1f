//! The command `billing`: requests in, answers out, one a line, in order.
#![forbid(unsafe_code)]

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;

use billing_contract::{MAX_LINE_BYTES, QUERIES, evaluate_into};

const USAGE: &str = "\
billing: the rules of a prepaid credit system

  billing evaluate < requests.jsonl > answers.jsonl
      answers one JSON request a line, one answer a line, in order;
      a line that is no request is answered with an error
  billing --help, billing --version

A request: {\"id\": 1, \"policy\": \"prepaid\", \"query\": \"tier_progress\", \"input\": {\"lifetime_spend\": \"62.50\"}}
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["evaluate"] => evaluate(&mut BufReader::new(io::stdin().lock()), &mut BufWriter::new(io::stdout().lock())),
        ["--help" | "-h"] => writeln!(io::stdout(), "{USAGE}\nQueries: {}", QUERIES.join(", ")),
        ["--version" | "-V"] => writeln!(io::stdout(), "billing {}", env!("CARGO_PKG_VERSION")),
        _ => {
            let _ = write!(io::stderr(), "{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the answers has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "billing: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers every line. No more than one line is held at a time, and no more of a line than can be a request. Answers are
/// handed on whenever no further line is waiting, so that a program can ask, read and ask again.
fn evaluate(input: &mut BufReader<impl Read>, output: &mut impl Write) -> io::Result<()> {
    let (mut line, mut answer) = (Vec::new(), Vec::new());
    let mut number = 0_u64;
    while read_line(input, &mut line)? {
        number = number.saturating_add(1);
        answer.clear();
        evaluate_into(&line, number, &mut answer);
        answer.push(b'\n');
        output.write_all(&answer)?;
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    output.flush()
}

/// Reads up to the next line break. Of a line that is too long, one byte too many is kept, and the rest is passed over.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let waiting = input.fill_buf()?;
        if waiting.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = waiting.iter().position(|byte| *byte == b'\n');
        let piece = waiting.get(..end.unwrap_or(waiting.len())).unwrap_or(waiting);
        let room = MAX_LINE_BYTES.saturating_add(1).saturating_sub(line.len());
        line.extend_from_slice(piece.get(..room).unwrap_or(piece));
        let used = piece.len().saturating_add(usize::from(end.is_some()));
        input.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}
