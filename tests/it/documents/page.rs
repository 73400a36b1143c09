//! One document: its headings, links and fenced blocks, by the rules of `CommonMark` as far as the documents use them.

use super::read;

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    /// The language behind the fence.
    pub kind: String,
    pub text: String,
    /// The line of the fence, from 1.
    pub line: usize,
}

/// A link or an image.
#[derive(Debug, Clone)]
pub struct Link {
    pub target: String,
    pub line: usize,
    pub is_image: bool,
}

pub struct Page {
    /// The path from the root of the repository.
    pub name: String,
    pub blocks: Vec<Block>,
    /// The text outside fenced blocks, with the number of each line.
    prose: Vec<(usize, String)>,
}

impl Page {
    pub fn read(name: &str) -> Self {
        Self::of(name, &read(name))
    }

    fn of(name: &str, text: &str) -> Self {
        let mut page = Self { name: name.to_owned(), blocks: Vec::new(), prose: Vec::new() };
        let mut open: Option<Block> = None;
        for (line, content) in (1..).zip(text.lines()) {
            let fence = content.trim_start().strip_prefix("```");
            match (&mut open, fence) {
                (None, Some(kind)) => open = Some(Block { kind: kind.to_owned(), text: String::new(), line }),
                (Some(_), Some("")) => page.blocks.extend(open.take()),
                (Some(block), _) => {
                    block.text.push_str(content);
                    block.text.push('\n');
                }
                (None, None) => page.prose.push((line, content.to_owned())),
            }
        }
        assert!(open.is_none(), "{name}: the block of line {} has no end", open.expect("a block").line);
        page
    }

    /// The headings with their level, as they are written.
    pub fn headings(&self) -> Vec<(usize, String)> {
        let lines = self.prose.iter().filter_map(|(_, line)| {
            let level = line.chars().take_while(|letter| *letter == '#').count();
            let title = line.get(level..)?.strip_prefix(' ')?;
            (level > 0).then(|| (level, title.trim().to_owned()))
        });
        lines.collect()
    }

    /// What `#…` may name: the rule that GitHub and mdBook share. Of equal titles the second gets `-1`.
    pub fn anchors(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut bare: Vec<String> = Vec::new();
        for (_, title) in self.headings() {
            let anchor = anchor(&without_links(&title));
            let earlier = bare.iter().filter(|known| **known == anchor).count();
            bare.push(anchor.clone());
            found.push(if earlier == 0 { anchor } else { format!("{anchor}-{earlier}") });
        }
        found
    }

    pub fn links(&self) -> Vec<Link> {
        let mut found = Vec::new();
        for (line, content) in &self.prose {
            let content = without_code(content);
            let mut rest = content.as_str();
            while let Some(at) = rest.find("](") {
                let before = &rest[..at];
                let is_image = before.rfind('[').is_some_and(|open| before[..open].ends_with('!'));
                rest = &rest[at + 2..];
                let end = rest.find(')').unwrap_or_else(|| panic!("{}:{line}: a link without an end", self.name));
                found.push(Link { target: rest[..end].to_owned(), line: *line, is_image });
                rest = &rest[end..];
            }
        }
        found
    }

    /// The lines outside fenced blocks.
    pub fn prose(&self) -> impl Iterator<Item = &str> {
        self.prose.iter().map(|(_, line)| line.as_str())
    }
}

fn anchor(title: &str) -> String {
    let kept = title.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ if letter.is_alphanumeric() => Some(letter),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

/// `[text](target)` as `text`.
fn without_links(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, (text, after))) =
        rest.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once("](")?)))
    {
        out.push_str(before);
        out.push_str(text);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The line with its code spans emptied: what looks like a link in them is none.
fn without_code(line: &str) -> String {
    let pieces: Vec<&str> = line.split('`').collect();
    let last = pieces.len() - 1;
    let kept = pieces.iter().enumerate().filter(|(at, _)| at % 2 == 0 || *at == last).map(|(_, piece)| *piece);
    kept.collect::<Vec<_>>().join("``")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A title\n\n[one](a.md#b) and `[no](link)` ![i](i.png)\n\n```toml\n# no heading\n[a](b)\n```\n\n\
        ## What `config check` tries, first\n\n## A title\n";

    #[test]
    fn headings_links_and_blocks_are_found_and_nothing_in_a_block_is_one() {
        let page = Page::of("a.md", TEXT);
        assert_eq!(page.anchors(), ["a-title", "what-config-check-tries-first", "a-title-1"]);
        let links: Vec<_> = page.links().into_iter().map(|link| (link.target, link.is_image)).collect();
        assert_eq!(links, [("a.md#b".to_owned(), false), ("i.png".to_owned(), true)]);
        let [block] = page.blocks.as_slice() else { panic!("{:?}", page.blocks) };
        assert_eq!((block.kind.as_str(), block.text.as_str(), block.line), ("toml", "# no heading\n[a](b)\n", 5));
    }

    #[test]
    fn a_linked_heading_is_named_by_its_text() {
        assert_eq!(anchor(&without_links("See [the *book*](a.md) & more")), "see-the-book--more");
    }
}
