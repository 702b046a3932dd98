//! Resources: names, texts, addresses and icons.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::{LOCALES, Lint, ORIGIN, is, length, values};

/// Office's own tab, which both of the surfaces name.
const OFFICE_TAB: &str = "TabDefault";
const MOST_OF_ID: usize = 32;
const MOST_OF_URL: usize = 2048;

impl<'a, 'input> Lint<'a, 'input> {
    /// Every resource that is asked for is there and of the right kind, and every one that is there is asked for.
    pub(super) fn resources(&mut self) {
        let kinds = self.kinds();
        let asking: Vec<_> = self.root.descendants().filter(|node| node.has_attribute("resid")).collect();
        for node in &asking {
            let resid = node.attribute("resid").unwrap_or_default();
            let name = node.tag_name().name();
            self.unless(kinds.contains_key(resid), *node, || format!("the resid {resid} of {name} names no resource"));
            let (wanted, found) = (wanted_kind(*node), kinds.get(resid).copied());
            self.unless(found.is_none() || found == wanted, *node, || {
                format!(
                    "the resid {resid} of {name} is among the {}: it must be among the {}",
                    found.unwrap_or("unknown"),
                    wanted.unwrap_or("resources that a known element asks for")
                )
            });
        }
        let asked: HashSet<_> = asking.iter().filter_map(|node| node.attribute("resid")).collect();
        for node in self.root.descendants().filter(|node| node.has_attribute("id")) {
            let id = node.attribute("id").unwrap_or_default();
            let idle = kinds.contains_key(id) && is_resource(node) && !asked.contains(id);
            self.unless(!idle, node, || format!("the resource {id} is never asked for: leave it out"));
        }
        self.ids();
    }

    /// The group, such as `Urls`, of each resource.
    fn kinds(&self) -> HashMap<&'a str, &'a str> {
        let resources = self.root.descendants().filter(|node| is_resource(*node));
        resources.filter_map(|node| Some((node.attribute("id")?, node.parent_element()?.tag_name().name()))).collect()
    }

    fn ids(&mut self) {
        let mut seen = HashSet::new();
        for node in self.root.descendants() {
            let Some(id) = node.attribute("id").filter(|id| *id != OFFICE_TAB) else { continue };
            self.unless(seen.insert(id), node, || {
                format!("the id {id} stands twice: Outlook tells things apart by it")
            });
            self.unless(length(id) <= MOST_OF_ID, node, || {
                format!("the id {id} has {} characters: at most {MOST_OF_ID} are read", length(id))
            });
        }
    }

    pub(super) fn texts(&mut self) {
        for node in self.root.descendants() {
            let Some(most) = most_of_text(node) else { continue };
            let name = node.attribute("id").unwrap_or(node.tag_name().name());
            let texts = if is(node, "ProviderName") { vec![super::text(node)] } else { values(node) };
            self.unless(texts.iter().all(|text| length(text) <= most), node, || {
                format!("a text of {name} is too long: at most {most} characters are shown")
            });
            self.unless(texts.iter().all(|text| !text.trim().is_empty()), node, || {
                format!("a text of {name} is empty: Outlook shows the button or the add-in without a name")
            });
            if !is(node, "ProviderName") {
                self.locales(node, name);
            }
        }
    }

    fn locales(&mut self, node: Node<'_, '_>, name: &str) {
        let others = node.children().filter(|node| is(*node, "Override")).filter_map(|node| node.attribute("Locale"));
        let complete = node.has_attribute("DefaultValue") && others.eq(LOCALES.into_iter().skip(1));
        self.unless(complete, node, || {
            format!("{name} is not there in each language once: give the default and an Override for {}", LOCALES[1])
        });
    }

    pub(super) fn urls(&mut self) {
        for node in self.root.descendants().filter(|node| is_address(*node)) {
            let name = node.attribute("id").unwrap_or(node.tag_name().name());
            for url in values(node) {
                self.unless(length(url) <= MOST_OF_URL, node, || {
                    format!("the address of {name} has {} characters: at most {MOST_OF_URL} are read", length(url))
                });
                self.address(node, name, url);
            }
        }
    }

