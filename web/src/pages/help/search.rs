//! Which questions fit what is typed.

use super::Topic;

/// The questions in which the most of the typed words begin a word, those first that have them in the question itself. Nothing
/// typed fits every question.
pub(super) fn fitting(typed: &str) -> Vec<Topic> {
    let typed = words(typed);
    if typed.is_empty() {
        return Topic::ALL.to_vec();
    }
    let scored = Topic::ALL.iter().map(|topic| {
        let asked = words(topic.question());
        let all: Vec<String> = asked.iter().cloned().chain(words(topic.words())).collect();
        (matches(&typed, &all), matches(&typed, &asked), *topic)
    });
    let scored: Vec<(usize, usize, Topic)> = scored.collect();
    let most = scored.iter().map(|(all, ..)| *all).max().unwrap_or(0);
    let mut found: Vec<(usize, usize, Topic)> =
        scored.into_iter().filter(|(all, ..)| *all > 0 && *all == most).collect();
    found.sort_by_key(|(_, asked, _)| std::cmp::Reverse(*asked));
    found.into_iter().map(|(.., topic)| topic).collect()
}

/// How many of the typed words begin one of the others.
fn matches(typed: &[String], words: &[String]) -> usize {
    typed.iter().filter(|typed| words.iter().any(|word| word.starts_with(typed.as_str()))).count()
}

/// The words of a text, in small letters. A hyphen joins two words; both count.
fn words(text: &str) -> Vec<String> {
    let is_between = |letter: char| !letter.is_alphanumeric() && letter != '$';
    text.to_lowercase().split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_is_found_by_its_own_words_and_by_others() {
        for (typed, first) in [
            ("declined", Topic::Declined),
            ("My payment was declined", Topic::Declined),
            ("i have credits but no access", Topic::NoAccess),
            ("tier did not change", Topic::TierSame),
            ("charged and did nothing", Topic::Charged),
            ("idle endpoint", Topic::Charged),
            ("pay an invoice with credits", Topic::InvoiceByCredits),
            ("delete card", Topic::RemoveCard),
            ("why can't I remove my card", Topic::RemoveCard),
            ("purchase is not in the balance", Topic::PurchaseMissing),
            ("pending", Topic::PurchaseMissing),
            ("Auto-recharge did not buy", Topic::RechargeSilent),
            ("PREPAID", Topic::CardRefused),
            ("expir", Topic::Expire),
            ("receipt", Topic::Receipts),
            ("refund", Topic::Receipts),
            ("past purchases", Topic::Receipts),
        ] {
            assert!(fitting(typed).contains(&first), "{typed}");
        }
        assert_eq!(fitting("declined").first(), Some(&Topic::Declined));
        assert_eq!(fitting("remove card").first(), Some(&Topic::RemoveCard));
    }

    #[test]
    fn nothing_typed_fits_all_and_nonsense_fits_none() {
        assert_eq!(fitting("  ").len(), Topic::ALL.len());
        assert!(fitting("zzz").is_empty());
    }

    #[test]
    fn every_question_is_found_by_itself_and_has_an_address_of_its_own() {
        for topic in Topic::ALL {
            assert_eq!(fitting(topic.question()).first(), Some(topic));
            assert_eq!(Topic::with_id(topic.id()), Some(*topic));
            assert!(topic.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        }
    }
}
