//! From the text of a condition to its parts, with the place of what cannot be read.

use super::{ConditionError, Literal, Node, Sign};

/// How deep conditions may stand in each other.
const DEEPEST: usize = 100;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Name(String),
    Literal(Literal),
    Sign(Sign),
    Open,
    Close,
    Comma,
}

fn syntax<T>(at: usize, expected: &'static str) -> Result<T, ConditionError> {
    Err(ConditionError::Syntax { at, expected })
}

/// The tokens with their places, from 1.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, ConditionError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let start = at;
        let next = characters.get(at + 1).copied();
        let of = |test: fn(char) -> bool| {
            characters[start..].iter().take_while(|&&c| test(c)).collect::<String>()
        };
        at += 1;
        let token = match (first, next) {
            (blank, _) if blank.is_whitespace() => continue,
            ('(', _) => Token::Open,
            (')', _) => Token::Close,
            (',', _) => Token::Comma,
            ('!' | '<' | '>' | '=', Some('=')) | ('<', Some('>')) => {
                at += 1;
                Token::Sign(match (first, next) {
                    ('=', _) => Sign::Equal,
                    ('<', Some('=')) => Sign::LessOrEqual,
                    ('>', _) => Sign::GreaterOrEqual,
                    _ => Sign::Unequal,
                })
            }
            ('=', _) => Token::Sign(Sign::Equal),
            ('<', _) => Token::Sign(Sign::Less),
            ('>', _) => Token::Sign(Sign::Greater),
            ('\'' | '"', _) => {
                let (inside, end) = quoted(&characters, start)?;
                at = end;
                if first == '"' {
                    Token::Name(inside)
                } else {
                    Token::Literal(Literal::Text(inside))
                }
            }
            _ if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') => {
                let word = of(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'));
                at = start + word.chars().count();
                match word.parse::<f64>() {
                    Ok(number) if number.is_finite() => Token::Literal(Literal::Number(number)),
                    _ => return syntax(start + 1, "a number such as 12.5"),
                }
            }
            _ if first.is_alphabetic() || first == '_' => {
                let word = of(|c| c.is_alphanumeric() || c == '_');
                at = start + word.chars().count();
                Token::Word(word)
            }
            _ => return syntax(start + 1, "a column, a literal, a comparison or a bracket"),
        };
        tokens.push((token, start + 1));
    }
    Ok(tokens)
}

/// What stands in quotes, and the place behind them.
fn quoted(characters: &[char], start: usize) -> Result<(String, usize), ConditionError> {
    let quote = characters[start];
    let (mut inside, mut at) = (String::new(), start + 1);
    while let Some(&character) = characters.get(at) {
        at += 1;
        if character != quote {
            inside.push(character);
        } else if characters.get(at) == Some(&quote) {
            inside.push(quote);
            at += 1;
        } else {
            return Ok((inside, at));
        }
    }
    syntax(start + 1, "a quote at the end of the text that begins here")
}

/// Reads a whole condition.
///
/// # Errors
///
/// The first place that cannot be read.
pub(super) fn condition(text: &str) -> Result<Node, ConditionError> {
    let mut reader = Reader { tokens: tokens(text)?, at: 0, end: text.chars().count() + 1 };
    let node = reader.any(0)?;
    match reader.tokens.get(reader.at) {
        None => Ok(node),
        Some(_) => Err(reader.expected("and, or, or the end")),
    }
}

/// Reads tokens one after the other.
struct Reader {
    tokens: Vec<(Token, usize)>,
    at: usize,
    /// The place behind the last character.
    end: usize,
}

impl Reader {
    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, at)| *at)
    }

    fn expected(&self, expected: &'static str) -> ConditionError {
        ConditionError::Syntax { at: self.place(), expected }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        matches!(self.tokens.get(at), Some((Token::Word(found), _)) if found.eq_ignore_ascii_case(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let is = self.is_word(self.at, word);
        self.at += usize::from(is);
        is
    }

    fn token(&mut self, token: &Token, expected: &'static str) -> Result<(), ConditionError> {
        match self.tokens.get(self.at) {
            Some((found, _)) if found == token => {
                self.at += 1;
                Ok(())
            }
            _ => Err(self.expected(expected)),
        }
    }

    fn any(&mut self, depth: usize) -> Result<Node, ConditionError> {
        let mut nodes = vec![self.both(depth)?];
        while self.word("or") {
            nodes.push(self.both(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) })
    }

    fn both(&mut self, depth: usize) -> Result<Node, ConditionError> {
        let mut nodes = vec![self.one(depth)?];
        while self.word("and") {
            nodes.push(self.one(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::And(nodes) })
    }

    fn one(&mut self, depth: usize) -> Result<Node, ConditionError> {
        if depth > DEEPEST {
            return Err(self.expected("fewer brackets in each other"));
        }
        if self.word("not") {
            return Ok(Node::Not(Box::new(self.one(depth + 1)?)));
        }
        if matches!(self.tokens.get(self.at), Some((Token::Open, _))) {
            self.at += 1;
            let node = self.any(depth + 1)?;
            self.token(&Token::Close, "and, or, or a closing bracket")?;
            return Ok(node);
        }
        let column = match self.tokens.get(self.at) {
            Some((Token::Word(name) | Token::Name(name), _)) => name.clone(),
            _ => return Err(self.expected("a column, not, or a bracket")),
        };
        self.at += 1;
        self.comparison(column)
    }

    fn comparison(&mut self, column: String) -> Result<Node, ConditionError> {
        if self.word("is") {
            let negated = self.word("not");
            if !self.word("missing") {
                return Err(self.expected("missing, or not missing"));
            }
            let node = Node::Missing { column };
            return Ok(if negated { Node::Not(Box::new(node)) } else { node });
        }
        let negated = self.is_word(self.at, "not") && self.is_word(self.at + 1, "in");
        self.at += usize::from(negated);
        if self.word("in") {
            self.token(&Token::Open, "an opening bracket")?;
            let mut literals = vec![self.literal()?];
            while matches!(self.tokens.get(self.at), Some((Token::Comma, _))) {
                self.at += 1;
                literals.push(self.literal()?);
            }
            self.token(&Token::Close, "a comma or a closing bracket")?;
            let node = Node::In { column, literals };
            return Ok(if negated { Node::Not(Box::new(node)) } else { node });
        }
        let Some((Token::Sign(sign), _)) = self.tokens.get(self.at) else {
            return Err(self.expected("=, !=, <, <=, >, >=, in, not in, or is missing"));
        };
        let sign = *sign;
        self.at += 1;
        Ok(Node::Compare { column, sign, literal: self.literal()? })
    }

    fn literal(&mut self) -> Result<(Literal, usize), ConditionError> {
        let at = self.place();
        let literal = match self.tokens.get(self.at) {
            Some((Token::Literal(literal), _)) => Some(literal.clone()),
            _ if self.is_word(self.at, "true") => Some(Literal::Truth(true)),
            _ if self.is_word(self.at, "false") => Some(Literal::Truth(false)),
            _ => None,
        };
        let expected = "a number, a text in single quotes, true or false";
        let literal = literal.ok_or_else(|| self.expected(expected))?;
        self.at += 1;
        Ok((literal, at))
    }
}