    fn address(&mut self, node: Node<'_, '_>, name: &str, url: &str) {
        if !url.starts_with("https://") {
            self.unless(false, node, || format!("the address of {name} is not https: Outlook loads nothing else"));
        } else if let Some(file) = file_of(url) {
            let there = self.surroundings.site.join(file).is_file();
            self.unless(there, node, || format!("the address of {name} is {file}: the build makes no such file"));
        } else {
            // Only help may lie elsewhere: what runs and what is shown comes from the one place the policy comes from.
            self.unless(is(node, "SupportUrl"), node, || format!("the address of {name} does not begin with {ORIGIN}"));
        }
    }

    /// Icons are as large as they say; Outlook leaves others out or blurs them.
    pub(super) fn icons(&mut self) {
        let images: HashMap<_, _> =
            self.all("Image").into_iter().filter_map(|i| Some((i.attribute("id")?, i))).collect();
        for (name, size) in [("IconUrl", 64), ("HighResolutionIconUrl", 128)] {
            let icons = self.all(name);
            self.unless(!icons.is_empty(), self.root, || format!("there is no {name}: give one of {size} pixels"));
            for icon in icons {
                self.icon(icon, icon, size);
            }
        }
        for icon in self.all("Icon") {
            let sizes: Vec<_> = icon.children().filter_map(|image| image.attribute("size")).collect();
            self.unless(sizes == ["16", "32", "80"], icon, || {
                format!("an Icon has the sizes {}: give 16, 32 and 80, which Outlook demands", sizes.join(", "))
            });
            for image in icon.children() {
                let size = image.attribute("size").and_then(|size| size.parse().ok());
                let resource = image.attribute("resid").and_then(|resid| images.get(resid));
                if let (Some(size), Some(resource)) = (size, resource) {
                    self.icon(image, *resource, size);
                }
            }
        }
    }

    /// An address that leads to no file is told of by [`Self::urls`].
    fn icon(&mut self, at: Node<'_, '_>, resource: Node<'a, 'input>, size: usize) {
        for file in values(resource).into_iter().filter_map(file_of) {
            let path = self.surroundings.site.join(file);
            if path.is_file() {
                let found = imagesize::size(&path).ok().map(|found| (found.width, found.height));
                self.unless(found == Some((size, size)), at, || {
                    format!("{file} is not a PNG of {size} × {size} pixels, as its place in the manifest says")
                });
            }
        }
    }
}

fn is_resource(node: Node<'_, '_>) -> bool {
    node.parent_element().and_then(|group| group.parent_element()).is_some_and(|parent| is(parent, "Resources"))
}

/// The group of resources from which an element with a resid takes it.
fn wanted_kind(node: Node<'_, '_>) -> Option<&'static str> {
    match node.tag_name().name() {
        "Label" | "Title" => Some("ShortStrings"),
        "Description" => Some("LongStrings"),
        "Image" => Some("Images"),
        "SourceLocation" | "FunctionFile" | "Runtime" | "Override" => Some("Urls"),
        _ => None,
    }
}

/// The most UTF-16 code units that a text may have; none for what is no text.
fn most_of_text(node: Node<'_, '_>) -> Option<usize> {
    let parent = node.parent_element()?.tag_name().name();
    match (node.tag_name().name(), parent) {
        ("DisplayName" | "ProviderName", "OfficeApp") | ("String", "ShortStrings") => Some(125),
        ("Description", "OfficeApp") | ("String", "LongStrings") => Some(250),
        _ => None,
    }
}

fn is_address(node: Node<'_, '_>) -> bool {
    let names = ["IconUrl", "HighResolutionIconUrl", "SupportUrl", "SourceLocation", "Image", "Url"];
    node.has_attribute("DefaultValue") && names.iter().any(|name| is(node, name))
}

/// The path below the origin, without what a page is asked.
fn file_of(url: &str) -> Option<&str> {
    url.strip_prefix(ORIGIN)?.split(['?', '#']).next()
}
